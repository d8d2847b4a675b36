import { childrenOf, type Equation, type Expression, type VariableSymbol } from '@nestml/language';
import { canonicalFactors } from '@nestml/units';
import { type Clock, lengthInSteps, NS_PER_MS, roundToNs, stepsToMs } from './clock.ts';
import { definitionOf, type Program } from './program.ts';
import type { Store } from './store.ts';

/** A state with a constant derivative, such as the time left of a refractory period (rule D3). */
export interface Countdown {
  readonly symbol: VariableSymbol;
  readonly rate: Expression;
  /** Whether the state is a time, kept in whole nanoseconds. */
  readonly isTime: boolean;
  /** The value that was last assigned. */
  valueAtSet: number;
  /** Number of steps over which it was integrated since then. */
  stepsSinceSet: number;
}

/** The states of a model whose equation is of first order with a right-hand side that cannot change during a run. */
export function findCountdowns(program: Program): ReadonlyMap<VariableSymbol, Countdown> {
  const constant = program.model.equations.filter(
    (equation) => equation.variables.length === 1 && isConstant(equation.value, program),
  );
  return new Map(constant.map((equation) => [equation.variables[0]!, createCountdown(equation)]));
}

function createCountdown({ variables, value }: Equation): Countdown {
  const symbol = variables[0]!;
  return { symbol, rate: value, isTime: isTime(symbol), valueAtSet: 0, stepsSinceSet: 0 };
}

/** Whether the value depends on nothing but literals, parameters and internals, also through inlines. */
function isConstant(expression: Expression, program: Program): boolean {
  switch (expression.kind) {
    case 'variable':
      if (expression.symbol.role === 'inline') {
        return isConstant(definitionOf(program.inlines, expression.symbol), program);
      }
      if (expression.symbol.role !== 'parameter' && expression.symbol.role !== 'internal') return false;
      break;
    case 'builtin':
      if (expression.callSite !== undefined) return false;
      break;
    case 'port':
    case 'convolve':
    case 'time':
    case 'delayed':
    case 'functionCall':
      return false;
    default:
      break;
  }
  return childrenOf(expression).every((operand) => isConstant(operand, program));
}

function isTime({ type }: VariableSymbol): boolean {
  if (type.kind !== 'quantity') return false;
  const [factor, ...others] = canonicalFactors(type.unit.dimension);
  return (
    others.length === 0 &&
    factor?.symbol === 'ms' &&
    factor.exponent.numerator === 1 &&
    factor.exponent.denominator === 1
  );
}

/** Starts the count anew at an assigned value and returns what the state then holds: a time is rounded to 1 ns. */
export function setCountdown(countdown: Countdown, value: number): number {
  const held = countdown.isTime && Number.isFinite(value) ? roundToNs(value) / NS_PER_MS : value;
  countdown.valueAtSet = held;
  countdown.stepsSinceSet = 0;
  return held;
}

/**
 * value-at-set + steps · rate · h without accumulation; for a time that runs at ±1 in whole nanoseconds, so that 3 ms are
 * exactly 0 after 60 steps of 0.05 ms. `fraction` of the present step, or of the steps that are made at once, is added.
 */
export function countdownValue(countdown: Countdown, rate: number, clock: Clock, fraction = 0): number {
  const { valueAtSet, isTime: isWholeNs } = countdown;
  const steps = countdown.stepsSinceSet + fraction * lengthInSteps(clock);
  if (isWholeNs && Math.abs(rate) === 1) {
    return (roundToNs(valueAtSet) + rate * steps * clock.stepNs) / NS_PER_MS;
  }
  return valueAtSet + rate * stepsToMs(clock.stepNs, steps);
}

/** The initial value counts as an assignment, except that it may be infinite. */
export function startCountdowns(countdowns: ReadonlyMap<VariableSymbol, Countdown>, store: Store): void {
  for (const [symbol, countdown] of countdowns) {
    const value = store.get(symbol);
    if (typeof value === 'number') store.set(symbol, setCountdown(countdown, value));
  }
}
