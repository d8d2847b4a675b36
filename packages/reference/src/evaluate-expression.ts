import {
  applyFactor,
  type BuiltinExpression,
  type ConvolveExpression,
  compareValues,
  type Expression,
  type FunctionCallExpression,
  type LogicalExpression,
  type PortExpression,
  type ProductExpression,
  type SumExpression,
  type VariableExpression,
  type VariableSymbol,
} from '@nestml/language';
import { applyBits, changeUnit } from './arithmetic.ts';
import { endOfStep, lengthInMs, roundToNs, stepsToMs } from './clock.ts';
import type { Environment } from './environment.ts';
import { applyMathFunction } from './math-functions.ts';
import { definitionOf } from './program.ts';
import { executionStop, type RunStop } from './run-stop.ts';
import { read } from './store.ts';
import { asBoolean, asNumber, convertTo, type StoredValue, type Value } from './values.ts';

/** Calls of functions that may be under way at once; a host with 1 MB of stack holds them, whatever their bodies. */
const DEEPEST_CALL = 250;

/**
 * The value of a checked expression, in canonical units.
 * @throws RunStop if an index lies outside its vector, an integer is divided by 0, recursion is too deep.
 */
export function evaluate(expression: Expression, environment: Environment): Value {
  switch (expression.kind) {
    case 'constant':
      return expression.value;
    case 'variable':
      return evaluateVariable(expression, environment);
    case 'port':
      return environment.signals.port(expression.port, portElement(expression, environment));
    case 'convolve':
      return environment.signals.convolution(
        expression.kernel,
        expression.port,
        portElement(expression, environment),
      );
    case 'time':
      return environment.time ?? endOfStep(environment.clock);
    case 'delayed':
      return environment.signals.delayed(expression.symbol, evaluateNumber(expression.delay, environment));
    case 'negation':
      return -evaluateNumber(expression.operand, environment);
    case 'sum':
      return expression.type.kind === 'string'
        ? concatenate(expression, environment)
        : evaluateSum(expression, environment);
    case 'product':
      return evaluateProduct(expression.safeForm ?? expression, environment);
    case 'power':
      return evaluateNumber(expression.base, environment) ** evaluateNumber(expression.exponent, environment);
    case 'bit':
      return applyBits(
        evaluateNumber(expression.left, environment),
        expression.operator,
        evaluateNumber(expression.right, environment),
      );
    case 'bitNot':
      return ~evaluateNumber(expression.operand, environment);
    case 'comparison':
      return compareValues(
        evaluate(expression.left, environment),
        expression.operator,
        evaluate(expression.right, environment),
      );
    case 'not':
      return !evaluateBoolean(expression.operand, environment);
    case 'logical':
      return evaluateLogical(expression, environment);
    case 'conditional':
      return evaluateBoolean(expression.condition, environment)
        ? evaluate(expression.whenTrue, environment)
        : evaluate(expression.whenFalse, environment);
    case 'builtin':
      return evaluateBuiltin(expression, environment);
    case 'functionCall':
      return callFunction(expression, environment);
    case 'inUnit':
      return changeUnit(expression, evaluateNumber(expression.operand, environment));
    default:
      return expression satisfies never;
  }
}

/** The value of an expression that the checker found to be a number. */
export function evaluateNumber(expression: Expression, environment: Environment): number {
  return asNumber(evaluate(expression, environment));
}

/** The value of an expression that the checker found to be a boolean. */
export function evaluateBoolean(expression: Expression, environment: Environment): boolean {
  return asBoolean(evaluate(expression, environment));
}

function evaluateVariable(expression: VariableExpression, environment: Environment): Value {
  const { symbol, index } = expression;
  switch (symbol.role) {
    case 'inline':
      return evaluateInline(symbol, environment);
    case 'local':
    case 'functionParameter':
      return definitionOf(environment.locals, symbol);
    case 'state':
    case 'parameter':
    case 'internal':
    case 'kernelState':
      return elementAt(read(environment.store, symbol), expression, index, environment);
    default:
      return symbol.role satisfies never;
  }
}

/** Inlines are pure, so that one value serves all its uses as long as the store and the inputs stay as they are. */
function evaluateInline(symbol: VariableSymbol, environment: Environment): Value {
  const { inlineValues, program } = environment;
  const known = inlineValues?.get(symbol);
  if (known !== undefined) return known;
  const value = evaluate(definitionOf(program.inlines, symbol), environment);
  inlineValues?.set(symbol, value);
  return value;
}

function elementAt(
  value: StoredValue,
  expression: VariableExpression,
  index: Expression | undefined,
  environment: Environment,
): Value {
  if (typeof value !== 'object') return value;
  const { symbol, span } = expression;
  if (index === undefined) {
    const reason = `${symbol.writtenName} is a vector; name one of its elements, as in ${symbol.writtenName}[0]`;
    throw executionStop(reason, environment.clock, span);
  }
  return value[evaluateIndex(index, value.length, symbol.writtenName, environment)]!;
}

/**
 * The element that an index selects, from 0.
 * @throws RunStop if there is none.
 */
export function evaluateIndex(
  index: Expression,
  size: number,
  name: string,
  environment: Environment,
): number {
  const element = evaluateNumber(index, environment);
  if (Number.isInteger(element) && element >= 0 && element < size) return element;
  const reason = `${name} has the elements 0 to ${size - 1}; there is no element ${element}`;
  throw executionStop(reason, environment.clock, index.span);
}

function portElement(expression: PortExpression | ConvolveExpression, environment: Environment): number {
  const { port, index } = expression;
  if (index === undefined) return 0;
  return evaluateIndex(index, environment.signals.portSize(port), port.name, environment);
}

function evaluateSum({ terms }: SumExpression, environment: Environment): number {
  let sum = terms[0]!.sign * evaluateNumber(terms[0]!.operand, environment);
  for (let i = 1; i < terms.length; i += 1) {
    const value = evaluateNumber(terms[i]!.operand, environment);
    sum = terms[i]!.sign === 1 ? sum + value : sum - value;
  }
  return sum;
}

function concatenate(expression: SumExpression, environment: Environment): string {
  return expression.terms.map(({ operand }) => String(evaluate(operand, environment))).join('');
}

function evaluateProduct({ factors }: ProductExpression, environment: Environment): number {
  let product = evaluateNumber(factors[0]!.operand, environment);
  let isInteger = factors[0]!.operand.type.kind === 'integer';
  for (let i = 1; i < factors.length; i += 1) {
    const { operator, operand } = factors[i]!;
    const value = evaluateNumber(operand, environment);
    isInteger &&= operand.type.kind === 'integer' && operator !== '/';
    if (isInteger && value === 0 && operator !== '*') {
      throw executionStop(`integer division by 0 (${operator})`, environment.clock, operand.span);
    }
    product = applyFactor(product, operator, value);
  }
  // An integer has no negative zero.
  return isInteger ? product + 0 : product;
}

function evaluateLogical({ operator, operands }: LogicalExpression, environment: Environment): boolean {
  return operator === 'and'
    ? operands.every((operand) => evaluateBoolean(operand, environment))
    : operands.some((operand) => evaluateBoolean(operand, environment));
}

function evaluateBuiltin(expression: BuiltinExpression, environment: Environment): number {
  const { name } = expression;
  const { clock, random } = environment;
  const values = expression.arguments.map((argument) => evaluateNumber(argument, environment));
  switch (name) {
    case 'resolution':
      return stepsToMs(clock.stepNs, 1);
    case 'timestep':
      return lengthInMs(clock);
    case 'steps':
      return Math.ceil(roundToNs(values[0]!) / clock.stepNs) + 0;
    case 'random_normal':
      return values[0]! + values[1]! * random.normal(expression.callSite!);
    case 'random_uniform':
      return values[0]! + values[1]! * random.uniform(expression.callSite!);
    case 'random_poisson':
      return drawPoisson(expression, values[0]!, environment);
    default:
      return applyMathFunction(name, values, expression.arguments[0]!.type);
  }
}

function drawPoisson(
  { callSite, span }: BuiltinExpression,
  lambda: number,
  environment: Environment,
): number {
  if (!(lambda >= 0 && lambda < Number.POSITIVE_INFINITY)) {
    const reason = `random_poisson needs a mean that is finite and not negative, not ${lambda}`;
    throw executionStop(reason, environment.clock, span);
  }
  return environment.random.poisson(callSite!, lambda);
}

type Call = Pick<FunctionCallExpression, 'function' | 'arguments' | 'span'>;

/** Evaluates the arguments and calls a function of the model. */
export function callFunction(call: Call, environment: Environment): Value {
  if (environment.callDepth >= DEEPEST_CALL) throw recursionStop(call, environment);
  return environment.callDepth === 0 ? callOutermost(call, environment) : callAny(call, environment);
}

/** Deeply nested function bodies can exhaust the stack of the host before the limit; that ends the run in the same way. */
function callOutermost(call: Call, environment: Environment): Value {
  try {
    return callAny(call, environment);
  } catch (problem) {
    throw problem instanceof RangeError ? recursionStop(call, environment) : problem;
  }
}

function callAny(call: Call, environment: Environment): Value {
  const definition = definitionOf(environment.program.functions, call.function);
  return environment.call(definition, argumentValues(call, environment), environment);
}

function argumentValues(call: Call, environment: Environment): readonly Value[] {
  const { parameters } = call.function;
  return call.arguments.map((argument, i) => convertTo(parameters[i]!.type, evaluate(argument, environment)));
}

function recursionStop({ function: { name }, span }: Call, { clock }: Environment): RunStop {
  return executionStop(`${name} calls itself more than ${DEEPEST_CALL} times`, clock, span);
}
