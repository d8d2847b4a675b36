import { generateDevices } from '@nestml/compiler';
import { describe, expect, it } from 'vitest';
import { leakyBlock, NO_INPUTS, propagators, tryLeakyBlock } from '../../test/leaky-block.ts';
import { createEngine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { SolveAffine } from '../interface/index.ts';
import { instanceKeys, KEY_KIND } from '../random/keys.ts';
import { runBlock } from '../run/run-block.ts';
import type { Block } from './block.ts';
import { snapshotBlock } from './snapshot.ts';
import { readVariable, setVariables } from './variables.ts';

const SHARED = { perInstance: false, mostSpikesPerStep: 1 };

function read(block: Block, name: string): readonly number[] {
  return [...readVariable(block, name)];
}

function set(
  block: Block,
  values: Readonly<Record<string, number | readonly number[]>>,
  instances?: number[],
) {
  const entries = Object.entries(values).map(
    ([name, value]) => [name, typeof value === 'number' ? value : Float64Array.from(value)] as const,
  );
  return setVariables(block, new Map(entries), instances);
}

describe('initial values (rule D11)', () => {
  it('are those of the model, for every number of instances', () => {
    for (const instances of [1, 2, 3, 4, 7]) {
      const block = leakyBlock({ instances });
      expect(read(block, 'V')).toEqual(new Array(instances).fill(-70));
      expect(read(block, 'R')).toEqual(new Array(instances).fill(10 / 250));
    }
  });

  it('follow from what is set by hand, homogeneous or for each instance', () => {
    const block = leakyBlock({ instances: 3, values: { tau: [5, 10, 20], E_L: -60, left: 0.07 } });
    expect(read(block, 'R')).toEqual([5 / 250, 10 / 250, 20 / 250]);
    expect(read(block, 'V')).toEqual([-60, -60, -60]);
    expect(read(block, 'left')).toEqual([0.07, 0.07, 0.07]);
    expect(read(leakyBlock({ instances: 2, values: { V: [-1, -2], R: 3, tau: 4 } }), 'R')).toEqual([3, 3]);
  });

  it('are derived anew when something is set before the first step, except what was set by hand', () => {
    const block = leakyBlock({ instances: 2, values: { R: 7 } });
    expect(set(block, { E_L: -65, tau: 4 })).toBeUndefined();
    expect(read(block, 'V')).toEqual([-65, -65]);
    expect(read(block, 'R')).toEqual([7, 7]);
    expect(set(block, { V: -50 })).toBeUndefined();
    expect(set(block, { E_L: -80 })).toBeUndefined();
    expect(read(block, 'V')).toEqual([-50, -50]);
  });

  it('of an instance do not depend on what was set by hand in its neighbours', () => {
    const block = leakyBlock({ instances: 5 });
    expect(set(block, { V: -51, tau: 3 }, [4])).toBeUndefined();
    expect(set(block, { V: [-52, -53] }, [1, 2])).toBeUndefined();
    expect(set(block, { E_L: -66 })).toBeUndefined();
    expect(read(block, 'V')).toEqual([-66, -52, -53, -66, -51]);
    expect(read(block, 'R')).toEqual([10 / 250, 10 / 250, 10 / 250, 10 / 250, 3 / 250]);
  });

  it('include the key of each instance for random numbers', () => {
    const identity = { population: 'exc', firstIndex: 5, seed: 9 };
    const block = leakyBlock({ instances: 3, identity });
    const { engine, memory, module } = block;
    const keys = instanceKeys(identity, 3, KEY_KIND.statements);
    for (const [instance, tile, lane] of [
      [0, 0, 0],
      [1, 0, 1],
      [2, 1, 0],
      [2, 1, 1],
    ] as const) {
      const address = memory.tiles + tile * memory.tileBytes + 16 * module.layout.randomKeyColumn! + 8 * lane;
      const view = engine.arena.view(address, 8);
      expect([view.getUint32(0, true), view.getUint32(4, true)]).toEqual([
        ...keys.subarray(2 * instance, 2 * instance + 2),
      ]);
    }
  });
});

describe('guards (rule D12)', () => {
  it('refuse a block and leave nothing of it', () => {
    const engine = createEngine(propagators, generateDevices);
    leakyBlock({ engine });
    const mark = engine.arena.mark();
    const refused = tryLeakyBlock({ engine, instances: 3, values: { tau: [1, -1, 0] } });
    expect(refused).toMatchObject({
      ok: false,
      failure: {
        kind: 'guard',
        variable: 'tau',
        instance: 1,
        value: -1,
        step: -1,
        time: 0,
        place: { start: 3, end: 4 },
      },
    });
    expect(engine.arena.mark()).toBe(mark);
  });

  it('refuse all values if one is not possible, before the first step and after it', () => {
    const block = leakyBlock({ instances: 4 });
    for (const steps of [0, 5]) {
      runBlock(block, { steps, inputs: NO_INPUTS });
      const before = snapshotBlock(block);
      const failure = set(block, { V: -41, tau: [2, 0] }, [1, 3]);
      expect(failure).toMatchObject({ kind: 'guard', variable: 'tau', instance: 3, step: steps - 1 });
      expect(snapshotBlock(block)).toEqual(before);
      expect(runBlock(block, { steps: 0, inputs: NO_INPUTS }).failure).toBeUndefined();
    }
  });

  it('are not checked while nothing is set', () => {
    expect(tryLeakyBlock({ values: {} }).ok).toBe(true);
  });
});

describe('parameters that change between runs (rule D11)', () => {
  const current = {
    currents: [{ port: 'I', firstStep: 0, endStep: 1e6, value: 100 }],
    spikes: [],
    poisson: [],
  };

  it('change internals and propagators, never states', () => {
    for (const neuron of [SHARED, { perInstance: true, mostSpikesPerStep: 1 }]) {
      const block = leakyBlock({ instances: 3, neuron });
      runBlock(block, { steps: 30, inputs: current });
      const [V, age] = [read(block, 'V'), read(block, 'age')];
      expect(set(block, { tau: 20 })).toBeUndefined();
      expect(read(block, 'V')).toEqual(V);
      expect(read(block, 'age')).toEqual(age);
      expect(read(block, 'R')).toEqual([20 / 250, 20 / 250, 20 / 250]);
      runBlock(block, { steps: 10, inputs: current });
      // V → V∞ + (V − V∞) exp(−t/tau), V∞ = E_L + R I.
      const rest = -70 + (20 / 250) * 100;
      const exact = rest + (V[0]! - rest) * Math.exp(-1 / 20);
      expect(Math.abs(read(block, 'V')[0]! - exact)).toBeLessThan(1e-12);
    }
  });

  it('keep the values of countdowns whose rate they change', () => {
    const block = leakyBlock({ instances: 2 });
    runBlock(block, { steps: 7, inputs: NO_INPUTS });
    expect(read(block, 'age')).toEqual([0.7, 0.7]);
    expect(set(block, { speed: 2 })).toBeUndefined();
    expect(read(block, 'age')).toEqual([0.7, 0.7]);
    runBlock(block, { steps: 1, inputs: NO_INPUTS });
    expect(read(block, 'age')[0]).toBe(0.7 + 2 * 0.1);
  });

  it('leave times that run at a rate of 1 in whole nanoseconds', () => {
    const block = leakyBlock({ instances: 2, values: { age: 0.7 } });
    runBlock(block, { steps: 1, inputs: NO_INPUTS });
    expect(read(block, 'age')).toEqual([0.8, 0.8]);
    expect(0.7 + 0.1).not.toBe(0.8);
  });

  it('in one instance leave the others alone, bit by bit', () => {
    const [touched, untouched] = [leakyBlock({ instances: 5 }), leakyBlock({ instances: 5 })];
    for (const block of [touched, untouched]) runBlock(block, { steps: 20, inputs: current });
    expect(set(touched, { tau: 3 }, [2])).toBeUndefined();
    for (const block of [touched, untouched]) runBlock(block, { steps: 20, inputs: current });
    const [a, b] = [read(touched, 'V'), read(untouched, 'V')];
    expect([a[0], a[1], a[3], a[4]]).toEqual([b[0], b[1], b[3], b[4]]);
    expect(a[2]).not.toBe(b[2]);
  });

  it('may be states too, whose times are rounded to 1 ns', () => {
    const block = leakyBlock();
    runBlock(block, { steps: 3, inputs: NO_INPUTS });
    expect(set(block, { V: -60, left: 1.0000004, age: 0.30000049 })).toBeUndefined();
    expect([read(block, 'V'), read(block, 'left'), read(block, 'age')]).toEqual([[-60], [1], [0.3]]);
    runBlock(block, { steps: 2, inputs: NO_INPUTS });
    expect(read(block, 'left')).toEqual([0.8]);
  });
});

describe('propagators', () => {
  it('are computed once for equal coefficients, and once for all instances if they share them', () => {
    let calls = 0;
    const counting: SolveAffine = (matrix, size, interval) => {
      calls += 1;
      return propagators(matrix, size, interval);
    };
    leakyBlock({
      engine: createEngine(counting, generateDevices),
      instances: 6,
      values: { tau: [1, 2, 1, 2, 1, 3] },
    });
    expect(calls).toBe(3);
    leakyBlock({ engine: createEngine(counting, generateDevices), instances: 6, neuron: SHARED });
    expect(calls).toBe(4);
  });

  it('that are not finite refuse the values', () => {
    const block = leakyBlock({ instances: 2 });
    const before = snapshotBlock(block);
    expect(set(block, { tau: 1e-320 }, [1])).toMatchObject({
      kind: 'propagator',
      variable: 'V',
      instance: 1,
    });
    expect(snapshotBlock(block)).toEqual(before);
  });
});

describe('misuse', () => {
  it('is an internal error with a name', () => {
    const block = leakyBlock({ instances: 2, neuron: SHARED });
    expect(() => read(block, 'W')).toThrow(/no variable W/);
    expect(() => set(block, { tau: 3 }, [0])).toThrow(/tau is the same in all instances/);
    expect(() => set(block, { tau: [3, 4] })).toThrow(EngineError);
    expect(() => set(block, { V: [3, 4, 5] })).toThrow(/2 instances by 3 values/);
    expect(() => set(block, { V: 3 }, [2])).toThrow(/no instance 2/);
    expect(() => leakyBlock({ instances: 0 })).toThrow(/0 instances/);
  });
});
