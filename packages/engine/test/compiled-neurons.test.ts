import type { UsageRequest } from '@nestml/compiler';
import { runNeuron } from '@nestml/reference';
import { describe, expect, it } from 'vitest';
import {
  type Block,
  type BlockIdentity,
  type BlockInputs,
  createBlock,
  loadNeuron,
  readVariable,
  restoreBlock,
  runBlock,
  setVariables,
  snapshotBlock,
} from '../src/index.ts';
import { checkedModel, compileText } from './compile-text.ts';
import { NO_INPUTS, testEngine } from './leaky-block.ts';

/** A membrane with a quadratic term, a conductance, a refractory period and noise: every kind of solver at once. */
const NOISY = `model noisy:
  state:
    V mV = E
    t_ref ms = 0 ms
    noise real = 0
  equations:
    kernel K = exp(-t / tau_syn)
    inline I_syn pA = convolve(K, exc) * nS * (0 mV - V)
    t_ref' = -1
    V' = ((V - E) * (V - crit) * slope + (I_syn + I_e + I) / C)
  parameters:
    E mV = -70 mV
    crit mV = -50 mV
    slope 1/(mV*ms) = 0.002 /(mV*ms)
    C pF = 100 pF [[C > 0 pF]]
    I_e pA = 0 pA
    tau_syn ms = 2 ms
    T ms = 1.05 ms
  input:
    exc <- spike
    I pA <- continuous
  output:
    spike
  update:
    noise = random_uniform(0, 1)
    if t_ref > 0 ms:
      integrate_odes(t_ref)
    else:
      integrate_odes(V)
  onCondition(V > 0 mV and t_ref <= 0 ms):
    V = E
    t_ref = T
    emit_spike()
`;

interface BlockRequest {
  readonly instances?: number;
  readonly values?: Readonly<Record<string, number | readonly number[]>>;
  readonly identity?: BlockIdentity;
  readonly usage?: UsageRequest;
}

function tryBlock(text: string, request: BlockRequest = {}): ReturnType<typeof createBlock> {
  const { instances = 1, values = {}, identity, usage } = request;
  const engine = testEngine();
  return createBlock(engine, loadNeuron(engine, compileText(text, usage)), {
    instances,
    stepNs: 100_000,
    identity: identity ?? { population: 'neuron', firstIndex: 0, seed: 5 },
    values: new Map(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'number' ? value : Float64Array.from(value),
      ]),
    ),
  });
}

function blockOf(text: string, request: BlockRequest = {}): Block {
  const created = tryBlock(text, request);
  if (!created.ok) throw new Error(created.failure.kind);
  return created.block;
}

const INPUTS: BlockInputs = {
  currents: [
    { port: 'I', firstStep: 20, endStep: 900, value: 250 },
    { port: 'I', instance: 1, firstStep: 100, endStep: 300, value: -90 },
  ],
  spikes: [{ port: 'exc', instance: 2, step: 77, weight: 4 }],
  poisson: [{ port: 'exc', device: 0, rate: 4, weight: 1.5 }],
};

const STATES = ['V', 't_ref', 'noise'] as const;
const CURRENTS = [0, 30, -20, 55, 10] as const;
const USAGE: UsageRequest = { perInstance: ['I_e'], recorded: ['V'] };
const STEPS = 1000;

/** The states of an instance, exactly. */
function statesOf(block: Block, instance: number): readonly number[] {
  return STATES.map((name) => readVariable(block, name)[instance]!);
}

function population(): Block {
  return blockOf(NOISY, { instances: 5, values: { I_e: CURRENTS }, usage: USAGE });
}

describe('compiled neurons', () => {
  it('give each instance what it gives alone', () => {
    const together = population();
    const { spikes, failure } = runBlock(together, { steps: STEPS, inputs: INPUTS, record: { every: 1 } });
    expect(failure).toBeUndefined();
    expect(new Set(spikes.instances).size).toBe(5);
    CURRENTS.forEach((I_e, index) => {
      const identity = { population: 'neuron', firstIndex: index, seed: 5 };
      const alone = blockOf(NOISY, { values: { I_e }, identity, usage: USAGE });
      const own = <Input extends { readonly instance?: number }>(list: readonly Input[]): readonly Input[] =>
        list
          .filter(({ instance }) => instance === undefined || instance === index)
          .map((input) => ({ ...input, instance: 0 }));
      const inputs = {
        currents: own(INPUTS.currents),
        spikes: own(INPUTS.spikes),
        poisson: own(INPUTS.poisson),
      };
      const outcome = runBlock(alone, { steps: STEPS, inputs });
      expect(outcome.spikes.steps).toEqual(spikes.steps.filter((_, i) => spikes.instances[i] === index));
      expect(statesOf(alone, 0)).toEqual(statesOf(together, index));
    });
  });

  it('run in pieces, and from snapshots, bit by bit as at once', () => {
    const whole = population();
    const { spikes } = runBlock(whole, { steps: STEPS, inputs: INPUTS });
    const pieces = population();
    const steps = [1, 255, 300, 444].flatMap((count) => {
      const copy = snapshotBlock(pieces);
      runBlock(pieces, { steps: 7, inputs: INPUTS });
      restoreBlock(pieces, copy);
      return runBlock(pieces, { steps: count, inputs: INPUTS, record: { every: 1 } }).spikes.steps;
    });
    expect(steps).toEqual(spikes.steps);
    expect(snapshotBlock(pieces)).toEqual(snapshotBlock(whole));
  });

  it('agree with the reference in spikes, traces and random numbers', () => {
    const block = blockOf(NOISY, { usage: { recorded: ['V', 'noise', 't_ref'] } });
    const inputs = { ...INPUTS, currents: INPUTS.currents.slice(0, 1), spikes: [] };
    const outcome = runBlock(block, { steps: STEPS, inputs, record: { every: 1 } });
    const model = checkedModel(NOISY);
    const port = (name: string) => model.ports.find((candidate) => candidate.name === name)!;
    const names = block.module.layout.recorded;
    const reference = runNeuron({
      model,
      stepNs: 100_000,
      steps: STEPS,
      values: new Map(),
      currents: inputs.currents.map((current) => ({ ...current, port: port('I') })),
      spikes: [],
      poisson: inputs.poisson.map((device) => ({ ...device, port: port('exc') })),
      record: names.map((name) => ({
        kind: 'variable',
        symbol: model.states.find(({ symbol }) => symbol.writtenName === name)!.symbol,
      })),
      recordEvery: 1,
      identity: { population: 'neuron', index: 0, seed: 5 },
    });
    expect(outcome.spikes.steps).toEqual(reference.spikeSteps);
    expect(outcome.spikes.steps.length).toBeGreaterThan(5);
    for (const [row, name] of names.entries()) {
      // V within some times the tolerance of 1e-6; all else bit by bit.
      const bound = name === 'V' ? 1e-5 : 0;
      outcome.recorded.values[row]!.forEach((value, i) => {
        expect(Math.abs(value - reference.recorded[row]![i]!)).toBeLessThanOrEqual(bound);
      });
    }
  });

  it('are guarded', () => {
    expect(tryBlock(NOISY, { values: { C: 0 } })).toMatchObject({
      ok: false,
      failure: { kind: 'guard', variable: 'C' },
    });
    const block = blockOf(NOISY, { instances: 3 });
    runBlock(block, { steps: 10, inputs: INPUTS_FOR_ALL });
    const before = snapshotBlock(block);
    expect(
      setVariables(
        block,
        new Map([
          ['C', -1],
          ['V', 3],
        ]),
      ),
    ).toMatchObject({ kind: 'guard', variable: 'C', step: 9 });
    expect(snapshotBlock(block)).toEqual(before);
  });
});

const INPUTS_FOR_ALL: BlockInputs = { ...INPUTS, spikes: [] };

const RUNAWAY = `model runaway:
  state:
    x real = 1
    n integer = 0
  equations:
    x' = x**2 / ms
  parameters:
    burst integer = 2
  input:
    exc <- spike
  output:
    spike
  update:
    n = 0
    while n < burst:
      emit_spike(n)
      n += 1
    integrate_odes()
`;

describe('failures and lists of compiled neurons', () => {
  it('a solution that runs away is named with its last good values', () => {
    const block = blockOf(RUNAWAY, {
      instances: 3,
      values: { x: [0.5, 1, 0.1] },
      usage: { recorded: ['x'] },
    });
    const { failure, recorded, spikes } = runBlock(block, {
      steps: 50,
      inputs: NO_INPUTS,
      record: { every: 1 },
    });
    // x = 1/(1 − t) ends at 1 ms, in the step from 0.9 ms.
    expect(failure).toMatchObject({ variable: 'x', instance: 1 });
    expect(['not-finite', 'step-too-small']).toContain(failure?.kind);
    expect([9, 10]).toContain(failure?.step);
    expect(recorded.steps).toHaveLength(failure!.step);
    expect(failure?.lastGood.get('x')).toBe(recorded.values[0]!.at(-2));
    expect(new Set(spikes.steps).size).toBe(failure!.step);
  });

  it('loops may emit any number of spikes', () => {
    const block = blockOf(RUNAWAY, { instances: 3, values: { x: 0.01, burst: 700 } });
    const { spikes, failure } = runBlock(block, { steps: 6, inputs: NO_INPUTS });
    expect(failure).toBeUndefined();
    expect(spikes.steps).toHaveLength(6 * 3 * 700);
    expect(spikes.weights.slice(0, 702).slice(-4)).toEqual([698, 699, 0, 1]);
  });
});
