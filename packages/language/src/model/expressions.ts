import type { Span } from '@nestml/diagnostics';
import type { Unit } from '@nestml/units';
import type { FunctionSymbol, KernelSymbol, PortSymbol, VariableSymbol } from './symbols.ts';
import type { ValueType } from './types.ts';

/**
 * A checked expression. Guarantees: every name is bound, units are folded into numbers, every value is in canonical units,
 * conversions are explicit (`inUnit`), parentheses are gone, chains such as `3 mV*x` are grouped.
 * `span` is the place in the source that the expression came from.
 */
export type Expression =
  | ConstantExpression
  | VariableExpression
  | PortExpression
  | TimeExpression
  | DelayedExpression
  | NegationExpression
  | SumExpression
  | ProductExpression
  | PowerExpression
  | BitExpression
  | BitNotExpression
  | ComparisonExpression
  | NotExpression
  | LogicalExpression
  | ConditionalExpression
  | BuiltinExpression
  | FunctionCallExpression
  | ConvolveExpression
  | InUnitExpression;

interface ExpressionBase {
  readonly span: Span;
  readonly type: ValueType;
}

/** A literal, `inf`, `e` or `pi`; a quantity's number is in the canonical unit. Strings keep `{name}` places as written. */
export interface ConstantExpression extends ExpressionBase {
  readonly kind: 'constant';
  readonly value: number | boolean | string;
}

/** The value of a state, parameter, internal, inline, local or function parameter; `index` from 0 if it is a vector. */
export interface VariableExpression extends ExpressionBase {
  readonly kind: 'variable';
  readonly symbol: VariableSymbol;
  readonly index?: Expression;
}

/**
 * The value of an input port. Continuous: the current input. Spike port in statements: (sum of the weights of this step)/(1 s);
 * in an ODE: a train of delta pulses whose integral over one spike is its weight (rule D2).
 */
export interface PortExpression extends ExpressionBase {
  readonly kind: 'port';
  readonly port: PortSymbol;
  readonly index?: Expression;
}

/** `t`: in a neuron the end of the step, in a kernel the time since the spike, in ms (rule D15). */
export interface TimeExpression extends ExpressionBase {
  readonly kind: 'time';
}

/** `x(t - d)` on the right-hand side of an ODE. */
export interface DelayedExpression extends ExpressionBase {
  readonly kind: 'delayed';
  readonly symbol: VariableSymbol;
  /** In ms. */
  readonly delay: Expression;
}

export interface NegationExpression extends ExpressionBase {
  readonly kind: 'negation';
  readonly operand: Expression;
}

/** `± a ± b ± …`, evaluated from the left. Strings are concatenated. */
export interface SumExpression extends ExpressionBase {
  readonly kind: 'sum';
  readonly terms: readonly { readonly sign: 1 | -1; readonly operand: Expression }[];
}

/** Evaluated from the left; the operator of the first factor is `*`. `//` is division truncated toward zero, `%` the remainder with the sign of the dividend. */
export interface ProductExpression extends ExpressionBase {
  readonly kind: 'product';
  readonly factors: readonly { readonly operator: '*' | '/' | '//' | '%'; readonly operand: Expression }[];
  /**
   * What is computed in its place: a product of the form x/(exp(x) − 1) without its removable singularity at x = 0, by `exprelr` (rule D21). The factors stay
   * as they were written.
   */
  readonly safeForm?: ProductExpression;
}

/** `base ** exponent` and `pow(base, exponent)`. */
export interface PowerExpression extends ExpressionBase {
  readonly kind: 'power';
  readonly base: Expression;
  readonly exponent: Expression;
}

/** Operands are integers, results are 32-bit signed. */
export interface BitExpression extends ExpressionBase {
  readonly kind: 'bit';
  readonly operator: '&' | '|' | '^' | '<<' | '>>';
  readonly left: Expression;
  readonly right: Expression;
}

export interface BitNotExpression extends ExpressionBase {
  readonly kind: 'bitNot';
  readonly operand: Expression;
}

export interface ComparisonExpression extends ExpressionBase {
  readonly kind: 'comparison';
  readonly operator: '<' | '<=' | '==' | '!=' | '>' | '>=';
  readonly left: Expression;
  readonly right: Expression;
}

export interface NotExpression extends ExpressionBase {
  readonly kind: 'not';
  readonly operand: Expression;
}

/** Evaluated from the left, stopping as soon as the result is known. */
export interface LogicalExpression extends ExpressionBase {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly operands: readonly Expression[];
}

/** Only the chosen branch is evaluated. */
export interface ConditionalExpression extends ExpressionBase {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

/**
 * Predefined functions that have a value. `clip(x, low, high)` is min(max(x, low), high). `exprelr(x)` = x/(exp(x) − 1), 1 at 0, cannot be written: it
 * occurs in safe forms of products.
 */
export type MathFunction =
  | 'exp'
  | 'ln'
  | 'log10'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'erf'
  | 'erfc'
  | 'expm1'
  | 'exprelr'
  | 'min'
  | 'max'
  | 'clip'
  | 'abs'
  | 'ceil'
  | 'floor'
  | 'round';

/** `random_normal(mean, sd)`, `random_uniform(offset, width)`, `random_poisson(lambda)`. */
export type RandomFunction = 'random_normal' | 'random_uniform' | 'random_poisson';

/** `resolution()`, `timestep()`: ms; `steps(T)`: number of steps, T rounded to 1 ns, then up. */
export type ClockFunction = 'resolution' | 'timestep' | 'steps';

/** A call of a predefined function with a value. `callSite` numbers the random calls of a model in the order of the text. */
export interface BuiltinExpression extends ExpressionBase {
  readonly kind: 'builtin';
  readonly name: MathFunction | RandomFunction | ClockFunction;
  readonly arguments: readonly Expression[];
  readonly callSite?: number;
}

export interface FunctionCallExpression extends ExpressionBase {
  readonly kind: 'functionCall';
  readonly function: FunctionSymbol;
  readonly arguments: readonly Expression[];
}

/** Sum over the spikes of `port` of weight · kernel(t − t_spike). `index` selects the element of a vector port. */
export interface ConvolveExpression extends ExpressionBase {
  readonly kind: 'convolve';
  readonly kernel: KernelSymbol;
  readonly port: PortSymbol;
  readonly index?: Expression;
}

/**
 * A change between a quantity and the plain number that it has in a unit (class `compat`, rule D8):
 * `toNumber` takes the canonical number of a quantity to its number in `unit`, `toQuantity` the other way.
 */
export interface InUnitExpression extends ExpressionBase {
  readonly kind: 'inUnit';
  readonly direction: 'toNumber' | 'toQuantity';
  readonly unit: Unit;
  readonly operand: Expression;
}
