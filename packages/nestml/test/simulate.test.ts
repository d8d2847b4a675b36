import { lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put, runCli, withFolder } from './run-cli.ts';

/** The part of the JSON form that these tests look at. */
interface SimulationDocument {
  readonly version: number;
  readonly model: string;
  readonly backend: string;
  readonly step_ms: number;
  readonly stop_ms: number;
  readonly times: readonly number[];
  readonly units: Readonly<Record<string, string>>;
  readonly record: Readonly<Record<string, readonly number[]>>;
  readonly spikes: readonly number[];
  readonly solvers: readonly {
    readonly states: readonly string[];
    readonly solver: string;
    readonly reason: string;
  }[];
  readonly diagnostics: readonly { readonly code: string }[];
}

async function simulateJson(...words: readonly string[]): Promise<SimulationDocument> {
  const { status, out, error } = await runCli(['simulate', ...words, '--json']);
  expect(error).toBe('');
  expect(status).toBe(0);
  return JSON.parse(out) as SimulationDocument;
}

const leak = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'examples', 'leak_neuron.nestml'),
  'utf8',
);

/** A neuron that adds its spikes to a state in a handler, so that arrival times can be read off. */
const counter = `model counter_neuron:
    state:
        n real = 0  # sum of the weights so far
        a[2] real = 0  # the same for each element of the vector port
    input:
        spikes <- spike  # counted
        pair[2] <- spike  # counted one by one
    output:
        spike
    onReceive(spikes):
        n += spikes * 1 s
    onReceive(pair):
        a[0] += pair[0] * 1 s
        a[1] += pair[1] * 1 s
    update:
        n = n
`;

describe('nestml simulate --json', () => {
  it('says what takes another unit: names in code quotes, words as words', async () => {
    const wrong = await runCli(['simulate', 'iaf_psc_exp', '--for', '10 mV']);
    expect(wrong.error).toContain('The duration takes ms (time), not mV (voltage).');
    const set = await runCli(['simulate', 'iaf_psc_exp', '--for', '1 ms', '--set', 'tau_m = 1 mV']);
    expect(set.error).toContain('`tau_m` takes ms (time), not mV (voltage).');
  });

  it('follows the documented form', async () => {
    const words = ['--for', '200 ms', '--current', 'I_stim = 400 pA from 10 ms to 150 ms'];
    const result = await simulateJson('iaf_psc_exp', ...words);
    expect(result).toMatchObject({ version: 1, model: 'iaf_psc_exp_neuron', step_ms: 0.1, stop_ms: 200 });
    expect(result.times).toHaveLength(2000);
    expect([result.times[0], result.times[2], result.times.at(-1)]).toEqual([0.1, 0.3, 200]);
    expect(result.units).toEqual({ V_m: 'mV' });
    expect(Object.keys(result.record)).toEqual(['V_m']);
    expect(result.record['V_m']).toHaveLength(2000);
    expect(result.spikes).toEqual([37.8, 67.6, 97.4, 127.2]);
    expect(result.solvers.flatMap(({ states }) => states)).toContain('V_m');
    expect(result.solvers.every(({ reason }) => reason.length > 0)).toBe(true);
    expect(result.diagnostics).toEqual([]);
  });

  it('records a value at the end of its step: an exact leaky membrane, off by at most 1e-9 mV', async () => {
    await withFolder(async (folder) => {
      const file = put(folder, 'leak.nestml', leak);
      const stimulus = ['--current', 'I_stim = 0.25 nA from 10 ms to 30 ms'];
      const { times, record } = await simulateJson(file, '--for', '50 ms', ...stimulus);
      const rise = (t: number): number => 10 * (1 - Math.exp(-t / 10)); // R = tau/C = 40 MOhm, I = 0.25 nA
      const exact = times.map((t) => {
        if (t <= 10) return -70;
        return t <= 30 ? -70 + rise(t - 10) : -70 + rise(20) * Math.exp(-(t - 30) / 10);
      });
      const worst = Math.max(...exact.map((value, index) => Math.abs(value - record['V_m']![index]!)));
      expect(worst).toBeLessThan(1e-9);
    });
  });

  it('delivers a spike in the step that ends at its time, and sums spikes and elements', async () => {
    await withFolder(async (folder) => {
      const file = put(folder, 'counter.nestml', counter);
      const spikes = [
        '--spikes',
        'spikes = 0.1 ms, 0.3 ms, 0.3 ms weight 2',
        '--spikes',
        'pair[1] = 0.2 ms weight -1',
      ];
      const { record } = await simulateJson(file, '--for', '0.4 ms', ...spikes, '--record', 'n,a');
      // A port is (sum of weights)/(1 s); times 1 s gives the sum back up to one rounding.
      const rounded = Object.fromEntries(
        Object.entries(record).map(([name, values]) => [
          name,
          values.map((value) => Number(value.toPrecision(14))),
        ]),
      );
      expect(rounded).toEqual({ n: [2, 2, 6, 6], 'a[0]': [0, 0, 0, 0], 'a[1]': [0, -1, -1, -1] });
    });
  });

  it('takes settings in any unit of the dimension and records at an interval', async () => {
    const settings = ['--set', 'tau_m = 0.02 s', '--set', 'V_m = -60', '--set', 'E_L = -60 mV'];
    const { times, record } = await simulateJson(
      'iaf_psc_exp',
      '--for',
      '10 ms',
      ...settings,
      '--every',
      '2 ms',
    );
    expect(times).toEqual([2, 4, 6, 8, 10]);
    expect(record['V_m']).toEqual([-60, -60, -60, -60, -60]);
  });

  it('gives the same Poisson input for the same seed, and another for another', async () => {
    const words = ['iaf_psc_exp', '--for', '20 ms', '--poisson', 'exc_spikes = 5000 Hz weight 50'];
    const [first, again, other] = [
      await simulateJson(...words, '--seed', '3'),
      await simulateJson(...words, '--seed', '3'),
      await simulateJson(...words, '--seed', '4'),
    ];
    expect(again.record).toEqual(first.record);
    expect(other.record).not.toEqual(first.record);
  });

  it('reads a model from standard input', async () => {
    const { status, out } = await runCli(['simulate', '-', '--for', '1 ms', '--json'], { input: leak });
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ model: 'leak_neuron', stop_ms: 1 });
  });

  it('is a document with the findings when nothing can run', async () => {
    const { status, out } = await runCli(['simulate', 'iaf_psc_exp', '--for', '1.05 ms', '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ version: 1, diagnostics: [{ code: 'off-grid-time' }] });
  });
});

describe('nestml simulate', () => {
  it('plots, lists the spikes and sums up on a terminal', async () => {
    const words = ['simulate', 'iaf_psc_exp', '--for', '60 ms', '--current', 'I_stim = 500 pA'];
    const { status, out } = await runCli(words, { isTerminal: true });
    expect(status).toBe(0);
    expect(out).toContain('V_m (mV)');
    expect(out).toMatch(/spikes \(ms\): \d/);
    expect(out).toMatch(/iaf_psc_exp_neuron: \d+ spikes? in 60 ms/);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('writes CSV and SVG files and says where', async () => {
    await withFolder(async (folder) => {
      const [csv, svg] = [join(folder, 'new', 'leak.csv'), join(folder, 'leak.svg')];
      const words = [
        'simulate',
        'iaf_psc_exp',
        '--for',
        '0.3 ms',
        '--record',
        'V_m,I_syn',
        '--csv',
        csv,
        '--svg',
        svg,
      ];
      const { status, error } = await runCli(words);
      expect(status).toBe(0);
      expect(readFileSync(csv, 'utf8')).toBe(
        'time (ms),V_m (mV),I_syn (pA)\n0.1,-70,0\n0.2,-70,0\n0.3,-70,0\n',
      );
      expect(readFileSync(svg, 'utf8')).toMatch(/^<svg [\s\S]*V_m \(mV\)[\s\S]*<\/svg>\s*$/);
      expect(error).toBe(`wrote ${csv}\nwrote ${svg}\n`);
    });
  });

  it('writes one self-contained report with equations, the changed parameter and how to repeat the run', async () => {
    await withFolder(async (folder) => {
      const html = join(folder, 'report.html');
      const run = ['--for', '60 ms', '--current', 'I_stim = 500 pA', '--set', 'tau_m = 12 ms'];
      expect((await runCli(['simulate', 'iaf_psc_exp', ...run, '--html', html])).status).toBe(0);
      const page = readFileSync(html, 'utf8');
      expect(page).toMatch(/^<!doctype html>/i);
      expect(page).toContain('<math');
      expect(page).toContain('nestml simulate iaf_psc_exp --for &quot;60 ms&quot;');
      expect(page).toContain('Spike threshold');
      expect(page.replaceAll(/https:\/\/doi\.org\/\S+|http:\/\/www\.w3\.org\/\S+/g, '')).not.toMatch(
        /(src|href)="https?:/,
      );
    });
  });

  it('runs the engine by default, with the same spikes as the reference interpreter', async () => {
    const run = ['iaf_psc_alpha', '--for', '80 ms', '--current', 'I_stim = 600 pA'];
    const [reference, engine] = [await simulateJson(...run, '--reference'), await simulateJson(...run)];
    expect([reference.backend, engine.backend]).toEqual(['reference', 'engine']);
    expect(reference.spikes.length).toBeGreaterThan(2);
    expect(engine.spikes).toEqual(reference.spikes);
    const off = engine.record['V_m']!.map((value, index) =>
      Math.abs(value - reference.record['V_m']![index]!),
    );
    // Exact propagators against Runge-Kutta at 1e-12: 1e-10 of 70 mV.
    expect(Math.max(...off)).toBeLessThan(7e-9);
  });

  it('refuses options that contradict each other', async () => {
    const contradictions = [
      ['--set', 'C_m = 1 pF', '--set', 'C_m = 2 pF'],
      ['--csv', 'a', '--svg', 'a'],
      ['--csv', ''],
      ['--seed', 'x'],
    ];
    for (const words of contradictions) {
      const run = await runCli(['simulate', 'iaf_psc_exp', '--for', '1 ms', ...words]);
      expect([run.status, run.out], words.join(' ')).toEqual([2, '']);
    }
  });

  it('warns of stimuli after the end, and refuses what does not fit into memory', async () => {
    const late = await runCli(['simulate', 'iaf_psc_exp', '--for', '1 ms', '--spikes', 'exc_spikes = 5 ms']);
    expect([late.status, late.codes]).toEqual([0, ['stimulus-after-end']]);
    const large = await runCli(['simulate', 'iaf_psc_exp', '--for', '1000000 s']);
    expect([large.status, large.codes]).toEqual([1, ['too-much-to-record']]);
  });

  it('follows links and leaves pipes and devices as they are', async () => {
    await withFolder(async (folder) => {
      const [target, link] = [put(folder, 'target.csv', 'old'), join(folder, 'link.csv')];
      symlinkSync(target, link);
      expect((await runCli(['simulate', 'iaf_psc_exp', '--for', '0.1 ms', '--csv', link])).status).toBe(0);
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      expect(readFileSync(target, 'utf8')).toBe('time (ms),V_m (mV)\n0.1,-70\n');
    });
  });

  it('ends with status 3 where a file cannot be written, and leaves nothing behind', async () => {
    await withFolder(async (folder) => {
      const blocker = put(folder, 'file', 'not a folder');
      const words = ['simulate', 'iaf_psc_exp', '--for', '1 ms', '--csv', join(blocker, 'out.csv')];
      const { status, error } = await runCli(words);
      expect(status).toBe(3);
      expect(error).toContain(join(blocker, 'out.csv'));
      expect(readFileSync(blocker, 'utf8')).toBe('not a folder');
    });
  });

  it('refuses options that do not exist, and suggests commands', async () => {
    expect(await runCli(['simulate', 'iaf_psc_exp', '--for', '1 ms', '--bogus'])).toMatchObject({
      status: 2,
    });
    expect(await runCli(['simulate', 'iaf_psc_exp'])).toMatchObject({ status: 2 });
    const unknown = await runCli(['simulat', 'iaf_psc_exp']);
    expect(unknown.status).toBe(2);
    expect(unknown.error).toContain('Did you mean simulate?');
  });
});
