import { unreachable } from '@nestml/diagnostics';
import type { ExpressionNode, Term } from '@nestml/dynamics';
import type {
  BuiltinExpression,
  ConvolveExpression,
  DelayedExpression,
  Expression,
  FunctionCallExpression,
  PortExpression,
  ProductExpression,
  SumExpression,
  ValueType,
  VariableExpression,
} from '@nestml/language';
import type { ModelVariable } from '../ir/variables.ts';
import { toNumberIn, toQuantityIn, truncated } from './convert-units.ts';
import {
  convolveSymbol,
  createElementOf,
  delayedVariable,
  elementSymbol,
  entryOf,
  type Lowering,
  pulseSymbol,
  type View,
} from './lowering.ts';

/** A statement's spike port is (sum of the weights)/(1 s), and canonical is 1/ms (rule D2). */
const MS_PER_S = 1000;
const NS_PER_MS = 1_000_000;

/**
 * A checked expression as a node. What cannot be compiled is reported at its place and becomes 0. Inlines are expanded in the
 * same view.
 */
export function lowerExpression(expression: Expression, view: View, lowering: Lowering): ExpressionNode {
  const { pool } = lowering;
  const lower = (part: Expression) => lowerExpression(part, view, lowering);
  switch (expression.kind) {
    case 'constant':
      return lowerConstant(expression.value, expression, lowering);
    case 'variable':
      return lowerVariable(expression, view, lowering);
    case 'port':
      return lowerPort(expression, view, lowering);
    case 'convolve':
      return lowerConvolve(expression, view, lowering);
    case 'time':
      return pool.symbol(view === 'kernel' ? lowering.age : lowering.time);
    case 'delayed':
      return pool.symbol(lowerDelayed(expression, lowering));
    case 'negation':
      return pool.negate(lower(expression.operand));
    case 'sum':
      return lowerSum(expression, view, lowering);
    case 'product':
      return lowerProduct(expression.safeForm ?? expression, view, lowering);
    case 'power':
      return pool.power(lower(expression.base), lower(expression.exponent));
    case 'bit':
      return pool.bit(lower(expression.left), expression.operator, lower(expression.right));
    case 'bitNot':
      return pool.bitNot(lower(expression.operand));
    case 'comparison':
      return pool.compare(lower(expression.left), expression.operator, lower(expression.right));
    case 'not':
      return pool.not(lower(expression.operand));
    case 'logical': {
      const operands = expression.operands.map(lower);
      return expression.operator === 'and' ? pool.and(operands) : pool.or(operands);
    }
    case 'conditional':
      return pool.select(
        lower(expression.condition),
        lower(expression.whenTrue),
        lower(expression.whenFalse),
      );
    case 'builtin':
      return lowerBuiltin(expression, view, lowering);
    case 'functionCall':
      return lowerCall(expression, view, lowering);
    case 'inUnit': {
      const convert = expression.direction === 'toNumber' ? toNumberIn : toQuantityIn;
      return convert(pool, lower(expression.operand), expression.unit);
    }
    default:
      return unreachable(expression);
  }
}

/** An expression as a variable of `type` holds it: a number that goes into an integer is truncated toward zero. */
export function lowerInto(
  type: ValueType,
  expression: Expression,
  view: View,
  lowering: Lowering,
): ExpressionNode {
  // Whatever holds a text is reported where it is declared.
  if (type.kind === 'string') return lowering.pool.constant(0);
  const value = lowerExpression(expression, view, lowering);
  const isCut =
    type.kind === 'integer' && (expression.type.kind !== 'integer' || mayBeNegativeZero(expression));
  return isCut ? truncated(lowering.pool, value) : value;
}

/** Whether an expression of integers can give −0, which a truncation makes the 0 that an integer variable holds (rule D8). */
function mayBeNegativeZero(expression: Expression): boolean {
  switch (expression.kind) {
    case 'constant':
    case 'variable':
    case 'functionCall':
    case 'bit':
    case 'bitNot':
      return false;
    case 'sum':
      // Only if all terms are −0 or subtract 0.
      return expression.terms.every(({ sign, operand }) => sign === -1 || mayBeNegativeZero(operand));
    case 'conditional':
      return mayBeNegativeZero(expression.whenTrue) || mayBeNegativeZero(expression.whenFalse);
    case 'product':
      return expression.factors.at(-1)?.operator === '*';
    default:
      return true;
  }
}

function lowerConstant(
  value: number | boolean | string,
  { span }: Expression,
  { pool, report }: Lowering,
): ExpressionNode {
  if (typeof value === 'number') return pool.constant(value);
  if (typeof value === 'boolean') return pool.boolean(value);
  report('text-value', span, undefined);
  return pool.constant(0);
}

function lowerVariable(expression: VariableExpression, view: View, lowering: Lowering): ExpressionNode {
  const { symbol, index, span } = expression;
  if (symbol.role === 'inline') return expandInline(expression, view, lowering);
  const variable = entryOf(lowering.variables, symbol);
  if (index === undefined) return lowering.pool.symbol(variable);
  return lowerElement({ vector: variable, index, span }, view, lowering);
}

/** An inline neither draws nor prints, so that one evaluation may stand for all in an expression, even of an impure call. */
function expandInline({ symbol }: VariableExpression, view: View, lowering: Lowering): ExpressionNode {
  const known = lowering.expanded[view].get(symbol);
  if (known !== undefined) return known;
  const value = lowerExpression(entryOf(lowering.inlines, symbol), view, lowering);
  lowering.expanded[view].set(symbol, value);
  return value;
}

interface ElementAccess {
  readonly vector: Parameters<typeof elementSymbol>[1];
  readonly index: Expression;
  readonly span: Expression['span'];
}

function lowerElement(
  { vector, index, span }: ElementAccess,
  view: View,
  lowering: Lowering,
): ExpressionNode {
  const { pool } = lowering;
  const literal = literalIndex(index);
  if (literal !== undefined) return pool.symbol(elementSymbol(lowering, vector, literal));
  return pool.call(createElementOf(vector, span), [lowerExpression(index, view, lowering)]);
}

function literalIndex(index: Expression | undefined): number | undefined {
  if (index === undefined) return 0;
  return index.kind === 'constant' && typeof index.value === 'number' ? index.value : undefined;
}

function lowerPort(expression: PortExpression, view: View, lowering: Lowering): ExpressionNode {
  const { port, index, span } = expression;
  const { pool } = lowering;
  const variable = entryOf(lowering.ports, port);
  if (port.signal === 'spike' && view === 'equation') return lowerPulse(expression, lowering);
  const value =
    index === undefined
      ? pool.symbol(variable)
      : lowerElement({ vector: variable, index, span }, view, lowering);
  return port.signal === 'spike' ? pool.divide(value, pool.constant(MS_PER_S)) : value;
}

function lowerPulse(
  { port, index, span }: PortExpression | ConvolveExpression,
  lowering: Lowering,
): ExpressionNode {
  const element = literalIndex(index);
  if (element === undefined) lowering.report('computed-port-index', span, { port: port.name });
  return lowering.pool.symbol(pulseSymbol(lowering, entryOf(lowering.ports, port), element ?? 0));
}

function lowerDelayed({ symbol, delay, span }: DelayedExpression, lowering: Lowering): ModelVariable {
  const state = entryOf(lowering.variables, symbol);
  return delayedVariable(lowering, state, lowerExpression(delay, 'equation', lowering), span);
}

/** With a delta kernel it is the port times 1 ms, the canonical unit. */
function lowerConvolve(expression: ConvolveExpression, view: View, lowering: Lowering): ExpressionNode {
  const { kernel, port, index, span } = expression;
  const target = entryOf(lowering.kernels, kernel);
  if (target.kind === 'delta') return lowerPort({ ...expression, kind: 'port' }, view, lowering);
  const element = literalIndex(index);
  if (element === undefined) lowering.report('computed-port-index', span, { port: port.name });
  const place = { port: entryOf(lowering.ports, port), element: element ?? 0, span };
  return lowering.pool.symbol(convolveSymbol(lowering, target, place));
}

function lowerSum({ terms, type, span }: SumExpression, view: View, lowering: Lowering): ExpressionNode {
  if (type.kind === 'string') {
    lowering.report('text-value', span, undefined);
    return lowering.pool.constant(0);
  }
  const lowered = terms.map(
    ({ sign, operand }): Term => ({ sign, operand: lowerExpression(operand, view, lowering) }),
  );
  return lowering.pool.sum(lowered);
}

function lowerProduct({ factors }: ProductExpression, view: View, lowering: Lowering): ExpressionNode {
  const { pool } = lowering;
  const [first, ...others] = factors.map(({ operator, operand }) => ({
    operator,
    operand: lowerExpression(operand, view, lowering),
    isInteger: operand.type.kind === 'integer',
  }));
  let product = first!.operand;
  let isInteger = first!.isInteger;
  for (const { operator, operand, isInteger: isIntegerFactor } of others) {
    isInteger &&= isIntegerFactor && operator !== '/';
    if (operator === '*') product = pool.multiply(product, operand);
    else if (operator === '/') product = pool.divide(product, operand);
    else if (operator === '//') product = pool.integerQuotient(product, operand, isInteger);
    else product = pool.remainder(product, operand, isInteger);
  }
  return product;
}

function lowerBuiltin(expression: BuiltinExpression, view: View, lowering: Lowering): ExpressionNode {
  const { name, callSite } = expression;
  const { pool, resolution } = lowering;
  const values = expression.arguments.map((argument) => lowerExpression(argument, view, lowering));
  switch (name) {
    case 'resolution':
    case 'timestep':
      return pool.symbol(resolution);
    case 'steps':
      return lowerSteps(values[0]!, lowering);
    case 'random_normal':
    case 'random_uniform':
    case 'random_poisson':
      return pool.draw(name, values, callSite!);
    case 'ceil':
    case 'floor':
    case 'round': {
      const { type } = expression.arguments[0]!;
      if (type.kind !== 'quantity') return pool.apply(name, values);
      const number = toNumberIn(pool, values[0]!, type.unit);
      return toQuantityIn(pool, pool.apply(name, [number]), type.unit);
    }
    default:
      return pool.apply(name, values);
  }
}

/** `steps(T)`: T rounded to 1 ns, divided by h, rounded up; both in whole nanoseconds, so that the quotient of multiples is whole. */
function lowerSteps(interval: ExpressionNode, { pool, resolution }: Lowering): ExpressionNode {
  const nanoseconds = (time: ExpressionNode) =>
    pool.apply('round', [pool.multiply(time, pool.constant(NS_PER_MS))]);
  return pool.apply('ceil', [pool.divide(nanoseconds(interval), nanoseconds(pool.symbol(resolution)))]);
}

function lowerCall(expression: FunctionCallExpression, view: View, lowering: Lowering): ExpressionNode {
  const callee = entryOf(lowering.functions, expression.function);
  return lowering.pool.call(callee, lowerArguments(expression, view, lowering));
}

/** The arguments of a call as the parameters of the function hold them. */
export function lowerArguments(
  call: Pick<FunctionCallExpression, 'function' | 'arguments'>,
  view: View,
  lowering: Lowering,
): readonly ExpressionNode[] {
  return call.arguments.map((argument, i) =>
    lowerInto(call.function.parameters[i]!.type, argument, view, lowering),
  );
}
