import type { CheckedModel, PortSymbol } from '@nestml/language';
import { expect } from 'vitest';
import { runNeuron } from '../../reference/src/index.ts';
import { solvedModel } from './models.ts';
import { type Simulation, type Stimulus, simulate } from './simulate.ts';

/** Runs the reference interpreter and the solved model on the same input, and returns both. */
function runBoth(checked: CheckedModel, stimulus: Stimulus) {
  const address = (written: string) => {
    const [, name = written, element] = /^(.*)\[(\d+)\]$/.exec(written) ?? [];
    const port = checked.ports.find((other: PortSymbol) => other.name === name);
    if (port === undefined) throw new Error(`no port ${name}`);
    return { port, ...(element === undefined ? {} : { element: Number(element) }) };
  };
  const declared = [...checked.states, ...checked.parameters, ...checked.internals, ...checked.inlines];
  const symbolOf = (name: string) => {
    const found = declared.find(({ symbol }) => symbol.writtenName === name);
    if (found === undefined) throw new Error(`no variable ${name}`);
    return found.symbol;
  };
  const expected = runNeuron({
    model: checked,
    stepNs: stimulus.stepNs,
    steps: stimulus.steps,
    values: new Map(Object.entries(stimulus.set ?? {}).map(([name, value]) => [symbolOf(name), value])),
    spikes: (stimulus.spikes ?? []).map(({ port, ...rest }) => ({ ...address(port), ...rest })),
    currents: (stimulus.currents ?? []).map(({ port, ...rest }) => ({ ...address(port), ...rest })),
    poisson: [],
    record: stimulus.record.map((name) => ({ kind: 'variable' as const, symbol: symbolOf(name) })),
    recordEvery: 1,
    identity: { seed: 1, population: 'test', index: 0 },
  });
  if (expected.failure !== undefined) throw new Error(JSON.stringify(expected.failure));
  return { expected, found: simulate(solvedModel(checked), stimulus) };
}

/** The largest difference of two courses, divided by `absolute + relative · |expected|`. */
function worstRatio(found: readonly number[], expected: Float64Array, relative: number, absolute: number) {
  expect(found.length).toBe(expected.length);
  return Math.max(
    ...found.map((value, i) => {
      const ratio = Math.abs(value - expected[i]!) / (absolute + relative * Math.abs(expected[i]!));
      return Number.isNaN(ratio) ? Number.POSITIVE_INFINITY : ratio;
    }),
  );
}

/**
 * Expects the same spikes and texts, and courses that differ by at most absolute + relative · |expected|.
 * @returns what the solved model did.
 */
export function expectSame(
  checked: CheckedModel,
  stimulus: Stimulus,
  { relative, absolute }: { readonly relative: number; readonly absolute: number },
): Simulation {
  const { expected, found } = runBoth(checked, stimulus);
  expect(found.spikeSteps).toEqual(expected.spikeSteps);
  expect(found.printed).toEqual(expected.printed.map(({ text }) => text));
  stimulus.record.forEach((name, i) => {
    const ratio = worstRatio(found.recorded.get(name)!, expected.recorded[i]!, relative, absolute);
    expect(ratio, name).toBeLessThanOrEqual(1);
  });
  return found;
}
