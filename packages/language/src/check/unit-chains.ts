import type { ExpressionSyntax, NumberSyntax, ProductSyntax } from '../syntax/expressions.ts';
import type { ExpressionContext } from './context.ts';
import { isChainedUnit } from './lone-units.ts';

/** One factor of a product as written. */
export interface FactorSyntax {
  readonly operator: '*' | '/' | '//' | '%';
  readonly operand: ExpressionSyntax;
}

/**
 * The factors of a product after unit names have been given to the numbers before them: in `1 / 2 mV*ms` the literal is
 * `2 mV*ms`. A literal takes the factors that directly follow its unit, as long as they are units and no variables (rule D10).
 */
export function regroupUnitChains(
  product: ProductSyntax,
  context: ExpressionContext,
): readonly FactorSyntax[] {
  const factors: FactorSyntax[] = [];
  let current: FactorSyntax = { operator: '*', operand: product.first };
  let additions: string[] = [];
  let end = 0;
  const finish = () => {
    if (additions.length === 0) factors.push(current);
    else factors.push({ ...current, operand: extendLiteral(current.operand, additions.join(''), end) });
    additions = [];
  };
  for (const { operator, operand } of product.rest) {
    const isChain = (operator === '*' || operator === '/') && literalOf(current.operand)?.unit !== undefined;
    const unit = isChain ? unitFactorText(operand, operator, context) : undefined;
    if (unit === undefined) {
      finish();
      current = { operator, operand };
    } else {
      additions.push(operator, unit);
      end = operand.span.end;
    }
  }
  finish();
  return factors;
}

/** The number behind any signs. */
function literalOf(syntax: ExpressionSyntax): NumberSyntax | undefined {
  let inner = syntax;
  while (inner.kind === 'unary' && inner.operator !== '~') inner = inner.operand;
  return inner.kind === 'number' ? inner : undefined;
}

/** The same expression with more factors in the unit of its number. */
function extendLiteral(syntax: ExpressionSyntax, factors: string, end: number): ExpressionSyntax {
  const span = { start: syntax.span.start, end };
  if (syntax.kind === 'unary')
    return { ...syntax, span, operand: extendLiteral(syntax.operand, factors, end) };
  if (syntax.kind !== 'number' || syntax.unit === undefined) return syntax;
  const { unit } = syntax;
  const extended = { span: { start: unit.span.start, end }, text: unit.text + factors };
  return { ...syntax, span, unit: extended };
}

/**
 * The text of a factor that can only be a unit: a unit name that is no variable, or a product of such in parentheses, with an optional
 * constant power.
 */
function unitFactorText(
  syntax: ExpressionSyntax,
  operator: FactorSyntax['operator'],
  context: ExpressionContext,
): string | undefined {
  switch (syntax.kind) {
    case 'variable':
      return isChainedUnit(syntax, operator, context) ? syntax.name.text : undefined;
    case 'parenthesised': {
      const inner = unitProductText(syntax.inner, operator, context);
      return inner === undefined ? undefined : `(${inner})`;
    }
    case 'power': {
      const exponent = exponentText(syntax.exponent);
      const base = syntax.base.kind === 'power' ? undefined : unitFactorText(syntax.base, operator, context);
      return exponent === undefined || base === undefined ? undefined : `${base}**${exponent}`;
    }
    default:
      return undefined;
  }
}

/** The text between parentheses if it consists of units alone. */
function unitProductText(
  syntax: ExpressionSyntax,
  operator: FactorSyntax['operator'],
  context: ExpressionContext,
): string | undefined {
  if (syntax.kind !== 'product') return unitFactorText(syntax, operator, context);
  let text = unitFactorText(syntax.first, operator, context);
  for (const factor of syntax.rest) {
    const next = unitFactorText(factor.operand, operator, context);
    const isUnit = text !== undefined && next !== undefined && /^[*/]$/.test(factor.operator);
    text = isUnit ? `${text}${factor.operator}${next}` : undefined;
  }
  return text;
}

/** The exponent as the grammar of units writes it: an integer, a decimal number or a fraction in parentheses, with a sign. */
function exponentText(syntax: ExpressionSyntax): string | undefined {
  if (syntax.kind === 'number') return syntax.unit === undefined ? syntax.text : undefined;
  if (syntax.kind === 'unary' && syntax.operator === '-') {
    const text = exponentText(syntax.operand);
    return text === undefined || text.startsWith('-') ? undefined : `-${text}`;
  }
  if (syntax.kind !== 'parenthesised') return undefined;
  return fractionText(syntax.inner) ?? exponentText(syntax.inner);
}

function fractionText(syntax: ExpressionSyntax): string | undefined {
  if (syntax.kind !== 'product' || syntax.rest.length !== 1) return undefined;
  const { first } = syntax;
  const { operator, operand } = syntax.rest[0]!;
  const isFraction =
    operator === '/' &&
    first.kind === 'number' &&
    first.isInteger &&
    operand.kind === 'number' &&
    operand.isInteger;
  return isFraction && first.unit === undefined && operand.unit === undefined
    ? `(${first.text}/${operand.text})`
    : undefined;
}
