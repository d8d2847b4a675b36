import {
  type Backend,
  type CheckedModel,
  compileForEngine,
  modelFromText,
  referenceBackend,
  type SimulationRequest,
  type SimulationResult,
  simulateNeuron,
} from '@nestml/workbench';
import {
  type Allowance,
  allowedDifference,
  type CourseComparison,
  compareRuns,
  type Disagreement,
} from './compare-runs.ts';
import type { Decision } from './draft.ts';
import type { RandomCase } from './random-case.ts';

/** What of a case decides how it runs. */
export type RunnableCase = Pick<RandomCase, 'text' | 'stimulation' | 'decisions' | 'convolutions'>;

/** How engine and reference compare on a case at one tolerance. */
export interface Agreement {
  readonly tolerance: 'default' | '1e-11';
  readonly comparison: CourseComparison;
  /** Whether the case was compared only up to a decision that is nearer than the allowance. */
  readonly isCut: boolean;
  /** Steps compared. */
  readonly steps: number;
  /** Whether it agrees only to the wider figure for the default tolerance. */
  readonly isWide: boolean;
}

/** The outcome of a case. */
export interface CaseOutcome {
  /** Whether no equation needs a numeric solver. */
  readonly isLinear: boolean;
  readonly spikes: number;
  /** Linear: one entry. Else both tolerances. */
  readonly agreements: readonly Agreement[];
}

const allowances = {
  linear: { kind: 'of largest value', fraction: 1e-10 },
  fine: { kind: 'of largest value', fraction: 1e-7 },
  default: { kind: 'in mV', most: 1e-3 },
  // Oscillations without damping, and rises that feed on themselves, add up or multiply the errors of the sub-steps.
  wide: { kind: 'in mV', most: 0.01 },
} as const satisfies Record<string, Allowance>;

/** Factor that makes the default tolerance of 1e-6 the 1e-11 of the second run. */
const fineFactor = 1e-5;

/** Everything of a model that has a number, but for inlines that read a spike port. */
function recordables(model: CheckedModel): readonly string[] {
  const states = model.states.map(({ symbol }) => symbol.writtenName);
  return [...states, ...model.inlines.map(({ symbol }) => symbol.writtenName)];
}

function run(model: CheckedModel, request: SimulationRequest, backend: Backend): SimulationResult {
  const outcome = simulateNeuron(model, request, backend);
  const diagnostics = outcome.ok ? outcome.result.diagnostics : outcome.diagnostics;
  // Notices, such as many sub-steps, are no failures.
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!outcome.ok || errors.length > 0)
    throw new Error(`${backend.name}: ${errors.map(({ message }) => message).join('; ')}`);
  return outcome.result;
}

async function engineOf(model: CheckedModel, toleranceFactor: number): Promise<Backend> {
  const choice = await compileForEngine(model, { toleranceFactor });
  if (!choice.ok) throw new Error(choice.diagnostics.map(({ message }) => message).join('; '));
  return choice.backend;
}

/**
 * Runs a case on the reference interpreter and on the engine and compares.
 * @throws Error if the model has an error, cannot be compiled, or a run ends early
 */
export async function runCase(case_: RunnableCase): Promise<CaseOutcome> {
  const model = modelFromText(case_.text);
  const request = { ...case_.stimulation, record: [...recordables(model), ...case_.convolutions] };
  const expected = run(model, request, referenceBackend);
  const fine = await engineOf(model, fineFactor);
  const isLinear = fine.solvers(model).every(({ solver }) => solver !== 'numeric');
  const setup = { case_, model, request, expected };
  const agreements = isLinear
    ? [compareOn(setup, fine, '1e-11', allowances.linear)]
    : [compareOn(setup, fine, '1e-11', allowances.fine), compareAtDefault(setup, await engineOf(model, 1))];
  return { isLinear, spikes: expected.spikes.length, agreements };
}

/** At the default tolerance; if that fails, with the wider allowance. */
function compareAtDefault(setup: Setup, backend: Backend): Agreement {
  const agreement = compareOn(setup, backend, 'default', allowances.default);
  if (agreement.comparison.disagreement === undefined) return agreement;
  const wide = compareOn(setup, backend, 'default', allowances.wide);
  return { ...wide, isWide: wide.comparison.disagreement === undefined };
}

interface Setup {
  readonly case_: RunnableCase;
  readonly model: CheckedModel;
  readonly request: SimulationRequest;
  readonly expected: SimulationResult;
}

function compareOn(
  setup: Setup,
  backend: Backend,
  tolerance: Agreement['tolerance'],
  allowance: Allowance,
): Agreement {
  const actual = run(setup.model, setup.request, backend);
  const whole = compareRuns(setup.expected, actual, allowance);
  const all = setup.expected.times.length;
  if (whole.disagreement === undefined)
    return { tolerance, comparison: whole, isCut: false, steps: all, isWide: false };
  const steps = stepsUntilCloseDecision(setup, backend, actual, allowance);
  const comparison = compareRuns(setup.expected, actual, allowance, steps);
  return { tolerance, comparison, isCut: steps < all, steps, isWide: false };
}

/**
 * Number of steps before the first decision whose margin is below the allowance: there the course changes if the threshold, which nothing
 * else depends on, is moved by the allowance. Each threshold is moved up and down by itself.
 */
function stepsUntilCloseDecision(
  { case_, model, request, expected }: Setup,
  backend: Backend,
  actual: SimulationResult,
  allowance: Allowance,
): number {
  let steps = expected.times.length;
  for (const { parameter, value, unit } of case_.decisions) {
    if (!model.parameters.some(({ symbol }) => symbol.writtenName === parameter)) continue;
    for (const direction of [-1, 1]) {
      const margin = marginOf({ value, unit }, expected, allowance);
      const set = { ...request.set, [parameter]: value + direction * margin };
      const moved = run(model, { ...request, set }, backend);
      steps = Math.min(steps, firstDifference(actual, moved, allowance) ?? steps);
    }
  }
  return steps;
}

/** The allowed difference of what is compared with a threshold: taken from the largest variable of that unit. */
function marginOf(
  { value, unit }: Pick<Decision, 'value' | 'unit'>,
  expected: SimulationResult,
  allowance: Allowance,
): number {
  if (allowance.kind === 'in mV' && unit === 'mV') return allowance.most;
  const own = expected.traces.filter((trace) => (trace.unit ?? '1') === unit);
  const allowed = own.map(({ values }) => allowedDifference(values, unit, allowance));
  return Math.max(allowedDifference(Float64Array.of(value), unit, allowance), ...allowed);
}

function firstDifference(
  one: SimulationResult,
  other: SimulationResult,
  allowance: Allowance,
): number | undefined {
  return compareRuns(one, other, allowance).disagreement?.step;
}

/** The first disagreement of a case, if there is one. */
export function disagreementOf({
  agreements,
}: CaseOutcome): (Disagreement & { readonly tolerance: string }) | undefined {
  for (const { tolerance, comparison } of agreements)
    if (comparison.disagreement !== undefined) return { ...comparison.disagreement, tolerance };
  return undefined;
}
