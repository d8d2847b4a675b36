import { DORMAND_PRINCE, integrateAdaptive, STEP_SIZE_CONTROL } from '@nestml/dynamics';
import { describe, expect, it } from 'vitest';
import { createBlock, loadNeuron, readVariable, runBlock } from '../src/index.ts';
import { compileText } from './compile-text.ts';
import { NO_INPUTS, testEngine } from './leaky-block.ts';

/** An autonomous system in 1/ms, as a text and as a function; the states are x and y. */
interface Problem {
  readonly equations: readonly [x: string, y: string];
  readonly slopes: (x: number, y: number) => readonly [number, number];
  readonly start: readonly [number, number];
}

const PROBLEMS: Readonly<Record<string, Problem>> = {
  'a relaxation oscillator': {
    equations: ['y', '20 * (1 - x * x) * y - x'],
    slopes: (x, y) => [y, 20 * (1 - x * x) * y - x],
    start: [2, 0],
  },
  'a right-hand side with kinks': {
    equations: ['y', '-90 * max(x, 0) - min(x, 0)'],
    slopes: (x, y) => [y, -90 * Math.max(x, 0) - Math.min(x, 0)],
    start: [0, 1],
  },
  'predator and prey': {
    equations: ['x * (5 - 10 * y)', 'y * (10 * x - 3)'],
    slopes: (x, y) => [x * (5 - 10 * y), y * (10 * x - 3)],
    start: [0.1, 0.2],
  },
};

const STEPS = 40;
const STEP_MS = 0.7;
const TOLERANCE = 1e-6;

function compiledRun({ equations, start }: Problem) {
  const text = `model stepping:
  state:
    x real = ${start[0]}
    y real = ${start[1]}
  equations:
    x' = (${equations[0]}) / ms
    y' = (${equations[1]}) / ms
  update:
    integrate_odes()
`;
  const engine = testEngine();
  const creation = createBlock(engine, loadNeuron(engine, compileText(text, { recorded: ['x'] })), {
    instances: 1,
    stepNs: STEP_MS * 1e6,
    values: new Map(),
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  const { block } = creation;
  return Array.from({ length: STEPS }, () => {
    const { failure } = runBlock(block, { steps: 1, inputs: NO_INPUTS });
    expect(failure).toBeUndefined();
    return {
      substeps: block.fields.integer('mostSubsteps'),
      states: [readVariable(block, 'x')[0]!, readVariable(block, 'y')[0]!],
    };
  });
}

/** The same by the driver of `@nestml/dynamics`. */
function modelRun({ slopes, start }: Problem) {
  let states = Float64Array.from(start);
  let firstStep = 0;
  return Array.from({ length: STEPS }, () => {
    const result = integrateAdaptive(
      {
        exactSize: 0,
        exactStates: () => undefined,
        derivative: (_time, [x = 0, y = 0], _exact, into) => into.set(slopes(x, y)),
        start: states,
        interval: STEP_MS,
        absoluteTolerances: [TOLERANCE, TOLERANCE],
        relativeTolerance: TOLERANCE,
        firstStep,
      },
      DORMAND_PRINCE,
      STEP_SIZE_CONTROL,
    );
    if (result.kind !== 'done') throw new Error(result.kind);
    states = Float64Array.from(result.states);
    firstStep = result.nextStep;
    return { substeps: result.accepted, rejected: result.rejected, states: [...states] };
  });
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

describe('compiled integrations take the sub-steps of the driver in dynamics, step by step, for', () => {
  it.each(Object.keys(PROBLEMS))('%s', (name) => {
    const problem = PROBLEMS[name]!;
    const [compiled, model] = [compiledRun(problem), modelRun(problem)];
    const counts = compiled.map(({ substeps }) => substeps);
    const expected = model.map(({ substeps }) => substeps);
    // The root in the step factor is good to 1e-3, so that a sub-step more or less is possible.
    counts.forEach((count, i) => {
      expect(Math.abs(count - expected[i]!)).toBeLessThanOrEqual(1);
    });
    expect(Math.abs(total(counts) - total(expected))).toBeLessThanOrEqual(0.02 * total(expected) + 1);
    expect(total(model.map(({ rejected }) => rejected))).toBeGreaterThan(0);
    compiled.forEach(({ states }, i) => {
      states.forEach((value, k) => {
        expect(Math.abs(value - model[i]!.states[k]!)).toBeLessThan(1e-5);
      });
    });
  });
});
