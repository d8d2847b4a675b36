import type { Expression } from '@nestml/language';

/** The operands of an expression, in the order of the text. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'constant':
    case 'time':
      return [];
    case 'variable':
    case 'port':
    case 'convolve':
      return expression.index === undefined ? [] : [expression.index];
    case 'delayed':
      return [expression.delay];
    case 'negation':
    case 'bitNot':
    case 'not':
    case 'inUnit':
      return [expression.operand];
    case 'sum':
      return expression.terms.map(({ operand }) => operand);
    case 'product':
      return expression.factors.map(({ operand }) => operand);
    case 'power':
      return [expression.base, expression.exponent];
    case 'bit':
    case 'comparison':
      return [expression.left, expression.right];
    case 'logical':
      return expression.operands;
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'builtin':
    case 'functionCall':
      return expression.arguments;
    default:
      return expression satisfies never;
  }
}

/** Whether `holds` is true of the expression or of anything inside it; inlines are not looked into. */
export function someSubExpression(
  expression: Expression,
  holds: (expression: Expression) => boolean,
): boolean {
  return holds(expression) || operandsOf(expression).some((operand) => someSubExpression(operand, holds));
}

/** The expression and everything inside it. */
export function subExpressions(expression: Expression): readonly Expression[] {
  return [expression, ...operandsOf(expression).flatMap(subExpressions)];
}
