import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put, runCli, withFolder } from './run-cli.ts';

/** The part of the JSON form that these tests look at. */
interface CurveDocument {
  readonly version: number;
  readonly model: string;
  readonly port: string;
  readonly unit: string | null;
  readonly points: readonly { readonly input: number; readonly rate_hz: number }[];
  readonly backend: string;
  readonly diagnostics: readonly { readonly code: string }[];
}

async function curveJson(...words: readonly string[]): Promise<CurveDocument> {
  const { status, out } = await runCli(['curve', ...words, '--json']);
  expect(status).toBe(0);
  return JSON.parse(out) as CurveDocument;
}

/** Spikes of iaf_psc_exp under a constant current (pA) from rest, in the steps (of 0.1 ms) `first` < n ≤ `last`, exactly. */
function exactSpikes(current: number, first: number, last: number): number {
  const [tau, capacitance, threshold, refractorySteps] = [10, 250, 15, 20];
  const target = (tau / capacitance) * current;
  if (target <= threshold) return 0;
  // Rest and reset are equal: the first step at whose end target·(1 − exp(−k·h/τ)) has reached the threshold.
  const rise = Math.ceil((-tau * Math.log(1 - threshold / target)) / 0.1);
  const interval = rise + refractorySteps;
  let count = 0;
  for (let step = rise; step <= last; step += interval) count += step > first ? 1 : 0;
  return count;
}

describe('nestml curve', () => {
  it('counts the spikes that the exact solution of a leaky membrane has, for each current', async () => {
    const { points, ...rest } = await curveJson(
      'iaf_psc_exp',
      '--current',
      'I_stim = 300 pA to 1 nA',
      '--points',
      '36',
    );
    expect(rest).toMatchObject({
      version: 1,
      model: 'iaf_psc_exp_neuron',
      port: 'I_stim',
      unit: 'pA',
      backend: 'engine',
      diagnostics: [],
    });
    expect(points.map(({ input }) => input)).toEqual(Array.from({ length: 36 }, (_, k) => 300 + 20 * k));
    const exact = points.map(({ input }) => exactSpikes(input, 2000, 12_000));
    expect(points.map(({ rate_hz }) => rate_hz)).toEqual(exact);
    expect(exact.filter((count) => count === 0)).toHaveLength(4);
  });

  it('gives the same on the reference interpreter, neuron by neuron, also under Poisson input', async () => {
    const words = [
      'iaf_psc_exp',
      '--rate',
      'exc_spikes = 8 kHz, 12000 Hz, 0 Hz weight 50',
      '--for',
      '100 ms',
      '--discard',
      '20 ms',
    ];
    const [engine, reference] = [await curveJson(...words), await curveJson(...words, '--reference')];
    expect(engine.points.map(({ input }) => input)).toEqual([8000, 12_000, 0]);
    expect(engine.points[1]!.rate_hz).toBeGreaterThan(engine.points[0]!.rate_hz);
    expect(engine.points[2]!.rate_hz).toBe(0);
    expect(reference.points).toEqual(engine.points);
  });

  it('gives each neuron random numbers of its own', async () => {
    const rate = 'exc_spikes = 12 kHz, 12 kHz, 12 kHz weight 50';
    const { points } = await curveJson('iaf_psc_exp', '--rate', rate, '--for', '5 s');
    expect(new Set(points.map(({ rate_hz }) => rate_hz)).size).toBeGreaterThan(1);
  });

  it('draws the curve, and writes it as SVG and CSV', async () => {
    await withFolder(async (folder) => {
      const [svg, csv] = [join(folder, 'curve.svg'), join(folder, 'curve.csv')];
      const words = ['curve', 'iaf_psc_exp', '--current', 'I_stim = 0 pA, 500 pA', '--for', '1 s'];
      const { status, out } = await runCli([...words, '--svg', svg, '--csv', csv, '--plot'], {
        isTerminal: true,
      });
      expect(status).toBe(0);
      expect(out).toContain('firing rate (Hz)');
      expect(out).toMatch(
        /iaf_psc_exp_neuron: silent up to 0 pA, fires at 500 pA, up to \d+ Hz, engine backend/,
      );
      expect(readFileSync(svg, 'utf8')).toMatch(/^<svg [\s\S]*I_stim \(pA\)[\s\S]*<\/svg>\s*$/);
      expect(readFileSync(csv, 'utf8')).toBe(
        `I_stim (pA),rate (Hz)\n0,0\n500,${exactSpikes(500, 2000, 12_000)}\n`,
      );
    });
  });

  it('draws one value, values in any order, and a neuron that never fires', async () => {
    const words = ['curve', 'iaf_psc_exp', '--for', '0.1 s', '--current'];
    const texts = await Promise.all(
      ['I_stim = 500 pA', 'I_stim = 800 pA, 500 pA, 0 pA', 'I_stim = 0 pA to 100 pA'].map(
        async (input) => (await runCli([...words, input])).out,
      ),
    );
    expect(texts[0]).toContain('fires at 500 pA, up to');
    expect(texts[1]).toContain('fires at 500 pA, up to');
    expect(texts[2]).toContain('never fires');
  });

  it('moves times to the grid on request', async () => {
    const words = ['curve', 'iaf_psc_exp', '--current', 'I_stim = 1 nA', '--step', '0.3 ms', '--round'];
    const { status, codes } = await runCli(words);
    expect([status, codes]).toEqual([0, ['rounded-time', 'rounded-time']]);
  });

  it('refuses a neuron without spike output', async () => {
    await withFolder(async (folder) => {
      const file = put(
        folder,
        'silent.nestml',
        "model silent_neuron:\n    state:\n        V_m mV = 0 mV  # membrane potential\n    equations:\n        V_m' = -V_m / (10 ms) + I / (100 pF)\n    input:\n        I pA <- continuous  # current\n    update:\n        integrate_odes()\n",
      );
      const { status, errorCodes } = await runCli(['curve', file, '--current', 'I = 0 pA to 100 pA']);
      expect([status, errorCodes]).toEqual([1, ['no-spike-output']]);
    });
  });

  it.each<[string, readonly string[], number, readonly string[]]>([
    ['without an input', [], 2, []],
    ['with one input twice', ['--current', 'I_stim = 1 pA', '--current', 'I_stim = 2 pA'], 2, []],
    ['with two inputs', ['--current', 'I_stim = 1 pA', '--rate', 'exc_spikes = 1 Hz'], 2, []],
    ['with an input that is no range', ['--current', 'I_stim = 0 pA to'], 2, ['option-form']],
    ['with a weight of a current', ['--current', 'I_stim = 1 pA weight 2'], 2, ['option-form']],
    ['with an unknown port', ['--current', 'I_stin = 0 pA to 1 pA'], 1, ['unknown-port']],
    ['with a wrong unit', ['--current', 'I_stim = 0 mV to 1 pA'], 1, ['value-unit-mismatch']],
    ['with a range of one point', ['--current', 'I_stim = 1 pA to 1 pA'], 1, ['value-out-of-range']],
    ['with a negative rate', ['--rate', 'exc_spikes = -1 Hz'], 1, ['value-out-of-range']],
    [
      'with a range of no points',
      ['--points', '1', '--current', 'I_stim = 0 pA to 1 pA'],
      1,
      ['value-out-of-range'],
    ],
    ['off the grid', ['--for', '0.05 ms', '--current', 'I_stim = 0 pA'], 1, ['off-grid-time']],
    [
      'with a negative time before',
      ['--discard', '-1 ms', '--current', 'I_stim = 0 pA'],
      1,
      ['time-out-of-range'],
    ],
  ])('refuses a call %s', async (_what, words, status, codes) => {
    const run = await runCli(['curve', 'iaf_psc_exp', ...words]);
    expect([run.status, run.codes, run.out]).toEqual([status, codes, '']);
    expect(run.error).toMatch(/^error/);
  });
});
