import { InternalError } from '@nestml/diagnostics';
import { type DelayedExpression, type VariableSymbol, walkExpression } from '@nestml/language';
import { type Clock, roundToNs, stepsToMs } from './clock.ts';
import type { Environment } from './environment.ts';
import { evaluateNumber } from './evaluate-expression.ts';
import { interpolate, type Knot } from './hermite.ts';
import type { Program } from './program.ts';
import { executionStop } from './run-stop.ts';
import { read, type Store } from './store.ts';

/** A piece of a step on which a variable is smooth: from its first knot to its last, ms from the begin of the step. */
export type SmoothPiece = readonly Knot[];

/** What a variable did before the present boundary. */
interface History {
  /** Its value before the start of the run. */
  readonly initial: number;
  /** Its course in step n at the place n modulo the length. A jump at the end of a step belongs to the next. */
  readonly steps: (readonly SmoothPiece[])[];
}

/** The past of all variables that equations read delayed (rule D16). */
export interface Past {
  readonly histories: ReadonlyMap<VariableSymbol, History>;
  /** Places in a step, as fractions of it in (0, 1), at which a delayed value may jump, ascending. */
  readonly breaks: readonly number[];
}

/** Part of a step around a break that belongs to its left side. */
const BREAK_WIDTH = 2 ** -40;

/**
 * Sets up the past of what the model reads delayed. `environment` knows parameters and internals, the store the initial states.
 * @throws RunStop if a delay is shorter than a step or not finite, or of a vector.
 */
export function createPast(program: Program, environment: Environment): Past {
  const { clock, store } = environment;
  const breaks = new Set<number>();
  for (const part of delayedParts(program)) {
    const fraction = delayInSteps(part, environment) % 1;
    if (fraction > 0) breaks.add(fraction).add(fraction + BREAK_WIDTH);
  }
  const histories = [...delayLengths(program, environment)].map(([symbol, length]) => {
    const initial = startValue(store, symbol, clock);
    const steps = Array.from({ length }, () => constantPiece(initial, clock));
    return [symbol, { initial, steps }] as const;
  });
  return {
    histories: new Map(histories),
    breaks: [...breaks].filter((place) => place < 1).sort((a, b) => a - b),
  };
}

/** Whether equations read delayed values. */
export function readsPast(program: Program): boolean {
  return delayedParts(program).length > 0;
}

/** The longest delay of each state that is read delayed, in steps, rounded up, and two. */
export function delayLengths(
  program: Program,
  environment: Environment,
): ReadonlyMap<VariableSymbol, number> {
  const lengths = new Map<VariableSymbol, number>();
  for (const part of delayedParts(program)) {
    const length = Math.ceil(delayInSteps(part, environment)) + 2;
    lengths.set(part.symbol, Math.max(lengths.get(part.symbol) ?? 0, length));
  }
  return lengths;
}

function delayedParts({ model }: Program): readonly DelayedExpression[] {
  const parts: DelayedExpression[] = [];
  for (const { value } of model.equations) {
    walkExpression(value, (part) => {
      if (part.kind === 'delayed') parts.push(part);
    });
  }
  return parts;
}

/** Longer delays are refused: what they need would fill the memory. */
const MOST_STEPS = 1_000_000;

/** The delay, rounded to 1 ns, in steps: at least 1. */
function delayInSteps({ symbol, delay, span }: DelayedExpression, environment: Environment): number {
  const { clock } = environment;
  const ms = evaluateNumber(delay, environment);
  const steps = roundToNs(ms) / clock.stepNs;
  if (steps >= 1 && steps <= MOST_STEPS) return steps;
  const step = stepsToMs(clock.stepNs, 1);
  const head = `the delay of ${symbol.writtenName} is ${ms} ms`;
  const reason = !(steps > 0 && Number.isFinite(steps))
    ? `${head}; it must be positive and finite`
    : steps < 1
      ? `${head}, less than the step of ${step} ms; take a shorter step or a longer delay`
      : `${head}, more than ${MOST_STEPS} steps of ${step} ms; take a longer step or a shorter delay`;
  throw executionStop(reason, clock, span);
}

function startValue(store: Store, symbol: VariableSymbol, clock: Clock): number {
  const value = read(store, symbol);
  if (typeof value === 'number') return value;
  const reason = `${symbol.writtenName} is no single number; only a single number can be delayed`;
  throw executionStop(reason, clock, symbol.declared);
}

function constantPiece(value: number, { stepNs }: Clock): readonly SmoothPiece[] {
  const length = stepsToMs(stepNs, 1);
  return [
    [
      { tau: 0, value, slope: 0 },
      { tau: length, value, slope: 0 },
    ],
  ];
}

/** At the begin of a step: until something integrates the variables in it, they are as they were. */
export function beginStepOfPast({ histories }: Past, store: Store, clock: Clock): void {
  for (const [symbol, { steps }] of histories) {
    const value = read(store, symbol);
    if (typeof value === 'number') steps[clock.step % steps.length] = constantPiece(value, clock);
  }
}

/** The course of a variable in the present step. */
export function rememberCourse(
  past: Past,
  symbol: VariableSymbol,
  clock: Clock,
  course: readonly SmoothPiece[],
): void {
  const steps = past.histories.get(symbol)?.steps;
  if (steps !== undefined) steps[clock.step % steps.length] = course;
}

/**
 * The value of a variable a delay (ms) before the place `theta` of the present step. On a break it is the value on its left side; where the
 * delay is a whole number of steps, a step sees a step.
 */
export function delayedValue(
  { histories }: Past,
  symbol: VariableSymbol,
  delay: number,
  clock: Clock,
  theta: number,
): number {
  const history = histories.get(symbol);
  if (history === undefined) throw new InternalError(`the past of ${symbol.writtenName} was not kept`);
  const stepsBack = roundToNs(delay) / clock.stepNs;
  const whole = Math.floor(stepsBack);
  const fraction = stepsBack - whole;
  const isLeft = fraction > 0 && theta < fraction + BREAK_WIDTH / 2;
  const seen = clock.step - whole - (isLeft ? 1 : 0);
  if (seen < 0) return history.initial;
  const place = Math.min(1, Math.max(0, theta - fraction + (isLeft ? 1 : 0)));
  return valueInStep(history.steps[seen % history.steps.length]!, place * stepsToMs(clock.stepNs, 1));
}

function valueInStep(course: readonly SmoothPiece[], tau: number): number {
  const piece = course.find((knots) => tau <= knots.at(-1)!.tau) ?? course.at(-1)!;
  const right = piece.findIndex((knot) => tau <= knot.tau);
  const first = Math.max(0, Math.min(right - 1, piece.length - 3));
  return interpolate(piece.slice(first, first + 3), tau);
}
