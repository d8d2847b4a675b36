import { fromCanonical, toCanonical } from '@nestml/units';
import type { BuiltinExpression, Expression, ProductExpression } from '../model/expressions.ts';
import { applyFactor, compareValues } from '../model/operators.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import type { ModelDraft } from './model-draft.ts';

/** Longer chains of values that depend on each other are not followed: they would not fit into the stack of calls. */
const longestChain = 100;

/** A number in canonical units, or a truth value. */
type Value = number | boolean;

/** The value of an expression before the model runs; undefined where it depends on anything but declared initial values. */
export type ConstantEvaluator = (expression: Expression) => Value | undefined;

/** Evaluates expressions over the declared values of parameters, internals and states of a model. */
export function createConstantEvaluator({
  parameters,
  internals,
  states,
}: Pick<ModelDraft, 'parameters' | 'internals' | 'states'>): ConstantEvaluator {
  const declared = new Map(
    [...parameters, ...internals, ...states].map(({ symbol, value }) => [symbol, value]),
  );
  const known = new Map<VariableSymbol, Value | undefined>();
  let depth = 0;
  const lookUpValue = (symbol: VariableSymbol): Value | undefined => {
    if (known.has(symbol)) return known.get(symbol);
    // While its own value is being found, a variable in a circle has none.
    known.set(symbol, undefined);
    const value = declared.get(symbol);
    if (value === undefined || value.type.kind === 'error' || depth >= longestChain) return undefined;
    depth += 1;
    const result = evaluate(value, lookUpValue);
    depth -= 1;
    known.set(symbol, result);
    return result;
  };
  return (expression) => evaluate(expression, lookUpValue);
}

type ValueLookup = (symbol: VariableSymbol) => Value | undefined;

function evaluate(expression: Expression, lookUpValue: ValueLookup): Value | undefined {
  const number = (part: Expression) => {
    const value = evaluate(part, lookUpValue);
    return typeof value === 'number' ? value : undefined;
  };
  switch (expression.kind) {
    case 'constant':
      return typeof expression.value === 'string' ? undefined : expression.value;
    case 'variable':
      return expression.index === undefined ? lookUpValue(expression.symbol) : undefined;
    case 'negation':
      return combine([number(expression.operand)], ([value]) => -value!);
    case 'inUnit': {
      const { unit, direction } = expression;
      const convert = direction === 'toNumber' ? fromCanonical : toCanonical;
      return combine([number(expression.operand)], ([value]) => convert(value!, unit));
    }
    case 'sum': {
      const { terms } = expression;
      return combine(
        terms.map(({ operand }) => number(operand)),
        (values) => values.reduce((total, value, index) => total + terms[index]!.sign * value, 0),
      );
    }
    case 'product':
      return combine(
        expression.factors.map(({ operand }) => number(operand)),
        (values) => multiplyFactors(expression, values),
      );
    case 'power':
      return combine(
        [number(expression.base), number(expression.exponent)],
        ([base, exponent]) => base! ** exponent!,
      );
    case 'comparison':
      return combine([number(expression.left), number(expression.right)], ([left, right]) =>
        compareValues(left!, expression.operator, right!),
      );
    case 'not': {
      const value = evaluate(expression.operand, lookUpValue);
      return typeof value === 'boolean' ? !value : undefined;
    }
    case 'logical':
      return evaluateLogical(
        expression.operator,
        expression.operands.map((operand) => evaluate(operand, lookUpValue)),
      );
    case 'conditional': {
      const condition = evaluate(expression.condition, lookUpValue);
      if (typeof condition !== 'boolean') return undefined;
      return evaluate(condition ? expression.whenTrue : expression.whenFalse, lookUpValue);
    }
    case 'builtin': {
      const compute = functions.get(expression.name);
      return compute === undefined ? undefined : combine(expression.arguments.map(number), compute);
    }
    default:
      return undefined;
  }
}

/** Functions without dependence on the run. */
const functions: ReadonlyMap<BuiltinExpression['name'], (values: readonly number[]) => number> = new Map([
  ['min', (values) => Math.min(...values)],
  ['max', (values) => Math.max(...values)],
  ['clip', ([x, low, high]) => Math.min(Math.max(x!, low!), high!)],
  ['abs', ([x]) => Math.abs(x!)],
  ['exp', ([x]) => Math.exp(x!)],
  ['ln', ([x]) => Math.log(x!)],
]);

function combine<T extends Value>(
  values: readonly (number | undefined)[],
  compute: (values: readonly number[]) => T,
): T | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? compute(known) : undefined;
}

function multiplyFactors({ factors }: ProductExpression, values: readonly number[]): number {
  return values.reduce((total, value, index) => applyFactor(total, factors[index]!.operator, value), 1);
}

/** One operand can decide, whatever the others are. */
function evaluateLogical(
  operator: 'and' | 'or',
  values: readonly (Value | undefined)[],
): boolean | undefined {
  const deciding = operator === 'or';
  if (values.includes(deciding)) return deciding;
  return values.every((value) => typeof value === 'boolean') ? !deciding : undefined;
}
