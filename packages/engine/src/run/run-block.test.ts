import { describe, expect, it } from 'vitest';
import { leakyBlock, NO_INPUTS } from '../../test/leaky-block.ts';
import type { Block } from '../block/block.ts';
import { restoreBlock, snapshotBlock } from '../block/snapshot.ts';
import { readVariable, setVariables } from '../block/variables.ts';
import { EngineError } from '../errors.ts';
import type { BlockInputs } from './inputs.ts';
import { type BlockOutcome, runBlock } from './run-block.ts';

/** Inputs of all kinds for blocks of at least five instances. */
const MIXED: BlockInputs = {
  currents: [
    { port: 'I', firstStep: 3, endStep: 400, value: 420 },
    { port: 'I', instance: 2, firstStep: 10, endStep: 700, value: -31.5 },
  ],
  spikes: [
    { port: 'spikes', instance: 1, step: 350, weight: 0.3 },
    { port: 'spikes', step: 20, weight: 0.1 },
    { port: 'spikes', step: 20, weight: 0.7 },
  ],
  poisson: [
    { port: 'spikes', device: 0, rate: 3, weight: 0.4 },
    { port: 'spikes', device: 1, instance: 3, rate: 200, weight: 0.01, firstStep: 100, endStep: 600 },
  ],
};

const TAUS = [5, 7, 10, 20, 3] as const;
const STEPS = 750;

function mixedBlock(): Block {
  return leakyBlock({ instances: 5, values: { tau: TAUS } });
}

/** Everything that a run and the state after it say, with bits of numbers. */
function fingerprint(block: Block, outcomes: readonly BlockOutcome[]): unknown {
  return {
    steps: outcomes.flatMap(({ recorded }) => recorded.steps),
    values: [0, 1].map((row) => outcomes.flatMap(({ recorded }) => bits(recorded.values[row]!))),
    spikes: outcomes.flatMap(({ spikes }) =>
      spikes.steps.map((step, i) => [step, spikes.instances[i], spikes.weights[i]]),
    ),
    state: bits(readVariable(block, 'V')),
    age: bits(readVariable(block, 'age')),
  };
}

function bits(values: Float64Array): readonly string[] {
  return Array.from(values, (value) => `${Object.is(value, -0) ? '-' : ''}${value}`);
}

describe('a run', () => {
  it('of an affine membrane meets its exact solution', () => {
    const block = leakyBlock({ values: { theta: 0 } });
    const currents = [{ port: 'I', firstStep: 0, endStep: 1000, value: 300 }];
    const { recorded, spikes } = runBlock(block, {
      steps: 1000,
      inputs: { ...NO_INPUTS, currents },
      record: { every: 1 },
    });
    expect(recorded.steps).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
    recorded.values[0]!.forEach((V, i) => {
      const exact = -70 + (10 / 250) * 300 * -Math.expm1(-(i + 1) / 100);
      expect(Math.abs(V - exact)).toBeLessThan(1e-11);
    });
    expect(spikes.steps).toEqual([]);
  });

  it('lists spikes at the ends of their steps, and starts countdowns there', () => {
    const block = leakyBlock({ instances: 2 });
    const spikes = [
      { port: 'spikes', instance: 1, step: 4, weight: 20 },
      { port: 'spikes', step: 9, weight: 20 },
    ];
    const outcome = runBlock(block, { steps: 15, inputs: { ...NO_INPUTS, spikes } });
    expect(outcome.spikes).toEqual({ steps: [5, 10, 10], instances: [1, 0, 1], weights: [0.5, 0.5, 0.5] });
    expect([...readVariable(block, 'left')]).toEqual([1.5, 1.5]);
    expect([...readVariable(block, 'age')]).toEqual([0.5, 0.5]);
    expect([...readVariable(block, 'received')]).toEqual([1, 2]);
  });

  it('acts on currents in the steps that they name, and records the current of the next step', () => {
    const currents = [
      { port: 'I', firstStep: 2, endStep: 4, value: 8 },
      { port: 'I', firstStep: 3, endStep: 5, value: 0.5 },
      { port: 'unread', firstStep: 0, endStep: 5, value: 1 },
    ];
    const run = { inputs: { ...NO_INPUTS, currents }, record: { every: 1 } };
    const whole = runBlock(leakyBlock(), { ...run, steps: 6 });
    expect([...whole.recorded.values[1]!]).toEqual([0, 8, 8.5, 0.5, 0, 0]);
    const block = leakyBlock();
    const pieces = [1, 1, 1, 3].map((steps) => runBlock(block, { ...run, steps }).recorded.values[1]!);
    expect(pieces.flatMap((values) => [...values])).toEqual([0, 8, 8.5, 0.5, 0, 0]);
  });

  it('records at multiples of an interval of the time of the block, for some instances if asked', () => {
    const every = (steps: readonly number[], instances?: readonly number[]) => {
      const block = mixedBlock();
      return steps.map(
        (count) =>
          runBlock(block, {
            steps: count,
            inputs: MIXED,
            record: { every: 7, ...(instances && { instances }) },
          }).recorded,
      );
    };
    const [whole] = every([20]);
    expect(whole!.steps).toEqual([7, 14]);
    expect(every([6, 9, 5]).map(({ steps }) => steps)).toEqual([[], [7, 14], []]);
    const [some] = every([20], [3, 0]);
    const V = whole!.values[0]!;
    expect([...some!.values[0]!]).toEqual([V[3], V[0], V[8], V[5]]);
    expect(runBlock(mixedBlock(), { steps: 20, inputs: MIXED }).recorded).toEqual({ steps: [], values: [] });
  });
});

describe('the result of an instance', () => {
  const run = { inputs: MIXED, record: { every: 1 } };

  it('does not depend on the pieces in which the run is made', () => {
    const block = mixedBlock();
    const outcome = runBlock(block, { ...run, steps: STEPS });
    expect(new Set(outcome.spikes.instances).size).toBeGreaterThan(2);
    const whole = fingerprint(block, [outcome]);
    for (const sizes of [
      [1, 2, 3, 294, 450],
      [256, 494],
      [0, 750],
    ]) {
      const pieces = mixedBlock();
      expect(
        fingerprint(
          pieces,
          sizes.map((steps) => runBlock(pieces, { ...run, steps })),
        ),
      ).toEqual(whole);
    }
  });

  it('does not depend on its neighbours, its place, or what is recorded', () => {
    const together = mixedBlock();
    runBlock(together, { ...run, steps: STEPS });
    const V = bits(readVariable(together, 'V'));
    TAUS.forEach((tau, index) => {
      const identity = { population: 'neuron', firstIndex: index, seed: 1 };
      const alone = leakyBlock({ values: { tau }, identity });
      const own = <Input extends { readonly instance?: number }>(list: readonly Input[]): readonly Input[] =>
        list
          .filter(({ instance }) => instance === undefined || instance === index)
          .map((input) => ({ ...input, instance: 0 }));
      const inputs = {
        currents: own(MIXED.currents),
        spikes: own(MIXED.spikes),
        poisson: own(MIXED.poisson),
      };
      runBlock(alone, { steps: STEPS, inputs });
      expect(bits(readVariable(alone, 'V'))).toEqual([V[index]]);
    });
  });

  it('is the same with parameters in common as with one for each instance', () => {
    const [shared, own] = [false, true].map((perInstance) => {
      const block = leakyBlock({
        instances: 5,
        neuron: { perInstance, mostSpikesPerStep: 1 },
        values: { tau: 7 },
      });
      return fingerprint(block, [runBlock(block, { ...run, steps: STEPS })]);
    });
    expect(shared).toEqual(own);
  });

  it('sums spikes in the order of the list, devices last', () => {
    const weights = [1e16, 1, -1e16, 1];
    const received = (order: readonly number[]) => {
      const block = leakyBlock({ values: { E_L: 0, tau: 1e300, theta: 1e300 } });
      const spikes = order.map((i) => ({ port: 'spikes', step: 2, weight: weights[i]! }));
      const poisson = [{ port: 'spikes', device: 0, rate: 1e6, weight: 1e-16 }];
      const silent = runBlock(block, { steps: 2, inputs: { ...NO_INPUTS, spikes, poisson: [] } });
      expect(silent.failure).toBeUndefined();
      runBlock(block, { steps: 1, inputs: { ...NO_INPUTS, spikes, poisson } });
      return readVariable(block, 'V')[0]!;
    };
    // 1e16 + 1 is 1e16; what the device brings, about 1e-11, is added to the sum of the list.
    expect(Math.round(received([0, 1, 2, 3]) * 1e6) / 1e6).toBe(1);
    expect(Math.round(received([0, 2, 1, 3]) * 1e6) / 1e6).toBe(2);
    expect(received([0, 2, 1, 3])).toBeGreaterThan(2);
  });
});

describe('a snapshot', () => {
  it('continues bit by bit, in the block and in another engine', () => {
    const run = { inputs: MIXED, record: { every: 3 } };
    const block = mixedBlock();
    setVariables(block, new Map([['speed', 3]]));
    runBlock(block, { ...run, steps: 300 });
    const snapshot = structuredClone(snapshotBlock(block));
    const first = fingerprint(block, [runBlock(block, { ...run, steps: 450 })]);
    restoreBlock(block, snapshot);
    expect(snapshotBlock(block)).toEqual(snapshot);
    expect(fingerprint(block, [runBlock(block, { ...run, steps: 450 })])).toEqual(first);
    const other = leakyBlock({ instances: 5 });
    restoreBlock(other, snapshot);
    expect(fingerprint(other, [runBlock(other, { ...run, steps: 450 })])).toEqual(first);
  });

  it('of the beginning keeps what was set by hand', () => {
    const block = leakyBlock({ values: { V: -60 } });
    const snapshot = snapshotBlock(block);
    runBlock(block, { steps: 5, inputs: NO_INPUTS });
    restoreBlock(block, snapshot);
    setVariables(block, new Map([['E_L', -80]]));
    expect([...readVariable(block, 'V')]).toEqual([-60]);
  });

  it('does not fit another block', () => {
    const snapshot = snapshotBlock(leakyBlock({ instances: 2 }));
    expect(() => restoreBlock(leakyBlock({ instances: 3 }), snapshot)).toThrow(EngineError);
    const identity = { population: 'other', firstIndex: 0, seed: 1 };
    expect(() => restoreBlock(leakyBlock({ instances: 2, identity }), snapshot)).toThrow(/does not fit/);
  });
});

describe('a failure', () => {
  const spikes = [{ port: 'spikes', instance: 1, step: 30, weight: Number.NaN }];

  it('names variable, instance and time, and keeps what came before', () => {
    const block = leakyBlock({ instances: 3, values: { theta: -70.5, E_L: -71, V: -70 } });
    const outcome = runBlock(block, { steps: 60, inputs: { ...NO_INPUTS, spikes }, record: { every: 4 } });
    expect(outcome.failure).toMatchObject({
      kind: 'not-finite',
      variable: 'V',
      instance: 1,
      step: 30,
      place: { start: 1, end: 2 },
    });
    expect(outcome.failure?.value).toBeNaN();
    expect(outcome.failure?.time).toBe(3.1);
    const state = leakyBlock({ instances: 3, values: { theta: -70.5, E_L: -71, V: -70 } });
    const before = runBlock(state, { steps: 30, inputs: NO_INPUTS, record: { every: 4 } });
    expect(outcome.failure?.lastGood.get('V')).toBe(readVariable(state, 'V')[1]);
    expect(outcome.failure?.lastGood.get('left')).toBe(readVariable(state, 'left')[1]);
    expect(outcome.recorded).toEqual(before.recorded);
    expect(outcome.spikes).toEqual(before.spikes);
    expect(before.spikes.steps).toEqual([1, 1, 1]);
  });

  it('is the end of a block until it is restored', () => {
    const block = leakyBlock({ instances: 3 });
    const snapshot = snapshotBlock(block);
    expect(runBlock(block, { steps: 60, inputs: { ...NO_INPUTS, spikes } }).failure).toBeDefined();
    expect(() => runBlock(block, { steps: 1, inputs: NO_INPUTS })).toThrow(/failed in step 30/);
    expect(() => setVariables(block, new Map([['V', 0]]))).toThrow(/failed in step 30/);
    expect(() => snapshotBlock(block)).toThrow(/failed in step 30/);
    restoreBlock(block, snapshot);
    expect(runBlock(block, { steps: 60, inputs: NO_INPUTS }).failure).toBeUndefined();
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('comes of a Poisson input with rate %d', (rate) => {
    const poisson = [{ port: 'spikes', device: 0, rate, weight: 1 }];
    const { failure } = runBlock(leakyBlock(), { steps: 5, inputs: { ...NO_INPUTS, poisson } });
    expect(failure).toMatchObject({ kind: 'random', variable: 'spikes', step: 0 });
  });

  it('of the caller is an internal error', () => {
    const currents = [{ port: 'I', instance: 1, firstStep: 0, endStep: 1, value: 1 }];
    expect(() => runBlock(leakyBlock(), { steps: 1, inputs: { ...NO_INPUTS, currents } })).toThrow(
      /no instance 1/,
    );
    const record = { every: 1, instances: [-1] };
    expect(() => runBlock(leakyBlock(), { steps: 1, inputs: NO_INPUTS, record })).toThrow(/no instance -1/);
  });
});

describe('the list of spikes', () => {
  /** Fires in every step. */
  const firing = { theta: -100 };

  it('may be full within a slice: nothing is lost', () => {
    const block = leakyBlock({ instances: 9, values: firing });
    const { spikes } = runBlock(block, { steps: 600, inputs: NO_INPUTS });
    expect(spikes.steps).toEqual(Array.from({ length: 5400 }, (_, i) => 1 + Math.floor(i / 9)));
    expect(spikes.instances).toEqual(Array.from({ length: 5400 }, (_, i) => i % 9));
  });

  it('grows for a model whose loops emit more in a step than it has room for', () => {
    const neuron = { perInstance: true };
    const block = leakyBlock({ instances: 2, neuron, values: { ...firing, burst: 3000 } });
    const { spikes, notices } = runBlock(block, { steps: 4, inputs: NO_INPUTS, record: { every: 2 } });
    expect(spikes.steps).toHaveLength(24_000);
    expect(spikes.instances.filter((instance) => instance === 1)).toHaveLength(12_000);
    expect(spikes.steps.filter((step) => step === 3)).toHaveLength(6000);
    expect([...readVariable(block, 'age')]).toEqual([0, 0]);
    expect(notices).toEqual([{ kind: 'many-substeps', substeps: 3000, step: 3, time: 0.4 }]);
  });

  it('belongs to a run: the memory of runs does not add up', () => {
    const block = leakyBlock({ instances: 4, values: firing });
    const mark = block.engine.arena.mark();
    for (let i = 0; i < 3; i += 1) runBlock(block, { steps: 100, inputs: MIXED_ALL, record: { every: 1 } });
    expect(block.engine.arena.mark()).toBe(mark);
  });
});

const MIXED_ALL: BlockInputs = { ...MIXED, poisson: MIXED.poisson.slice(0, 1) };
