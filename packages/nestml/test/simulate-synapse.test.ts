import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bruteForce, pairRules } from './pair-rules.ts';
import { put, runCli, withFolder } from './run-cli.ts';

/** The part of the JSON form that these tests look at. */
interface PairDocument {
  readonly model: string;
  readonly neuron: string;
  readonly delay_ms: number;
  readonly stop_ms: number;
  readonly times: readonly number[];
  readonly record: Readonly<Record<string, readonly number[]>>;
  readonly spikes: readonly number[];
  readonly synapse: {
    readonly times: readonly number[];
    readonly units: Readonly<Record<string, string>>;
    readonly record: Readonly<Record<string, readonly number[]>>;
    readonly sent: { readonly times: readonly number[]; readonly weights: readonly number[] };
  };
  readonly backend: string;
  readonly diagnostics: readonly { readonly code: string }[];
}

async function pairJson(synapse: string, neuron: string, ...words: readonly string[]): Promise<PairDocument> {
  const { status, out } = await runCli(['simulate', synapse, '--neuron', neuron, ...words, '--json']);
  expect(status).toBe(0);
  return JSON.parse(out) as PairDocument;
}

/** The neuron alone, on the same backend. */
async function neuronJson(...words: readonly string[]): Promise<PairDocument> {
  const { status, out } = await runCli(['simulate', ...words, '--reference', '--json']);
  expect(status).toBe(0);
  return JSON.parse(out) as PairDocument;
}

const times = (train: readonly number[]): string => train.map((time) => `${time} ms`).join(', ');

/** Times in ms on a grid of 0.1 ms, irregular and always the same. */
function train(count: number, offset: number): readonly number[] {
  return Array.from({ length: count }, (_, k) =>
    Number((offset + 11 * k + ((k * k * 7) % 9) / 2).toFixed(1)),
  );
}

describe('nestml simulate SYNAPSE --neuron NEURON', () => {
  it('follows the documented form', async () => {
    const words = ['--pre', '10 ms, 60 ms', '--post', '50 ms, 15 ms', '--weight', '0.5', '--delay', '1 ms'];
    const document = await pairJson('stdp', 'iaf_psc_exp', ...words);
    expect(document).toMatchObject({
      version: 1,
      model: 'stdp_synapse',
      neuron: 'iaf_psc_exp_neuron',
      step_ms: 0.1,
      delay_ms: 1,
      // The last spike arrives at 61 ms.
      stop_ms: 111,
      spikes: [15, 50],
      units: { V_m: 'mV' },
      backend: 'reference',
      diagnostics: [],
    });
    expect(document.times).toHaveLength(1110);
    const { synapse } = document;
    expect(synapse.times).toEqual([10, 60]);
    expect(synapse.record['w']).toEqual(synapse.sent.weights);
    // Potentiated at 16 and 51 ms, depressed at 60 ms, after the formulas of the rule.
    const { weights } = bruteForce(pairRules.stdp, { pre: [10, 60], post: [15, 50] }, 1, 0.5);
    synapse.record['w']!.forEach((w, i) => {
      expect(Math.abs(w - weights[i]!)).toBeLessThan(1e-11);
    });
  });

  it.each([
    ['stdp', 0.1],
    ['stdp_nn_symm', 2],
    ['stdp_triplet', 5],
  ] as const)('has the weights of %s by brute force, at a delay of %d ms', async (synapse, delay) => {
    const trains = { pre: train(20, 3), post: train(20, 5.5) };
    const words = ['--pre', times(trains.pre), '--post', times(trains.post), '--delay', `${delay} ms`];
    const document = await pairJson(synapse, 'iaf_psc_exp', ...words, '--weight', '30', '--every', '10 ms');
    const { weights } = bruteForce(pairRules[synapse], trains, delay, 30);
    expect(document.synapse.times).toEqual(trains.pre);
    document.synapse.record['w']!.forEach((w, i) => {
      expect(Math.abs(w - weights[i]!)).toBeLessThan(1e-9);
    });
  });

  it('delivers what it sends at pre + delay: the same bits as a neuron that is given these spikes', async () => {
    const words = ['--pre', '2 ms, 6 ms', '--post', '3 ms', '--delay', '1.5 ms', '--for', '20 ms'];
    const pair = await pairJson('stdp', 'iaf_psc_exp', ...words);
    const [first, second] = pair.synapse.record['w']!;
    const spikes = [3.5, 7.5].map((time, i) => `exc_spikes = ${time} ms weight ${[first, second][i]}`);
    const alone = await neuronJson(
      'iaf_psc_exp',
      '--for',
      '20 ms',
      ...spikes.flatMap((text) => ['--spikes', text]),
    );
    expect(pair.record['V_m']).toEqual(alone.record['V_m']);
  });

  it('picks the port by the sign of the weight, takes an only port, or the one that is named', async () => {
    const fed = async (port: string, weight: number) =>
      (await neuronJson('iaf_psc_exp', '--for', '9 ms', '--spikes', `${port} = 1.1 ms weight ${weight}`))
        .record['V_m'];
    const sent = async (neuron: string, weight: string, ...words: readonly string[]) => {
      const call = ['--pre', '1 ms', '--for', '9 ms', '--weight', weight, ...words];
      return (await pairJson('static', neuron, ...call)).record['V_m'];
    };
    expect(await sent('iaf_psc_exp', '-7')).toEqual(await fed('inh_spikes', 7));
    expect(await sent('iaf_psc_exp', '7')).toEqual(await fed('exc_spikes', 7));
    expect(await sent('iaf_psc_exp', '7', '--port', 'inh_spikes')).toEqual(await fed('inh_spikes', 7));
    const delta = await sent('iaf_psc_delta', '-7');
    expect(delta![10]).toBeCloseTo(-77, 9);
    const ambiguous = await runCli([
      'simulate',
      'static',
      '--neuron',
      'traub_cond_multisyn',
      '--pre',
      '1 ms',
    ]);
    expect([ambiguous.status, ambiguous.codes]).toEqual([1, ['ambiguous-receiving-port']]);
    expect(ambiguous.error).toContain('--port AMPA');
  });

  it('makes the neuron emit as stated: its own threshold resets it and emits nothing', async () => {
    const drive = ['--current', 'I_stim = 500 pA', '--for', '40 ms', '--pre', '39 ms'];
    const alone = await neuronJson('iaf_psc_exp', ...drive.slice(0, 4));
    expect(alone.spikes.length).toBeGreaterThan(1);
    const free = await pairJson('stdp', 'iaf_psc_exp', ...drive);
    const forced = await pairJson('stdp', 'iaf_psc_exp', ...drive, '--post', '12 ms');
    const silent = await pairJson('stdp', 'iaf_psc_exp', ...drive, '--post', '');
    expect(free.spikes).toEqual(alone.spikes);
    expect(forced.spikes).toEqual([12]);
    expect(silent.spikes).toEqual([]);
    const before = (document: PairDocument) => document.record['V_m']!.slice(0, 391);
    expect(before(forced)).toEqual(before(alone));
    const { weights } = bruteForce(pairRules.stdp, { pre: [39], post: alone.spikes }, 0.1, 1);
    expect(Math.abs(free.synapse.record['w']![0]! - weights[0]!)).toBeLessThan(1e-9);
    expect(silent.synapse.record['w']).toEqual([1]);
  });

  it('lets the neuron answer to the synapse and the synapse to that answer, until both agree', async () => {
    const pre = [5, 6, 7, 40, 41, 42];
    const strong = ['--set', 'Wmax = 3000', '--weight', '2500'];
    const call = ['--pre', times(pre), '--delay', '2 ms', '--for', '60 ms', ...strong];
    const { spikes, synapse } = await pairJson('stdp', 'iaf_psc_exp', ...call);
    expect(spikes.length).toBeGreaterThan(1);
    // Given these spikes, the synapse sends these weights; given these weights, the neuron emits these spikes.
    const rerun = await pairJson('stdp', 'iaf_psc_exp', ...call, '--post', times(spikes));
    expect(rerun.synapse).toEqual(synapse);
    const fed = synapse.record['w']!.flatMap((w, i) => [
      '--spikes',
      `exc_spikes = ${Number((pre[i]! + 2).toFixed(1))} ms weight ${w}`,
    ]);
    expect((await neuronJson('iaf_psc_exp', '--for', '60 ms', ...fed)).spikes).toEqual(spikes);
  });

  it('iterates where it reads a signal: the weights of a current that they cause themselves', async () => {
    const [pre, post, delay] = [[10, 20, 24, 30], [11, 21.5, 26], 1];
    const words = ['--pre', times(pre), '--post', times(post), '--delay', `${delay} ms`, '--set', 'w = 0.5'];
    const bound = [...words, '--bind', 'I_post_dend = I_syn_exc'];
    const { synapse } = await pairJson('third_factor_stdp', 'iaf_psc_exp', ...bound);
    const sent: { readonly time: number; readonly w: number }[] = [];
    const current = (time: number): number =>
      sent
        .filter((spike) => spike.time + delay <= time + 1e-9)
        .reduce((sum, spike) => sum + spike.w * Math.exp(-(time - spike.time - delay) / 2), 0);
    const rule = (sign: 1 | -1) => (w: number, ages: readonly number[], seenAt: number) => {
      const gate = Math.min(1, Math.max(0, current(seenAt)));
      const trace = ages.reduce((sum, age) => sum + Math.exp(-age / 20), 0);
      return w + gate * 0.01 * (sign > 0 ? 1 - w : -w) * trace;
    };
    const events = [
      ...pre.map((time) => ({ time, isPre: true })),
      ...post.map((time) => ({ time: time + delay, isPre: false })),
    ].sort((a, b) => a.time - b.time);
    let w = 0.5;
    for (const { time, isPre } of events) {
      const others = isPre ? post.map((one) => one + delay) : pre;
      const ages = others.map((one) => time - one).filter((age) => age > 0);
      w = rule(isPre ? -1 : 1)(w, ages, time - delay);
      if (isPre) sent.push({ time, w });
    }
    expect(sent.at(-1)!.w).not.toBe(0.5);
    synapse.record['w']!.forEach((weight, i) => {
      expect(Math.abs(weight - sent[i]!.w)).toBeLessThan(1e-11);
    });
  });

  it('binds a port to what the neuron calls the same, initial values of inlines included', async () => {
    await withFolder(async (folder) => {
      const synapse = put(
        folder,
        'reader.nestml',
        'model reader_synapse:\n    state:\n        w real = 0\n    input:\n        pre_spikes <- spike\n        I_half pA <- continuous\n    output:\n        spike\n    onReceive(pre_spikes):\n        w = I_half / 1 pA\n        emit_spike(w)\n',
      );
      const neuron = put(
        folder,
        'ramp.nestml',
        "model ramp_neuron:\n    state:\n        x pA = 6 pA\n    equations:\n        x' = -x / (4 ms)\n        inline I_half pA = x / 2 + I_in\n    input:\n        spikes <- spike\n        I_in pA <- continuous\n    output:\n        spike\n    update:\n        integrate_odes()\n",
      );
      const words = [
        '--pre',
        '0.5 ms, 1 ms, 3 ms',
        '--delay',
        '1 ms',
        '--current',
        'I_in = 10 pA from 0 ms to 1 ms',
      ];
      const { synapse: seen, diagnostics } = await pairJson(synapse, neuron, ...words);
      expect(diagnostics.map(({ code }) => code)).not.toContain('unbound-signal');
      // A value is a delay old; before the start it is the initial one.
      const exact = [13, 13, 3 * Math.exp(-0.5)];
      seen.record['w']!.forEach((w, i) => {
        expect(Math.abs(w - exact[i]!)).toBeLessThan(1e-9);
      });
    });
  });

  it('feeds modulatory ports, and records of the synapse at presynaptic spikes', async () => {
    const words = [
      '--pre',
      '10 ms, 30 ms',
      '--post',
      '15 ms',
      '--spikes',
      'mod_spikes = 20 ms',
      '--weight',
      '2',
    ];
    const record = ['--record', 'V_m,synapse.n,c,w'];
    const { synapse, record: own } = await pairJson(
      'neuromodulated_stdp',
      'iaf_psc_exp',
      ...words,
      ...record,
    );
    expect(Object.keys(own)).toEqual(['V_m']);
    expect(Object.keys(synapse.record)).toEqual(['w', 'n', 'c']);
    expect(synapse.units).toEqual({ n: '1/ms' });
    // Concentration 1/200 per ms at 20 ms, decays with 200 ms.
    expect(synapse.record['n']![0]).toBe(0);
    expect(Math.abs(synapse.record['n']![1]! - Math.exp(-10 / 200) / 200)).toBeLessThan(1e-9);
    expect(synapse.record['w']![1]).toBeGreaterThan(2);
  });

  it('writes one line per time as CSV, and a page', async () => {
    await withFolder(async (folder) => {
      const [csv, html, svg] = [join(folder, 'p.csv'), join(folder, 'p.html'), join(folder, 'p.svg')];
      const words = ['--pre', '1 ms, 3.5 ms', '--post', '2 ms', '--for', '4 ms', '--every', '1 ms'];
      const call = ['simulate', 'stdp', '--neuron', 'iaf_psc_exp', ...words];
      const run = await runCli([...call, '--csv', csv, '--html', html, '--svg', svg, '--plot']);
      expect(run.status).toBe(0);
      expect(run.out).toContain('w at presynaptic spikes: 1 ');
      expect(run.out).toContain('stdp_synapse to iaf_psc_exp_neuron: 1 spike in 4 ms');
      const lines = readFileSync(csv, 'utf8').trim().split('\n');
      expect(lines[0]).toBe('time (ms),V_m (mV),w');
      expect(lines.map((line) => line.split(',')[0])).toEqual(['time (ms)', '1', '2', '3', '3.5', '4']);
      expect(lines[1]).toBe('1,-70,1');
      expect(lines[4]).toMatch(/^3\.5,,1\./);
      expect(readFileSync(html, 'utf8')).toContain('nestml simulate stdp --neuron iaf_psc_exp --pre');
      expect(readFileSync(svg, 'utf8')).toContain('pre_spikes');
    });
  });

  const stdp = ['stdp', '--neuron', 'iaf_psc_exp', '--pre', '1 ms'];
  it.each<[string, readonly string[], number, readonly string[]]>([
    ['of a synapse without a neuron', ['stdp', '--pre', '1 ms'], 2, ['synapse-needs-neuron']],
    ['of a synapse without anything', ['stdp'], 2, ['synapse-needs-neuron']],
    ['of a synapse with a duration', ['stdp', '--for', '1 ms'], 2, ['synapse-needs-neuron']],
    ['of a neuron without a duration', ['iaf_psc_exp'], 2, []],
    ['of a neuron with --pre', ['iaf_psc_exp', '--for', '1 ms', '--pre', '1 ms'], 2, []],
    ['with a solver', [...stdp, '--solver', 'rk4'], 2, []],
    ['of two texts from one input', ['-', '--neuron', '-'], 2, []],
    ['with a neuron that is not known', ['stdp', '--neuron', 'iaf_psc_epx'], 2, ['unknown-model']],
    ['with a spike at 0', [...stdp, '--post', '0 ms'], 1, ['time-out-of-range']],
    ['with a spike between steps', [...stdp, '--post', '1.05 ms'], 1, ['off-grid-time']],
    ['with an empty time', [...stdp, '--post', '1 ms,,2 ms'], 2, ['option-form']],
    ['with a delay of 0', [...stdp, '--delay', '0 ms'], 1, ['time-out-of-range']],
    ['with a weight of another unit', [...stdp, '--weight', '1 nS'], 1, ['value-unit-mismatch']],
    ['with a weight that a guard forbids', [...stdp, '--weight', '-1'], 1, ['guard-violated']],
    [
      'with a parameter of the neuron for the synapse',
      [...stdp, '--set', 'tau_m = 1 ms'],
      1,
      ['unknown-variable'],
    ],
    [
      'with a parameter of the synapse for the neuron',
      [...stdp, '--set-neuron', 'alpha = 1'],
      1,
      ['unknown-variable'],
    ],
    ['with nothing of that name to record', [...stdp, '--record', 'V'], 1, ['unknown-recordable']],
    [
      'with a weight of a modulatory spike',
      ['neuromodulated_stdp', ...stdp.slice(1), '--spikes', 'mod_spikes = 1 ms weight 2'],
      1,
      ['input-of-synapse'],
    ],
    ['with a role that is none', [...stdp, '--role', 'wait_variable = w'], 2, ['option-form']],
  ])('refuses a call %s', async (_what, words, status, codes) => {
    const run = await runCli(['simulate', ...words]);
    expect([run.status, run.codes, run.out]).toEqual([status, codes, '']);
  });

  it('warns of spikes after the end, and shows what came before', async () => {
    const { synapse, diagnostics } = await pairJson(
      'stdp',
      'iaf_psc_exp',
      '--pre',
      '1 ms, 9 ms',
      '--for',
      '5 ms',
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['stimulus-after-end']);
    expect(synapse.times).toEqual([1]);
  });

  it('moves times to the grid if it may, and says so once for each', async () => {
    const words = ['--round', '--pre', '1.04 ms', '--delay', '0.26 ms', '--for', '5.01 ms'];
    const document = await pairJson('stdp', 'iaf_psc_exp', ...words);
    expect(document.diagnostics.map(({ code }) => code)).toEqual(Array(3).fill('rounded-time'));
    expect([document.synapse.times, document.delay_ms, document.stop_ms]).toEqual([[1], 0.3, 5]);
  });
});
