import { unreachable } from '@nestml/diagnostics';
import { toCanonical } from '@nestml/units';
import type { Expression } from '../model/expressions.ts';
import type { ExpressionSyntax, NumberSyntax } from '../syntax/expressions.ts';
import { checkCall } from './calls.ts';
import { reportPowerOfUnit } from './changed-readings.ts';
import { checkConditional } from './conditionals.ts';
import { declarationsOf, type ExpressionContext, errorExpression, quote } from './context.ts';
import { checkBits, checkComparison, checkLogical, checkNot } from './logic.ts';
import { checkVariable } from './names.ts';
import { checkPower } from './powers.ts';
import { checkProduct } from './products.ts';
import { lookUp } from './scope.ts';
import { checkSum } from './sums.ts';
import { BOOLEAN, computedType, describeType, INTEGER, isNumeric, REAL, STRING } from './value-types.ts';

/** Binds the names of an expression and gives it a type. What is wrong is reported; the result then has the error type. */
export function checkExpression(syntax: ExpressionSyntax, context: ExpressionContext): Expression {
  const { span } = syntax;
  switch (syntax.kind) {
    case 'number':
      return checkNumber(syntax, context);
    case 'boolean':
      return { kind: 'constant', value: syntax.value, type: BOOLEAN, span };
    case 'string':
      return { kind: 'constant', value: syntax.value, type: STRING, span };
    case 'infinity':
      return { kind: 'constant', value: Number.POSITIVE_INFINITY, type: REAL, span };
    case 'variable':
      return checkVariable(syntax, context);
    case 'call':
      return checkCall(syntax, context);
    case 'parenthesised':
      return { ...checkExpression(syntax.inner, context), span };
    case 'unary':
      return checkUnary(syntax, context);
    case 'power':
      return checkPower(syntax, context);
    case 'product':
      return checkProduct(syntax, context);
    case 'sum':
      return checkSum(syntax, context);
    case 'bit':
      return checkBits(syntax, context);
    case 'comparison':
      return checkComparison(syntax, context);
    case 'not':
      return checkNot(syntax, context);
    case 'logical':
      return checkLogical(syntax, context);
    case 'conditional':
      return checkConditional(syntax, context);
    case 'missing':
      return errorExpression(span);
    default:
      return unreachable(syntax);
  }
}

/** Larger integers do not fit into the 32 bits that an integer variable has. */
const LARGEST_INTEGER = 2 ** 31 - 1;

function checkNumber(syntax: NumberSyntax, context: ExpressionContext): Expression {
  const { span, value, unit: unitSyntax } = syntax;
  if (unitSyntax === undefined) {
    const isInteger = syntax.isInteger && value <= LARGEST_INTEGER;
    return { kind: 'constant', value, type: isInteger ? INTEGER : REAL, span };
  }
  const { model, scope } = context;
  const name = /^[A-Za-z_$][\w$]*/.exec(unitSyntax.text)?.[0];
  const isVariable = name !== undefined && lookUp(scope, name) !== undefined;
  const hint = isVariable
    ? `; \`${name}\` is a variable: a product is written \`${syntax.text} * ${name}\``
    : '';
  const unit = model.units.read(unitSyntax, hint);
  if (unit === undefined) return errorExpression(span);
  if (isVariable) {
    const nameSpan = { start: unitSyntax.span.start, end: unitSyntax.span.start + name.length };
    if (!model.damagedNames.has(name))
      model.report('unit-shadows-variable', nameSpan, { name, number: syntax.text });
  }
  reportPowerOfUnit(syntax, context);
  return { kind: 'constant', value: toCanonical(value, unit), type: computedType(unit), span };
}

function checkUnary(
  syntax: Extract<ExpressionSyntax, { readonly kind: 'unary' }>,
  context: ExpressionContext,
): Expression {
  const { operator, span } = syntax;
  const operand = checkExpression(syntax.operand, context);
  const { type } = operand;
  if (type.kind === 'error') return operand;
  const isFit = operator === '~' ? type.kind === 'integer' : isNumeric(type);
  if (!isFit) {
    context.model.report(
      'operand-type',
      span,
      {
        operator,
        operand: quote(context.model.source, operand.span),
        type: describeType(type),
        expected: operator === '~' ? 'an integer' : 'a number',
      },
      declarationsOf(operand),
    );
    return errorExpression(span);
  }
  if (operator === '~') return { kind: 'bitNot', operand, type, span };
  return operator === '-' ? { kind: 'negation', operand, type, span } : { ...operand, span };
}
