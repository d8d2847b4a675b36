import type { Span } from '@nestml/diagnostics';
import { isUnitName } from '@nestml/units';
import { isExpression, type SyntaxNode, visitChildren } from '../syntax/children.ts';
import type { ExpressionSyntax, ProductSyntax } from '../syntax/expressions.ts';
import type { ModelSyntax } from '../syntax/tree.ts';

const predefined: readonly string[] = ['t', 'e', 'pi'];

/** The names that some line of a model declares, and the predefined ones: behind a number they are variables, no units. */
export function declaredNames(model: ModelSyntax): ReadonlySet<string> {
  const names = new Set(predefined);
  const visit = (node: SyntaxNode): void => {
    if (isExpression(node)) return;
    switch (node.kind) {
      case 'declaration':
        for (const { name } of node.variables) names.add(name.text);
        break;
      case 'inline':
      case 'port':
        names.add(node.name.text);
        break;
      case 'kernel':
        for (const { target } of node.definitions) names.add(target.name.text);
        break;
      case 'ode':
        names.add(node.target.name.text);
        break;
      case 'function':
        for (const { name } of node.parameters) names.add(name.text);
        break;
      case 'for':
        names.add(node.variable.text);
        break;
      default:
    }
    visitChildren(node, visit);
  };
  visit(model);
  return names;
}

/**
 * The units in a product that continue behind a number, as in `3 nS/ms * x`: from the unit to the last name that belongs to it. The syntax
 * has `ms` as a factor of its own, since it may be a variable.
 */
export function unitChainsIn(product: ProductSyntax, names: ReadonlySet<string>): readonly Span[] {
  const chains: Span[] = [];
  let start = unitStart(product.first);
  let end: number | undefined;
  const finish = () => {
    if (start !== undefined && end !== undefined) chains.push({ start, end });
  };
  for (const { operator, operand } of product.rest) {
    if (start !== undefined && isUnit(operand, operator, names)) {
      end = operand.span.end;
      continue;
    }
    finish();
    start = unitStart(operand);
    end = undefined;
  }
  finish();
  return chains;
}

/** Where the unit of a number begins, signs aside. */
function unitStart(expression: ExpressionSyntax): number | undefined {
  if (expression.kind === 'unary') return unitStart(expression.operand);
  return expression.kind === 'number' ? expression.unit?.span.start : undefined;
}

/** Units of one letter that continue a unit, as the checker has it; `m` and others are more often names, but behind `/` a metre may stand. */
const letters: ReadonlySet<string> = new Set(['V', 'A', 'S', 'F', 's', 'C', 'K', 'J', 'W']);

function isUnitOfChain(name: string, operator: Operator): boolean {
  if (name.length > 1) return isUnitName(name);
  return letters.has(name) || (operator === '/' && name === 'm');
}

type Operator = ProductSyntax['rest'][number]['operator'];

/** Whether a factor can only be a unit: a name that is no variable, or a product of such in parentheses, perhaps with a power. */
function isUnit(factor: ExpressionSyntax, operator: Operator, names: ReadonlySet<string>): boolean {
  if (operator !== '*' && operator !== '/') return false;
  switch (factor.kind) {
    case 'variable': {
      const { index, order, name } = factor;
      return (
        index === undefined && order === 0 && !names.has(name.text) && isUnitOfChain(name.text, operator)
      );
    }
    case 'parenthesised':
      return isUnit(factor.inner, operator, names);
    case 'product':
      return (
        isUnit(factor.first, operator, names) &&
        factor.rest.every((inner) => isUnit(inner.operand, inner.operator, names))
      );
    case 'power':
      return isUnit(factor.base, operator, names) && isConstant(factor.exponent);
    default:
      return false;
  }
}

/** Whether an exponent is a number or a fraction. */
function isConstant(exponent: ExpressionSyntax): boolean {
  switch (exponent.kind) {
    case 'number':
      return exponent.unit === undefined;
    case 'unary':
      return isConstant(exponent.operand);
    case 'parenthesised':
      return isConstant(exponent.inner);
    case 'product':
      return isConstant(exponent.first) && exponent.rest.every(({ operand }) => isConstant(operand));
    default:
      return false;
  }
}
