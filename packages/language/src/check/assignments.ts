import type { Span } from '@nestml/diagnostics';
import type { Expression, VariableExpression } from '../model/expressions.ts';
import type { Statement } from '../model/statements.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import type { VariableSyntax } from '../syntax/expressions.ts';
import type { AssignmentSyntax, StatementSyntax } from '../syntax/tree.ts';
import { coerce, type Target } from './coerce.ts';
import { type ExpressionContext, quote } from './context.ts';
import { checkExpression } from './expressions.ts';
import { isUnitInUse } from './lone-units.ts';
import { checkElement, isExplainedElsewhere, reportUndefinedName, reportUnknownDerivative } from './names.ts';
import { declareLocalForPort } from './port-cures.ts';
import { combineFactors } from './products.ts';
import { findUpcoming, lookUp, namesIn, type ScopeEntry } from './scope.ts';
import { reportUndeclaredLocal, type Surroundings } from './undeclared-locals.ts';
import { describeType, isNumeric, REAL, STRING } from './value-types.ts';

/** Where an assignment stands. */
interface AssignmentContext extends ExpressionContext {
  /** The statements behind it; undefined inside a branch or a loop. */
  readonly following?: () => readonly StatementSyntax[];
  readonly around?: Surroundings;
}

/** `target = value`, and the compound forms. */
export function checkAssignment(syntax: AssignmentSyntax, context: AssignmentContext): readonly Statement[] {
  const value = checkExpression(syntax.value, context);
  const symbol = resolveTarget(syntax, value, context);
  if (symbol === undefined || symbol.type.kind === 'error') return [];
  const isWhole = syntax.target.index === undefined && syntax.operator === '=';
  const element = isWhole ? {} : checkElement(syntax.target, symbol, context);
  if (element === undefined) return [];
  const target: Target = { type: symbol.type, name: `\`${symbol.writtenName}\``, declared: symbol.declared };
  const current: VariableExpression = {
    kind: 'variable',
    symbol,
    ...element,
    type: symbol.type,
    span: syntax.target.span,
  };
  const result = coerce(applyOperator(syntax, current, value, target, context), target, context);
  return [{ kind: 'assign', target: symbol, ...element, value: result, span: syntax.span }];
}

/** `x += e` is `x = x + e`, and so on. */
function applyOperator(
  syntax: AssignmentSyntax,
  current: VariableExpression,
  value: Expression,
  target: Target,
  context: ExpressionContext,
): Expression {
  const { operator, span } = syntax;
  if (operator === '=' || value.type.kind === 'error' || current.type.kind === 'error') return value;
  if (operator === '+=' && current.type.kind === 'string' && value.type.kind !== 'void') {
    const terms = [current, value].map((operand) => ({ sign: 1 as const, operand }));
    return { kind: 'sum', terms, type: STRING, span };
  }
  if (!isNumeric(current.type)) {
    context.model.report('operand-type', syntax.target.span, {
      operator,
      operand: quote(context.model.source, syntax.target.span),
      type: describeType(current.type),
      expected: 'a number',
    });
    return { ...value, type: { kind: 'error' } };
  }
  switch (operator) {
    case '+=':
    case '-=':
      return addTo(current, operator === '+=' ? 1 : -1, value, target, context);
    case '*=':
    case '/=':
    case '//=': {
      const factors = [
        { operator: '*', operand: current },
        { operator: operator === '*=' ? '*' : operator === '/=' ? '/' : '//', operand: value },
      ] as const;
      return combineFactors(factors, span, context);
    }
    default:
      return operator satisfies never;
  }
}

function addTo(
  current: VariableExpression,
  sign: 1 | -1,
  value: Expression,
  target: Target,
  context: ExpressionContext,
): Expression {
  const isInteger = current.type.kind === 'integer';
  const summand = coerce(
    value,
    isInteger ? { ...target, type: REAL } : { ...target, numbers: 'compat' },
    context,
  );
  const staysInteger = isInteger && summand.type.kind === 'integer';
  const sumType = isInteger && !staysInteger ? REAL : current.type;
  return {
    kind: 'sum',
    terms: [
      { sign: 1, operand: current },
      { sign, operand: summand },
    ],
    type: summand.type.kind === 'error' ? summand.type : sumType,
    span: { start: current.span.start, end: value.span.end },
  };
}

/** The variable that is assigned; undefined after a message, if it cannot be. */
function resolveTarget(
  syntax: AssignmentSyntax,
  value: Expression,
  context: AssignmentContext,
): VariableSymbol | undefined {
  const { target } = syntax;
  const entry = lookUp(context.scope, target.name.text);
  if (entry === undefined) {
    reportUnboundTarget(syntax, value, context);
    return undefined;
  }
  if (entry.kind !== 'variable') {
    refuseTarget(syntax, entry, context);
    return undefined;
  }
  const symbol = entry.orders.get(target.order);
  if (symbol === undefined) {
    reportUnknownDerivative(target, [...entry.orders.values()], context);
    return undefined;
  }
  if (symbol.role === 'local' || symbol.role === 'functionParameter') return symbol;
  if (symbol.role === 'state') {
    return refuseStateInFunction(symbol, target.span, context) ? undefined : symbol;
  }
  const what = {
    parameter: 'a parameter',
    internal: 'an internal',
    inline: 'an inline',
    kernelState: 'a kernel',
  };
  context.model.report(
    'invalid-assignment',
    target.span,
    { name: symbol.writtenName, what: what[symbol.role] },
    { related: [placeOfDeclaration(symbol)] },
  );
  return undefined;
}

/** Reports a state that a function would change; true if so. */
export function refuseStateInFunction(
  symbol: VariableSymbol,
  place: Span,
  { model, region }: ExpressionContext,
): boolean {
  if (symbol.role !== 'state' || region !== 'function') return false;
  const related = [placeOfDeclaration(symbol)];
  model.report('assignment-in-function', place, { name: symbol.writtenName }, { related });
  return true;
}

function placeOfDeclaration({ writtenName, declared }: VariableSymbol) {
  return { message: `\`${writtenName}\` is declared here`, span: declared };
}

function refuseTarget(
  syntax: AssignmentSyntax,
  entry: Exclude<ScopeEntry, { readonly kind: 'variable' }>,
  context: AssignmentContext,
): void {
  const { target } = syntax;
  const what = {
    port: 'an input port',
    kernel: 'a kernel',
    constant: 'a constant',
    time: 'the time',
  };
  const related =
    'declared' in entry
      ? [{ message: `\`${target.name.text}\` is declared here`, span: entry.declared }]
      : [];
  context.model.report(
    'invalid-assignment',
    target.span,
    { name: target.name.text, what: what[entry.kind] },
    { related, fixes: declareLocalForPort(syntax, entry, context) },
  );
}

function reportUnboundTarget(
  { target, operator }: AssignmentSyntax,
  value: Expression,
  context: AssignmentContext,
): void {
  if (isUnitInUse(target.name.text) && !context.model.damagedNames.has(target.name.text)) {
    context.model.report('invalid-assignment', target.span, { name: target.name.text, what: 'a unit' });
    return;
  }
  if (operator === '=' && declareInstead(target, value, context)) return;
  reportUndefinedName(target, context);
}

/** Reports an assignment that was probably meant as the declaration of a local: nothing has a similar name. */
function declareInstead(target: VariableSyntax, value: Expression, context: AssignmentContext): boolean {
  const { model, scope, around } = context;
  const { text, span } = target.name;
  const isPlain = target.index === undefined && target.order === 0;
  if (!isPlain || around === undefined || isExplainedElsewhere(text, model)) return false;
  if (findUpcoming(scope, text) !== undefined) return false;
  if (model.suggestions.closest(text, span, namesIn(scope)).suggestion !== undefined) return false;
  return reportUndeclaredLocal(target, value, context, around);
}
