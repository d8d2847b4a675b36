import { compileForEngine, modelFromText, referenceBackend, simulateNeuron } from '@nestml/workbench';
import { describe, expect, it } from 'vitest';
import { disagreementOf, type RunnableCase, runCase } from './run-case.ts';

const text = `model random_neuron:
    state:
        V_m mV = 0 mV
    equations:
        V_m' = -V_m / 9.3 ms + 2.1 mV/ms
    parameters:
        theta mV = 1000 mV
    output:
        spike
    update:
        integrate_odes()
    onCondition(V_m >= theta):
        V_m = 0 mV
        emit_spike()
`;

const stimulation = { duration: 20, resolution: 0.1 };
const base: RunnableCase = { text, stimulation, decisions: [], convolutions: [] };

/** V_m on both backends, without a spike. */
async function potentials(): Promise<readonly Float64Array[]> {
  const model = modelFromText(text);
  const choice = await compileForEngine(model);
  if (!choice.ok) throw new Error('not compiled');
  return [referenceBackend, choice.backend].map((backend) => {
    const outcome = simulateNeuron(model, { ...stimulation, record: ['V_m'] }, backend);
    if (!outcome.ok) throw new Error('not run');
    return outcome.result.traces[0]!.values;
  });
}

/** A case whose threshold lies between the potentials of the two backends at the end of some step, which is returned, too. */
async function closeCase(decisions: RunnableCase['decisions']): Promise<readonly [RunnableCase, number]> {
  const [reference, engine] = (await potentials()) as [Float64Array, Float64Array];
  const step = reference.findIndex((value, index) => index > 50 && value !== engine[index]);
  const theta = Math.max(reference[step]!, engine[step]!);
  return [{ ...base, stimulation: { ...stimulation, set: { theta } }, decisions }, step];
}

describe('the comparison of a case', () => {
  it('finds that a linear case agrees over all steps', async () => {
    const outcome = await runCase(base);
    expect(outcome.isLinear).toBe(true);
    expect(outcome.agreements).toHaveLength(1);
    expect(outcome.agreements[0]).toMatchObject({ isCut: false, steps: 200 });
    expect(disagreementOf(outcome)).toBeUndefined();
  });

  it('ends before a threshold that is met more closely than the allowance', async () => {
    const [case_, step] = await closeCase([{ parameter: 'theta', value: 0, unit: 'mV' }]);
    const value = Number(case_.stimulation.set?.['theta']);
    const outcome = await runCase({ ...case_, decisions: [{ parameter: 'theta', value, unit: 'mV' }] });
    expect(outcome.agreements[0]).toMatchObject({ isCut: true, steps: step });
    expect(disagreementOf(outcome)).toBeUndefined();
  });

  it('finds the spike that only one has if no decision is known to be close', async () => {
    const [case_, step] = await closeCase([]);
    expect(disagreementOf(await runCase(case_))).toMatchObject({ step });
  });

  it('ends with an error if a run ends early', async () => {
    const wrong = { ...base, text: text.replace('2.1 mV/ms', 'V_m * V_m / 1 mV / 1 ms + 9 mV/ms') };
    await expect(runCase(wrong)).rejects.toThrow(/^reference: /);
  });

  it('rejects a model with an error', async () => {
    await expect(runCase({ ...base, text: text.replace('9.3 ms', '9.3 nS') })).rejects.toThrow();
  });
});
