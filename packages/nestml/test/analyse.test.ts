import { describe, expect, it } from 'vitest';
import { put, runCli, withFolder } from './run-cli.ts';

interface AnalysisDocument {
  readonly model: string;
  readonly equations: string;
  readonly solvers: readonly {
    readonly states: readonly string[];
    readonly solver: string;
    readonly reason: string;
  }[];
}

async function solversOf(model: string): Promise<ReadonlyMap<string, string>> {
  const { status, out, error } = await runCli(['analyse', model, '--json']);
  expect(error).toBe('');
  expect(status).toBe(0);
  const { solvers } = JSON.parse(out) as AnalysisDocument;
  expect(solvers.every(({ reason }) => reason.length > 10)).toBe(true);
  return new Map(solvers.flatMap(({ states, solver }) => states.map((state) => [state, solver] as const)));
}

describe('nestml analyse', () => {
  it('finds one of several models of the standard input by its name', async () => {
    const model = (name: string, state: string) =>
      `model ${name}:\n    state:\n        ${state} real = 1\n    equations:\n        ${state}' = -${state} / 1 ms\n    update:\n        integrate_odes()\n`;
    const input = model('first_neuron', 'x') + model('second_neuron', 'y');
    const { status, out } = await runCli(['analyse', '-#second_neuron'], { input });
    expect(status).toBe(0);
    expect(out).toContain("y' = ");
    expect(out).not.toContain("x' = ");
    expect((await runCli(['analyse', '-#third_neuron'], { input })).codes).toEqual(['model-not-in-file']);
    expect((await runCli(['analyse', '-#'], { input })).codes).toEqual(['several-models']);
  });

  it('finds that everything of a linear neuron is exact', async () => {
    const solvers = await solversOf('iaf_psc_alpha');
    expect(solvers.get('V_m')).toBe('propagator');
    expect(solvers.get('refr_t')).toBe('countdown');
    expect([...solvers.values()]).not.toContain('numeric');
  });

  it('integrates gates numerically and synaptic currents exactly', async () => {
    const solvers = await solversOf('hh_psc_alpha');
    expect(solvers.get('V_m')).toBe('numeric');
    expect(solvers.get('Act_m')).toBe('numeric');
    expect(solvers.get('convolve(K_syn_exc, exc_spikes)')).toBe('propagator');
  });

  it('prints groups, reasons and the equations that run', async () => {
    const { status, out } = await runCli(['analyse', 'aeif_cond_exp']);
    expect(status).toBe(0);
    expect(out).toContain("V_m' = ");
    expect(out).toMatch(/numeric by Dormand–Prince 5\(4\), integrate_odes\(.*\): /);
  });

  it('refuses a synapse', async () => {
    const { status, out, codes } = await runCli(['analyse', 'stdp', '--json']);
    expect([status, codes]).toEqual([1, ['not-a-neuron']]);
    expect(JSON.parse(out)).toMatchObject({ version: 1, diagnostics: [{ code: 'not-a-neuron' }] });
  });

  it('says where a model cannot be compiled', async () => {
    await withFolder(async (folder) => {
      const text = `model text_neuron:
    state:
        x real = 1
    equations:
        x' = -x / tau
    parameters:
        tau ms = 10 ms
        label string = "a"
    input:
        spikes <- spike
    output:
        spike
    update:
        integrate_odes()
`;
      const { status, codes } = await runCli(['analyse', put(folder, 'm.nestml', text)]);
      expect(status).toBe(1);
      expect(codes).toContain('text-value');
    });
  });
});
