import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put, runCli, withFolder } from './run-cli.ts';

/** The part of the JSON form that these tests look at. */
interface ResponseDocument {
  readonly version: number;
  readonly model: string;
  readonly record: string;
  readonly unit: string | null;
  readonly points: readonly { readonly t_ms: number; readonly value: number }[];
  readonly peak: { readonly t_ms: number; readonly value: number };
  readonly diagnostics: readonly { readonly code: string }[];
}

async function pspJson(...words: readonly string[]): Promise<ResponseDocument> {
  const { status, out } = await runCli(['psp', ...words, '--json']);
  expect(status).toBe(0);
  return JSON.parse(out) as ResponseDocument;
}

/** Membrane of 10 ms and 250 pF under an alpha-shaped current of 2 ms with peak `weight` (pA), in mV. */
function exactAlpha(t: number, weight: number): number {
  const [a, b, capacitance] = [1 / 2, 1 / 10, 250];
  const difference = a - b;
  const factor = (weight * Math.E * a) / capacitance / difference ** 2;
  return factor * Math.exp(-b * t) * (1 - Math.exp(-difference * t) * (1 + difference * t));
}

const noisyMembrane = `model noisy_neuron:
    state:
        V_m mV = 0 mV  # membrane potential
        noise real = 0  # drawn anew in each step
    equations:
        V_m' = -V_m / (10 ms) + noise * 1 mV / (1 ms)
    input:
        spikes <- spike  # a weight of 1 moves the membrane potential by 1 mV
    output:
        spike
    onReceive(spikes):
        V_m += spikes * 1 s * 1 mV
    update:
        noise = random_normal(0, 1)
        integrate_odes()
    onCondition(V_m > 1000 mV):
        emit_spike()
`;

describe('nestml psp', () => {
  it.each(['engine', 'reference'])(
    'is the exact response of a leaky membrane to 1e-9 mV on the %s',
    async (backend) => {
      const words = [
        'iaf_psc_alpha',
        '--port',
        'exc_spikes',
        '--weight',
        '100',
        '--for',
        '60 ms',
        '--settle',
        '5 ms',
      ];
      const flags = backend === 'reference' ? ['--reference'] : [];
      const response = await pspJson(...words, ...flags);
      const { points, peak } = response;
      expect(response).toMatchObject({
        version: 1,
        model: 'iaf_psc_alpha_neuron',
        record: 'V_m',
        unit: 'mV',
      });
      expect(points.map(({ t_ms }) => t_ms)).toEqual(
        Array.from({ length: 601 }, (_, k) => Number((k / 10).toPrecision(12))),
      );
      // Differences of potentials near 70 mV: a few roundings of 1e-14 mV, and 1e-12 relative of the reference.
      for (const { t_ms, value } of points)
        expect(Math.abs(value - exactAlpha(t_ms, 100))).toBeLessThan(1e-9);
      const highest = points.reduce((best, point) => (point.value > best.value ? point : best));
      expect(peak).toEqual(highest);
      expect(response.diagnostics).toEqual([]);
    },
  );

  it.each<[string, string, (t: number) => number]>([
    // Current of 2 ms into 250 pF with a membrane of 10 ms: difference of two exponentials.
    [
      'iaf_psc_exp',
      'exc_spikes',
      (t) => ((3 / 250) * (Math.exp(-t / 10) - Math.exp(-t / 2))) / (1 / 2 - 1 / 10),
    ],
    ['iaf_psc_delta', 'spikes', (t) => 3 * Math.exp(-t / 10)],
  ])('is the closed form of %s to 1e-9 mV, from the arrival to the end', async (model, port, exact) => {
    const { points } = await pspJson(model, '--port', port, '--weight', '3');
    expect([points[0]!.t_ms, points.at(-1)!.t_ms, points.length]).toEqual([0, 100, 1001]);
    for (const { t_ms, value } of points) expect(Math.abs(value - exact(t_ms))).toBeLessThan(1e-9);
  });

  it('subtracts a run with the same random numbers, so that noise in a linear model falls out', async () => {
    await withFolder(async (folder) => {
      const file = put(folder, 'noisy.nestml', noisyMembrane);
      const { points } = await pspJson(file, '--port', 'spikes', '--seed', '3');
      for (const { t_ms, value } of points) expect(Math.abs(value - Math.exp(-t_ms / 10))).toBeLessThan(1e-9);
    });
  });

  it('warns of a spike that changes nothing, and of a neuron that still moves', async () => {
    const call = ['iaf_psc_exp', '--port', 'inh_spikes'];
    const nothing = await pspJson(...call, '--record', 'I_syn_exc');
    expect(nothing.diagnostics.map(({ code }) => code)).toEqual(['no-response']);
    const moving = [...call, '--set', 'V_m = -60 mV', '--settle'];
    expect((await pspJson(...moving, '5 ms')).diagnostics.map(({ code }) => code)).toEqual(['not-at-rest']);
    expect((await pspJson(...moving, '500 ms')).diagnostics).toEqual([]);
  });

  it('is negative at an inhibitory port, and of any recordable', async () => {
    const potential = await pspJson(
      'iaf_cond_alpha',
      '--port',
      'inh_spikes',
      '--weight',
      '5',
      '--for',
      '50 ms',
    );
    expect(potential.peak.value).toBeLessThan(-0.1);
    const current = await pspJson(
      'iaf_psc_exp',
      '--port',
      'exc_spikes',
      '--weight',
      '80',
      '--record',
      'I_syn',
    );
    expect(current.unit).toBe('pA');
    expect(current.peak).toEqual({ t_ms: 0, value: 80 });
  });

  it('warns where the neuron fires, and where it does so without the spike', async () => {
    const strong = await pspJson('iaf_psc_exp', '--port', 'exc_spikes', '--weight', '20000');
    expect(strong.diagnostics.map(({ code }) => code)).toEqual(['response-with-spike']);
    const words = ['psp', 'iaf_psc_exp', '--port', 'exc_spikes', '--set', 'I_e = 500 pA'];
    const firing = await runCli(words);
    expect(firing.codes).toEqual(['response-with-spike']);
    expect(firing.error).toContain('fires without any input');
  });

  it('draws the response, and writes it as SVG and CSV', async () => {
    await withFolder(async (folder) => {
      const [svg, csv] = [join(folder, 'psp.svg'), join(folder, 'psp.csv')];
      const words = [
        'psp',
        'iaf_psc_delta',
        '--port',
        'spikes',
        '--weight',
        '0.5',
        '--for',
        '1 ms',
        '--step',
        '0.5 ms',
      ];
      const { status, out } = await runCli([...words, '--svg', svg, '--csv', csv, '--plot'], {
        isTerminal: true,
      });
      expect(status).toBe(0);
      expect(out).toContain('change of V_m (mV)');
      expect(out).toContain('iaf_psc_delta_neuron: peak 0.5 mV after 0 ms, engine backend');
      expect(readFileSync(svg, 'utf8')).toContain('time since arrival (ms)');
      expect(readFileSync(csv, 'utf8')).toMatch(
        /^time since arrival \(ms\),change of V_m \(mV\)\n0,0\.5\n0\.5,0\.47/,
      );
    });
  });

  it.each<[string, readonly string[], number, readonly string[]]>([
    ['with a port that is not there', ['--port', 'ex_spikes'], 1, ['unknown-port']],
    ['with a continuous port', ['--port', 'I_stim'], 1, ['unknown-port']],
    ['with a weight that is no number', ['--port', 'exc_spikes', '--weight', 'x'], 2, []],
    [
      'with nothing of that name to record',
      ['--port', 'exc_spikes', '--record', 'V'],
      1,
      ['unknown-recordable'],
    ],
  ])('refuses a call %s', async (_what, words, status, codes) => {
    const run = await runCli(['psp', 'iaf_psc_exp', ...words]);
    expect([run.status, run.codes, run.out]).toEqual([status, codes, '']);
  });
});
