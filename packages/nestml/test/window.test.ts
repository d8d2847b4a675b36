import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bruteForce, pairRules } from './pair-rules.ts';
import { runCli, withFolder } from './run-cli.ts';

/** The part of the JSON form that these tests look at. */
interface WindowDocument {
  readonly version: number;
  readonly model: string;
  readonly neuron: string;
  readonly weight: string;
  readonly unit: string | null;
  readonly delay_ms: number;
  readonly points: readonly {
    readonly dt_ms: number;
    readonly dt_at_synapse_ms: number;
    readonly dw: number;
  }[];
  readonly backend: string;
  readonly diagnostics: readonly { readonly code: string }[];
}

async function windowJson(synapse: string, ...words: readonly string[]): Promise<WindowDocument> {
  const { status, out } = await runCli(['window', synapse, '--neuron', 'iaf_psc_exp', ...words, '--json']);
  expect(status).toBe(0);
  return JSON.parse(out) as WindowDocument;
}

describe('nestml window', () => {
  it('is the closed form of stdp at dt + delay, to 1e-9 at 41 differences', async () => {
    const { points, ...document } = await windowJson('stdp');
    expect(document).toMatchObject({
      version: 1,
      model: 'stdp_synapse',
      neuron: 'iaf_psc_exp_neuron',
      weight: 'w',
      unit: null,
      delay_ms: 0.1,
      backend: 'reference',
      diagnostics: [],
    });
    expect(points.map(({ dt_ms }) => dt_ms)).toEqual(Array.from({ length: 41 }, (_, k) => 5 * k - 100));
    for (const { dt_ms, dt_at_synapse_ms, dw } of points) {
      expect(dt_at_synapse_ms).toBeCloseTo(dt_ms + 0.1, 12);
      // Learning rate 0.01, largest weight 100, traces of 20 ms, weight 1 before.
      const exact =
        dt_at_synapse_ms > 0
          ? 0.01 * (100 - 1) * Math.exp(-dt_at_synapse_ms / 20)
          : -0.01 * Math.exp(dt_at_synapse_ms / 20);
      expect(Math.abs(dw - exact)).toBeLessThan(1e-9);
    }
  });

  it('changes nothing where both spikes are at the synapse at one time', async () => {
    const { points, delay_ms } = await windowJson('stdp', '--delay', '5 ms', '--weight', '50');
    expect(delay_ms).toBe(5);
    expect(points.find(({ dt_at_synapse_ms }) => dt_at_synapse_ms === 0)).toEqual({
      dt_ms: -5,
      dt_at_synapse_ms: 0,
      dw: 0,
    });
    const largest = points.reduce((most, point) => (point.dw > most.dw ? point : most));
    expect(largest.dt_ms).toBe(0);
    expect(Math.abs(largest.dw - 0.5 * Math.exp(-5 / 20))).toBeLessThan(1e-9);
  });

  it.each(['stdp', 'stdp_nn_symm', 'stdp_triplet'] as const)(
    'is what the rule of %s gives, added up by brute force, to 1e-9',
    async (synapse) => {
      const { points } = await windowJson(synapse, '--delay', '1.5 ms', '--weight', '20');
      expect(points).toHaveLength(41);
      for (const { dt_ms, dw } of points) {
        const { end } = bruteForce(pairRules[synapse], { pre: [200], post: [200 + dt_ms] }, 1.5, 20);
        expect(Math.abs(dw - (end - 20))).toBeLessThan(1e-9);
      }
    },
  );

  it('is in the declared unit of the weight, over the differences that are asked for', async () => {
    const range = ['--dt', '-40 ms to 10 ms', '--points', '6', '--weight', '20000 pS'];
    const { points, unit } = await windowJson('stdp_triplet', ...range);
    expect(unit).toBe('nS');
    expect(points.map(({ dt_ms }) => dt_ms)).toEqual([-40, -30, -20, -10, 0, 10]);
    expect(Math.abs(points[0]!.dw + 7e-3 * Math.exp(-39.9 / 33.7))).toBeLessThan(1e-9);
  });

  it('shows a third factor that is fed, and is flat without it', async () => {
    const few = ['--points', '5', '--weight', '0.5'];
    const open = await windowJson('third_factor_stdp', ...few, '--current', 'I_post_dend = 1 pA');
    expect(open.diagnostics).toEqual([]);
    expect(Math.abs(open.points[3]!.dw - 0.005 * Math.exp(-50.1 / 20))).toBeLessThan(1e-9);
    const shut = await windowJson('third_factor_stdp', ...few);
    expect(shut.diagnostics.map(({ code }) => code)).toEqual(['unbound-signal']);
    expect(shut.points.map(({ dw }) => dw)).toEqual([0, 0, 0, 0, 0]);
  });

  it('shows the synapse a signal of its neuron: a current that the synapse itself has caused', async () => {
    const words = [
      '--points',
      '5',
      '--weight',
      '0.5',
      '--bind',
      'I_post_dend = I_syn_exc',
      '--dt',
      '0 ms to 8 ms',
    ];
    const { points } = await windowJson('third_factor_stdp', ...words);
    for (const { dt_ms, dw } of points) {
      // 0.5 pA arrive a step after the presynaptic spike and decay with 2 ms; seen at the time of the postsynaptic emission.
      const gate = dt_ms === 0 ? 0 : 0.5 * Math.exp(-(dt_ms - 0.1) / 2);
      expect(Math.abs(dw - gate * 0.01 * 0.5 * Math.exp(-(dt_ms + 0.1) / 20))).toBeLessThan(1e-9);
    }
  });

  it('draws the window with both zero lines, and writes SVG and CSV', async () => {
    await withFolder(async (folder) => {
      const [svg, csv] = [join(folder, 'w.svg'), join(folder, 'w.csv')];
      const words = ['window', 'stdp', '--neuron', 'iaf_psc_exp', '--points', '5', '--weight', '50'];
      const { status, out } = await runCli([...words, '--svg', svg, '--csv', csv, '--plot']);
      expect(status).toBe(0);
      expect(out).toContain('dt = t_post - t_pre (ms)');
      expect(out).toContain('stdp_synapse to iaf_psc_exp_neuron: dw from ');
      expect(readFileSync(svg, 'utf8')).toContain('dt = 0');
      expect(readFileSync(svg, 'utf8')).toContain('dw = 0');
      const lines = readFileSync(csv, 'utf8').trim().split('\n');
      expect(lines[0]).toBe('dt (ms),dt at synapse (ms),change of w');
      expect(lines).toHaveLength(6);
      expect(lines[3]).toMatch(/^0,0\.1,0\.49/);
    });
  });

  it.each<[string, readonly string[], number, readonly string[]]>([
    ['without a neuron', ['stdp'], 2, []],
    ['of a neuron', ['iaf_psc_exp', '--neuron', 'iaf_psc_exp'], 1, ['not-a-synapse']],
    ['to a synapse', ['stdp', '--neuron', 'stdp'], 1, ['not-a-neuron']],
    ['of a synapse without postsynaptic spikes', ['static', '--neuron', 'iaf_psc_exp'], 1, ['no-post-port']],
    [
      'with a range that ends before it begins',
      ['stdp', '--neuron', 'iaf_psc_exp', '--dt', '9 ms to 1 ms'],
      1,
      ['value-out-of-range'],
    ],
    ['with one point', ['stdp', '--neuron', 'iaf_psc_exp', '--points', '1'], 1, ['value-out-of-range']],
    ['with points between steps', ['stdp', '--neuron', 'iaf_psc_exp', '--points', '7'], 1, ['off-grid-time']],
    ['with a range that is none', ['stdp', '--neuron', 'iaf_psc_exp', '--dt', '9 ms'], 2, ['option-form']],
    ['with no delay', ['stdp', '--neuron', 'iaf_psc_exp', '--delay', '0 ms'], 1, ['time-out-of-range']],
  ])('refuses a call %s', async (_what, words, status, codes) => {
    const run = await runCli(['window', ...words]);
    expect([run.status, run.codes, run.out]).toEqual([status, codes, '']);
  });
});
