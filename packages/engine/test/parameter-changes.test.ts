import { describe, expect, it } from 'vitest';
import {
  type Block,
  type BlockInputs,
  createBlock,
  loadNeuron,
  readVariable,
  runBlock,
  setVariables,
  snapshotBlock,
} from '../src/index.ts';
import { compileText } from './compile-text.ts';
import { NO_INPUTS, testEngine } from './leaky-block.ts';

/** A membrane with an alpha current; the resistance is derived from two parameters, and guards hold both above 0. */
const TEXT = `model membrane:
  state:
    V mV = 0 mV
    left ms = 50 ms
    counter real = 0
  equations:
    kernel K = (e / tau_syn) * t * exp(-t / tau_syn)
    V' = -V / tau + convolve(K, exc) * pA / C + R * I_e / tau
    left' = -1
    counter' = speed / ms
  parameters:
    tau ms = 10 ms [[tau > 0 ms]]
    C pF = 250 pF [[C > 0 pF]]
    tau_syn ms = 2 ms [[tau_syn > 0 ms]]
    tau_slow ms = 2 * tau_syn
    speed real = 1
    I_e pA = 100 pA
  internals:
    R GOhm = tau / C
  input:
    exc <- spike
  update:
    integrate_odes()
`;

const STEP_MS = 0.1;
const STATES = ['V', 'left', 'convolve(K, exc)'] as const;

/** A block of three that has made 40 steps and received a spike. */
function runningBlock(): Block {
  const engine = testEngine();
  const artefact = compileText(TEXT, { perInstance: ['tau'], recorded: ['V'] });
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: 3,
    stepNs: STEP_MS * 1e6,
    values: new Map(),
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  runBlock(creation.block, { steps: 40, inputs: spikesAt(10) });
  return creation.block;
}

function spikesAt(...steps: readonly number[]): BlockInputs {
  return { ...NO_INPUTS, spikes: steps.map((step) => ({ port: 'exc', step, weight: 300 })) };
}

/** Bits of the states by name, those of convolutions with all their derivatives. */
function statesOf(block: Block): ReadonlyMap<string, readonly bigint[]> {
  const names = block.module.layout.variables.flatMap(({ name, role }) =>
    role === 'state' || role === 'convolution' ? [name] : [],
  );
  return new Map(
    names.map((name) => [name, [...new BigUint64Array(readVariable(block, name).buffer)]] as const),
  );
}

function trace(block: Block, steps: number, inputs: BlockInputs = NO_INPUTS): readonly number[] {
  const { recorded, failure } = runBlock(block, { steps, inputs, record: { every: 1 } });
  expect(failure).toBeUndefined();
  return [...recorded.values[0]!];
}

/** V of an alpha current that began with its spike, by the convolution of both kernels. */
function alphaResponse(t: number, tau: number, tauSyn: number): number {
  const rate = 1 / tauSyn - 1 / tau;
  const scale = (300 * Math.E) / (tauSyn * 250);
  return (scale * (Math.exp(-t / tau) - Math.exp(-t / tauSyn) * (1 + rate * t))) / rate ** 2;
}

describe('a parameter that is set between two runs (rule D11)', () => {
  it('leaves all states as they are, and derives internals anew', () => {
    const block = runningBlock();
    const before = statesOf(block);
    expect([...before.keys()]).toEqual(expect.arrayContaining([...STATES]));
    expect(setVariables(block, new Map([['tau', Float64Array.of(5, 10, 20)]]))).toBeUndefined();
    expect(statesOf(block)).toEqual(before);
    expect([...readVariable(block, 'R')]).toEqual([5 / 250, 10 / 250, 20 / 250]);
    expect(readVariable(block, 'left')[0]).toBe(46);
  });

  it('derives propagators anew: V relaxes with the new time constant, from where it was', () => {
    const block = runningBlock();
    setVariables(block, new Map([['I_e', 0]]));
    // The current of the spike at 1.1 ms has decayed.
    runBlock(block, { steps: 1000, inputs: NO_INPUTS });
    setVariables(block, new Map([['V', -8]]));
    setVariables(block, new Map([['tau', Float64Array.of(5, 10, 20)]]));
    const V = trace(block, 30);
    V.forEach((value, i) => {
      const tau = [5, 10, 20][i % 3]!;
      const exact = -8 * Math.exp((-(Math.floor(i / 3) + 1) * STEP_MS) / tau);
      expect(Math.abs(value - exact)).toBeLessThan(1e-13);
    });
  });

  it('derives what a spike adds to a convolution anew', () => {
    const block = runningBlock();
    setVariables(block, new Map([['I_e', 0]]));
    runBlock(block, { steps: 4000, inputs: NO_INPUTS });
    setVariables(
      block,
      new Map([
        ['tau_syn', 0.7],
        ['V', 0],
      ]),
    );
    const V = trace(block, 60, spikesAt(4040));
    V.forEach((value, i) => {
      const exact = alphaResponse(Math.floor(i / 3) * STEP_MS, 10, 0.7);
      expect(Math.abs(value - exact)).toBeLessThan(1e-12);
    });
  });

  it('goes on as if it had always been so, bit by bit, once the states are the same', () => {
    const changed = runningBlock();
    setVariables(changed, new Map([['tau', 7]]));
    const other = runningBlock();
    setVariables(other, new Map([['C', 100]]));
    setVariables(
      other,
      new Map([
        ['C', 250],
        ['tau', 7],
      ]),
    );
    expect(trace(other, 50, spikesAt(50))).toEqual(trace(changed, 50, spikesAt(50)));
  });

  it('changes parameters that are derived from it, unless they were set by hand', () => {
    const block = runningBlock();
    setVariables(block, new Map([['tau_syn', 3]]));
    expect([...readVariable(block, 'tau_slow')]).toEqual([6, 6, 6]);
    setVariables(block, new Map([['tau_slow', 5]]));
    setVariables(block, new Map([['tau_syn', 4]]));
    expect([...readVariable(block, 'tau_slow')]).toEqual([5, 5, 5]);
  });

  it('may come together with a countdown whose rate it is', () => {
    const block = runningBlock();
    setVariables(
      block,
      new Map([
        ['counter', 9],
        ['speed', 2],
      ]),
    );
    expect([...readVariable(block, 'counter')]).toEqual([9, 9, 9]);
    runBlock(block, { steps: 5, inputs: NO_INPUTS });
    expect([...readVariable(block, 'counter')]).toEqual([10, 10, 10]);
    setVariables(block, new Map([['speed', -4]]));
    expect([...readVariable(block, 'counter')]).toEqual([10, 10, 10]);
  });

  it('leaves the countdowns of other instances than the ones that are set', () => {
    const block = runningBlock();
    setVariables(block, new Map([['counter', 9]]), [1]);
    expect(readVariable(block, 'counter')[1]).toBe(9);
    expect(readVariable(block, 'counter')[0]).toBe(4);
  });

  it('leaves an internal that was set by hand', () => {
    const block = runningBlock();
    setVariables(block, new Map([['R', 0.5]]));
    setVariables(block, new Map([['tau', 20]]));
    expect([...readVariable(block, 'R')]).toEqual([0.5, 0.5, 0.5]);
  });

  it.each([
    [
      'a guard',
      'tau',
      Float64Array.of(5, -1, 20),
      { kind: 'guard', variable: 'tau', instance: 1, value: -1 },
    ],
    ['a value that is none', 'I_e', Number.NaN, { kind: 'not-finite', variable: 'I_e', instance: 0 }],
    ['a guard of another parameter', 'C', 0, { kind: 'guard', variable: 'C' }],
    ['a propagator that is not finite', 'tau', 1e-320, { kind: 'propagator' }],
  ] as const)('changes nothing if it fails by %s', (_by, name, value, failure) => {
    const [block, untouched] = [runningBlock(), runningBlock()];
    const before = snapshotBlock(block);
    const values = new Map<string, number | Float64Array>([
      ['V', 3],
      ['I_e', 7],
      [name, value],
    ]);
    expect(setVariables(block, values)).toMatchObject(failure);
    expect(snapshotBlock(block)).toEqual(before);
    expect([...readVariable(block, 'I_e')]).toEqual([100, 100, 100]);
    expect([...readVariable(block, 'R')]).toEqual([0.04, 0.04, 0.04]);
    expect(trace(block, 100, spikesAt(60))).toEqual(trace(untouched, 100, spikesAt(60)));
  });
});
