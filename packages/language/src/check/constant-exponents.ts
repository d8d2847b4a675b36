import {
  add,
  isExponentInRange,
  isZero,
  multiply,
  negate,
  type Rational,
  rational,
  rationalFromNumber,
} from '@nestml/units';
import type { Expression, ProductExpression } from '../model/expressions.ts';
import type { ExpressionSyntax } from '../syntax/expressions.ts';
import type { ModelContext } from './context.ts';
import { hasDimension } from './value-types.ts';

/** Internals that are defined by others are followed this far; a circle ends here too, and is reported elsewhere. */
const longestChain = 20;

/**
 * The exact value of an expression of number literals and of internals that consist of such. Parameters can be set from outside, so that they are
 * not constant.
 */
export function constantRational(expression: Expression, model: ModelContext): Rational | undefined {
  return inRange(evaluateConstant(expression, model));
}

function inRange(value: Rational | undefined): Rational | undefined {
  return value !== undefined && isExponentInRange(value) ? value : undefined;
}

function evaluateConstant(expression: Expression, model: ModelContext): Rational | undefined {
  switch (expression.kind) {
    case 'constant':
      return typeof expression.value === 'number' && !hasDimension(expression.type)
        ? rationalFromNumber(expression.value)
        : undefined;
    case 'variable': {
      const { symbol } = expression;
      const value = symbol.role === 'internal' ? model.internalValues.get(symbol.name) : undefined;
      const isNumber = symbol.type.kind === 'integer' || symbol.type.kind === 'real';
      return isNumber && value !== undefined
        ? inRange(evaluateSyntax(value, model, longestChain))
        : undefined;
    }
    case 'negation': {
      const operand = constantRational(expression.operand, model);
      return operand === undefined ? undefined : negate(operand);
    }
    case 'sum':
      return addTerms(
        expression.terms.map(({ sign, operand }) => ({ sign, value: constantRational(operand, model) })),
      );
    case 'product':
      return multiplyAll(
        expression.factors.map(({ operator, operand }) => ({
          operator,
          value: constantRational(operand, model),
        })),
      );
    default:
      return undefined;
  }
}

/** The value of an internal, from its text: it may be declared further down and not be checked yet. */
function evaluateSyntax(syntax: ExpressionSyntax, model: ModelContext, depth: number): Rational | undefined {
  if (depth === 0) return undefined;
  const value = (part: ExpressionSyntax) => inRange(evaluateSyntax(part, model, depth - 1));
  switch (syntax.kind) {
    case 'number':
      return syntax.unit === undefined ? rationalFromNumber(syntax.value) : undefined;
    case 'parenthesised':
      return value(syntax.inner);
    case 'unary': {
      const operand = syntax.operator === '~' ? undefined : value(syntax.operand);
      return operand === undefined || syntax.operator === '+' ? operand : negate(operand);
    }
    case 'variable': {
      const internal = model.internalValues.get(syntax.name.text);
      const isPlain = syntax.order === 0 && syntax.index === undefined;
      return isPlain && internal !== undefined ? value(internal) : undefined;
    }
    case 'sum':
      return addTerms([
        { sign: 1, value: value(syntax.first) },
        ...syntax.rest.map(({ operator, operand }) => ({
          sign: operator === '+' ? (1 as const) : (-1 as const),
          value: value(operand),
        })),
      ]);
    case 'product':
      return multiplyAll([
        { operator: '*', value: value(syntax.first) },
        ...syntax.rest.map(({ operator, operand }) => ({ operator, value: value(operand) })),
      ]);
    default:
      return undefined;
  }
}

function addTerms(
  terms: readonly { readonly sign: 1 | -1; readonly value: Rational | undefined }[],
): Rational | undefined {
  return fold(terms, (total, { sign }, value) => add(total, sign === 1 ? value : negate(value)), rational(0));
}

function multiplyAll(
  factors: readonly {
    readonly operator: ProductExpression['factors'][number]['operator'];
    readonly value: Rational | undefined;
  }[],
): Rational | undefined {
  return fold(
    factors,
    (total, { operator }, value) => applyConstantFactor(total, operator, value),
    rational(1),
  );
}

function fold<T extends { readonly value: Rational | undefined }>(
  items: readonly T[],
  combine: (total: Rational, item: T, value: Rational) => Rational | undefined,
  start: Rational,
): Rational | undefined {
  let total: Rational | undefined = start;
  for (const item of items) {
    if (total === undefined || item.value === undefined) return undefined;
    total = combine(total, item, item.value);
    if (total !== undefined && !isExponentInRange(total)) return undefined;
  }
  return total;
}

function applyConstantFactor(
  total: Rational,
  operator: ProductExpression['factors'][number]['operator'],
  value: Rational,
): Rational | undefined {
  if (operator === '*') return multiply(total, value);
  if (operator !== '/' || isZero(value)) return undefined;
  return multiply(total, rational(value.denominator, value.numerator));
}
