import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put, runCli, withFolder } from './run-cli.ts';

const folder = join(import.meta.dirname, '..', '..', 'language', 'test', 'dialects', 'fixtures');
const names = readdirSync(folder).sort();
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
const thirdFactor = 'a2s-third_factor.nestml';
const leak =
  "neuron leak:\n  state: V mV = 1 mV end # rest\n  equations: V' = -V / (5 * ms) end\n  update: integrate_odes() end\nend\n";

/** The same without the `end` of its first block. */
const damaged = leak.replace('1 mV end', '1 mV');

/** What each neuron is given, so that it fires where it can. */
const stimuli: Readonly<Record<string, readonly string[]>> = {
  'a0-first_neuron.nestml': [
    '--spikes',
    'spikes = 2 ms, 5 ms weight 20',
    '--current',
    'currents = 300 pA from 1 ms to 20 ms',
  ],
  'a1-cond_alpha_neuron.nestml': [
    '--spikes',
    'spikes_ex = 2 ms, 5 ms weight 30',
    '--spikes',
    'spikes_in = 9 ms weight 10',
  ],
  'a1-coupled_shapes_neuron.nestml': ['--spikes', 'p = 2 ms, 5 ms weight 3'],
  'a1-hh_shape_neuron.nestml': [
    '--spikes',
    'spikes = 2 ms weight 500',
    '--current',
    'I_stim = 900 pA from 1 ms to 20 ms',
  ],
  'a1-iaf_neuron.nestml': [
    '--spikes',
    'exc = 2 ms weight 900',
    '--spikes',
    'inh = 9 ms weight 400',
    '--current',
    'I_ext = 300 pA from 1 ms to 20 ms',
  ],
  'a2-hh_kernel_neuron.nestml': [
    '--spikes',
    'spikes = 2 ms weight 500',
    '--current',
    'I_stim = 900 pA from 1 ms to 20 ms',
  ],
  'a1-port_in_equation_neuron.nestml': ['--spikes', 'sp = 2 ms, 5 ms weight 120'],
  'a2-port_in_inline_neuron.nestml': [
    '--spikes',
    'exc = 2 ms, 5 ms weight 120',
    '--spikes',
    'inh = 9 ms weight 30',
  ],
  'a2-iaf_neuron.nestml': [
    '--spikes',
    'spikes = 2 ms, 5 ms weight 900',
    '--current',
    'I_stim = 300 pA from 1 ms to 20 ms',
  ],
  'a2s-iaf_vector_neuron.nestml': ['--spikes', 'p[0] = 2 ms weight 6', '--spikes', 'p[1] = 3 ms weight 10'],
  'b1-exp_neuron.nestml': [
    '--spikes',
    'exc_spikes = 2 ms weight 900',
    '--spikes',
    'inh_spikes = 9 ms weight 300',
  ],
  'b2-psc_neuron.nestml': ['--spikes', 'spikes = 2 ms, 5 ms weight 900'],
  'a1-one_line_neuron.nestml': [
    '--spikes',
    'sp = 2 ms weight 900',
    '--current',
    'I = 900 pA from 1 ms to 20 ms',
  ],
  'a2-whole_vectors_neuron.nestml': [
    '--spikes',
    'sp[0] = 2 ms weight 6',
    '--spikes',
    'sp[1] = 3 ms weight 10',
  ],
  'a2s-nested_branches_neuron.nestml': ['--spikes', 'p[1] = 2 ms weight 6', '--record', 'v[0],v[1],v[2],foo'],
  'a2d-mixed_neuron.nestml': [
    '--spikes',
    'spikes = 2 ms weight 900',
    '--current',
    'I_stim = 900 pA from 1 ms to 20 ms',
  ],
  'b1-single_end_neuron.nestml': ['--spikes', 'p = 2 ms weight 3'],
  'b2-comments_neuron.nestml': ['--current', 'I = 1 pA from 1 ms to 2 ms'],
  'b2-docstring_neuron.nestml': ['--spikes', 's = 2 ms, 5 ms weight 3'],
  'b2-ports_neuron.nestml': ['--spikes', 'ex = 2 ms weight 900', '--spikes', 'inh = 9 ms weight 30'],
  'a0-step_neuron.nestml': ['--spikes', 'spikes = 2 ms, 5 ms weight 16'],
  'c1-izhikevich_neuron.nestml': ['--current', 'I_stim = 10 pA from 1 ms to 20 ms'],
};
const neurons = names.filter((name) => name.includes('_neuron'));

async function tracesOf(path: string, name: string) {
  const words = ['simulate', path, '--reference', '--json', '--for', '25 ms', ...(stimuli[name] ?? [])];
  const { out, status, error } = await runCli(words);
  expect(status, error).toBe(0);
  const { record, spikes, units } = JSON.parse(out) as {
    readonly record: Readonly<Record<string, readonly number[]>>;
    readonly spikes: readonly number[];
    readonly units: unknown;
  };
  return { record, spikes, units };
}

describe('nestml migrate', () => {
  it.each(names)('writes what checks without warnings (%s)', async (name) => {
    await withFolder(async (temporary) => {
      const path = put(temporary, 'm.nestml', textOf(name));
      const migrated = await runCli(['migrate', '--write', path]);
      expect(migrated.status).toBe(name === thirdFactor ? 1 : 0);
      if (name === thirdFactor) {
        expect(migrated.errorCodes).toEqual(['invalid-assignment']);
        expect((await runCli(['fix', path])).status).toBe(0);
      }
      const { status, error } = await runCli(['check', '--strict', path]);
      expect(status).toBe(0);
      expect(error.match(/^(error|warning)\[.*/gm)).toBeNull();
      expect((await runCli(['format', '--check', path])).status).toBe(0);
      const again = await runCli(['migrate', path]);
      expect(again.out).toBe('nothing to migrate\n');
    });
  });

  it.each(neurons)('keeps the traces and spikes of %s to the last bit', async (name) => {
    await withFolder(async (temporary) => {
      const old = put(temporary, 'old.nestml', textOf(name));
      const { out } = await runCli(['migrate', '--stdout', old]);
      const migrated = put(temporary, 'new.nestml', out);
      const before = await tracesOf(old, name);
      expect(Object.values(before.record).flat().length).toBeGreaterThan(0);
      expect(await tracesOf(migrated, name)).toEqual(before);
    });
  });

  it('shows the difference, writes nothing, and lists the cures', async () => {
    await withFolder(async (temporary) => {
      const path = put(temporary, 'm.nestml', leak);
      const { status, out, error, codes } = await runCli(['migrate', path]);
      expect(status).toBe(0);
      expect(readFileSync(path, 'utf8')).toBe(leak);
      expect(out).toMatch(/^--- .*m\.nestml\n\+\+\+ .*m\.nestml\n@@ /);
      expect(out).toContain('-neuron leak:\n');
      expect(out).toContain('+model leak:\n');
      expect(out).toContain('        # rest\n');
      expect(error).toContain('m.nestml: Write `1 ms` (bare-unit)\n');
      expect(codes).toEqual(['old-dialect']);
    });
  });

  it('reads the standard input and prints the new text with --stdout', async () => {
    const { status, out } = await runCli(['migrate', '--stdout', '-'], { input: leak });
    expect(status).toBe(0);
    expect(out).toMatch(/^model leak:\n {4}state:\n {8}V mV = 1 mV\n/);
  });

  it('gives one JSON document with --json', async () => {
    const input = textOf('a2s-stdp_on_receive.nestml');
    const { out } = await runCli(['migrate', '--json', '-'], { input });
    const { version, written, files } = JSON.parse(out) as {
      readonly version: number;
      readonly written: boolean;
      readonly files: readonly { readonly dialect: string; readonly approximate: readonly string[] }[];
    };
    expect({ version, written }).toEqual({ version: 1, written: false });
    expect(files[0]?.dialect).toBe('NESTML 5.0 to 5.2');
    expect(files[0]?.approximate.join()).toContain('delay');
  });

  it('keeps the line ends of a file', async () => {
    await withFolder(async (temporary) => {
      const path = put(temporary, 'm.nestml', leak.replaceAll('\n', '\r\n'));
      expect((await runCli(['migrate', '--write', path])).status).toBe(0);
      expect(readFileSync(path, 'utf8')).toMatch(/^model leak:\r\n(.*\r\n)+$/);
    });
  });

  it('refuses wrong calls', async () => {
    expect((await runCli(['migrate'])).status).toBe(2);
    expect((await runCli(['migrate', '--write', '--stdout', '-'], { input: leak })).status).toBe(2);
    expect((await runCli(['migrate', '--from', 'old', '-'], { input: leak })).status).toBe(2);
  });
});

describe('an old text', () => {
  it('runs as it is, with one warning', async () => {
    const { status, codes } = await runCli(['simulate', '-', '--for', '1 ms', '--json'], { input: leak });
    expect(status).toBe(0);
    expect(codes.filter((code) => code === 'old-dialect')).toHaveLength(1);
    const checked = await runCli(['check', '-'], { input: leak });
    expect(checked.codes.filter((code) => code === 'old-dialect')).toHaveLength(1);
  });

  it.each([
    ['analyse', []],
    ['psp', ['--port', 'p']],
    ['curve', ['--current', 'I = 0 pA to 300 pA', '--points', '2', '--for', '10 ms', '--discard', '0 ms']],
  ])('is read by `nestml %s`, which takes --from', async (command, words) => {
    const input =
      "neuron a:\n  state: V mV = 0 mV end\n  equations: kernel k = exp(-t / tau) V' = -V / tau + (convolve(k, p) + I) / C end\n" +
      '  parameters: tau ms = 5 ms C pF = 100 pF end\n  input: p pA <- spike I pA <- continuous end\n' +
      '  output: spike\n  update: integrate_odes() if V > 3 mV: V = 0 mV emit_spike() end end\nend\n';
    const recognised = await runCli([command, '-', ...words, '--json'], { input });
    expect([recognised.status, recognised.codes]).toEqual([0, ['old-dialect']]);
    const stated = await runCli([command, '-', ...words, '--json', '--from', '4.0'], { input });
    expect(stated.error).toContain('NESTML 4.0');
    expect(stated.out).toBe(recognised.out.replaceAll('NESTML 4 to 5.2', 'NESTML 4.0'));
    expect((await runCli([command, '-', ...words, '--from', 'x'], { input })).status).toBe(2);
  });

  it('is read in the dialect that is stated', async () => {
    const stated = await runCli(['check', '--from', '3.1', '-'], { input: leak });
    expect(stated.error).toContain('NESTML 2.1 to 3.1');
    expect((await runCli(['check', '--from', '9', '-'], { input: leak })).status).toBe(1);
    expect((await runCli(['check', '--from', 'x', '-'], { input: leak })).status).toBe(2);
  });

  it('loses its port assignment by `nestml fix`, and stays what it was otherwise', async () => {
    await withFolder(async (temporary) => {
      const path = put(temporary, 'm.nestml', textOf(thirdFactor));
      expect((await runCli(['check', path])).errorCodes).toEqual(['invalid-assignment']);
      expect((await runCli(['fix', path])).status).toBe(0);
      expect((await runCli(['check', path])).errorCodes).toEqual([]);
      expect(readFileSync(path, 'utf8')).toMatch(/^synapse third_factor_stdp:\n/);
    });
  });
});

describe('nestml migrate --write', () => {
  it('leaves a text as it is that lacks an `end`, or is of another version than stated, and says so', async () => {
    await withFolder(async (place) => {
      for (const [text, from] of [
        [damaged, []],
        [leak, ['--from', '6.0']],
      ] as const) {
        const file = put(place, 'old.nestml', text);
        const { status, error, errorCodes } = await runCli(['migrate', '--write', file, ...from]);
        expect(status).toBe(1);
        expect(error).toContain('was left as it is');
        if (from.length === 0) expect(errorCodes).toEqual(['missing-end']);
        expect(readFileSync(file, 'utf8')).toBe(text);
      }
    });
  });
});
