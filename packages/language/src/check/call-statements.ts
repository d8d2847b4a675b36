import type { Span } from '@nestml/diagnostics';
import type { Expression } from '../model/expressions.ts';
import type { PrintStatement, Statement } from '../model/statements.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import type { CallSyntax, ExpressionSyntax, StringSyntax, VariableSyntax } from '../syntax/expressions.ts';
import type { CallStatementSyntax } from '../syntax/tree.ts';
import { checkArguments, hasRightCount, reportUndefinedFunction } from './calls.ts';
import { errorExpression, quote } from './context.ts';
import { checkExpression } from './expressions.ts';
import { checkVariable, isExplainedElsewhere } from './names.ts';
import { predefinedFunctions } from './predefined-functions.ts';
import { lookUp, namesIn } from './scope.ts';
import type { StatementContext } from './statements.ts';
import { surround } from './text-edits.ts';
import { toNumberIn } from './unify.ts';
import { describeType, hasDimension, isNumeric } from './value-types.ts';

/** A call for its effect. */
export function checkCallStatement(
  syntax: CallStatementSyntax,
  context: StatementContext,
): readonly Statement[] {
  const { call, span } = syntax;
  const { text: name } = call.callee;
  const own = context.model.functions.get(name);
  if (own !== undefined) {
    const values = checkArguments(call, own, context);
    return values === undefined ? [] : [{ kind: 'call', function: own, arguments: values, span }];
  }
  const known = predefinedFunctions.get(name);
  if (known === undefined) {
    reportUndefinedFunction(call, lookUp(context.scope, name) !== undefined, context);
    return [];
  }
  if (known.form !== 'statement') {
    const value = checkExpression(call, context);
    if (value.type.kind !== 'error') context.model.report('unused-result', span, { name });
    return [];
  }
  if (!hasRightCount(call, known, context)) return [];
  switch (name) {
    case 'integrate_odes':
      return [checkIntegrate(call, context)];
    case 'emit_spike':
      return [checkEmitSpike(call, context)];
    case 'print':
    case 'println':
    case 'info':
    case 'warning':
      return checkPrint(name, call, context);
    default:
      return [];
  }
}

function checkEmitSpike(call: CallSyntax, context: StatementContext): Statement {
  const { span } = call;
  const argument = call.arguments[0];
  if (argument === undefined) return { kind: 'emitSpike', span };
  const weight = checkExpression(argument, context);
  if (weight.type.kind !== 'error' && !isNumeric(weight.type)) {
    context.model.report('type-mismatch', weight.span, {
      expression: quote(context.model.source, weight.span),
      found: describeType(weight.type),
      target: 'the weight of `emit_spike`',
      expected: 'a number',
    });
    return { kind: 'emitSpike', weight: errorExpression(weight.span), span };
  }
  const { type } = weight;
  return { kind: 'emitSpike', weight: hasDimension(type) ? toNumberIn(weight, type.unit) : weight, span };
}

/** `integrate_odes(…)`: plain names of variables. One without an ODE stays constant anyway. */
function checkIntegrate(call: CallSyntax, context: StatementContext): Statement {
  const { span } = call;
  const { equationVariables: all } = context;
  if (call.arguments.length === 0) return { kind: 'integrate', variables: all, isAll: true, span };
  const chosen = new Set(call.arguments.map((argument) => integratedVariable(argument, context)));
  return { kind: 'integrate', variables: all.filter((variable) => chosen.has(variable)), isAll: false, span };
}

function integratedVariable(
  argument: ExpressionSyntax,
  context: StatementContext,
): VariableSymbol | undefined {
  const { model } = context;
  if (argument.kind === 'missing') return undefined;
  if (argument.kind !== 'variable') {
    model.report('integrate-argument', argument.span, {
      argument: quote(model.source, argument.span),
      isPrimed: false,
    });
    return undefined;
  }
  const { text } = argument.name;
  const entry = lookUp(context.scope, text);
  if (entry === undefined) {
    reportUnknownIntegrated(argument, context);
    return undefined;
  }
  const symbol = entry.kind === 'variable' ? entry.orders.get(0) : undefined;
  // A derivative of it is declared, and its equation has been told to lack the variable.
  if (entry.kind === 'variable' && symbol === undefined && isExplainedElsewhere(text, model))
    return undefined;
  if (symbol === undefined || symbol.role !== 'state' || argument.order > 0 || argument.index !== undefined) {
    reportIntegrated(argument, symbol?.role === 'state', context);
    return undefined;
  }
  if (!model.equationOrders.has(text) && !model.damagedNames.has(text))
    model.report('integrate-without-equation', argument.span, { name: text });
  return symbol;
}

function reportIntegrated(argument: VariableSyntax, isState: boolean, context: StatementContext): void {
  const { model } = context;
  const isPrimed = isState && argument.order > 0 && argument.index === undefined;
  const { text, span } = argument.name;
  const fixes = isPrimed
    ? [
        {
          title: `Write \`${text}\``,
          edits: [{ span: { start: span.end, end: argument.span.end }, text: '' }],
        },
      ]
    : [];
  model.report(
    'integrate-argument',
    argument.span,
    { argument: quote(model.source, argument.span), isPrimed },
    { fixes },
  );
}

function reportUnknownIntegrated(argument: VariableSyntax, context: StatementContext): void {
  const { model, equationVariables } = context;
  const { text, span } = argument.name;
  if (isExplainedElsewhere(text, model)) return;
  const names = equationVariables.map((variable) => variable.name);
  const { suggestion, fixes } = model.suggestions.closest(text, span, names);
  const parameters = { name: text, suggestion, isFunction: false, isBehindSlashes: false };
  model.report('undefined-name', span, parameters, { fixes });
}

function checkPrint(
  channel: PrintStatement['channel'],
  call: CallSyntax,
  context: StatementContext,
): readonly Statement[] {
  const { span } = call;
  const argument = call.arguments[0]!;
  if (argument.kind === 'string') {
    return [{ kind: 'print', channel, pieces: piecesOf(argument, context), span }];
  }
  const text = checkExpression(argument, context);
  if (text.type.kind === 'string') return [{ kind: 'print', channel, pieces: [text], span }];
  if (text.type.kind !== 'error') {
    const edits = surround(text.span, '"{', '}"');
    const fixes = text.kind === 'variable' ? [{ title: 'Write a text with the value', edits }] : [];
    const parameters = { function: channel, type: describeType(text.type) };
    context.model.report('print-argument', text.span, parameters, { fixes });
  }
  return [];
}

/** The literal pieces of a text and the values of its places, in turn: `{name}`, `{name[index]}` or `{name'}`. */
function piecesOf(text: StringSyntax, context: StatementContext): readonly (string | Expression)[] {
  const pieces: (string | Expression)[] = [];
  let end = 0;
  for (const match of text.value.matchAll(/\{([^{}]*)\}/g)) {
    if (match.index > end) pieces.push(text.value.slice(end, match.index));
    const start = text.span.start + 1 + match.index + 1;
    pieces.push(placeValue(match[1]!, { start, end: start + match[1]!.length }, context));
    end = match.index + match[0].length;
  }
  if (end < text.value.length || pieces.length === 0) pieces.push(text.value.slice(end));
  return pieces;
}

function placeValue(place: string, span: Span, context: StatementContext): Expression {
  const parts = /^([A-Za-z_]\w*)(?:\[(\d+|[A-Za-z_]\w*)\])?('*)$/.exec(place);
  if (parts === null) {
    context.model.report('print-place', span, { place });
    return errorExpression(span);
  }
  const [, name = '', index, primes = ''] = parts;
  const nameSpan = { start: span.start, end: span.start + name.length };
  const syntax: VariableSyntax = {
    kind: 'variable',
    span,
    name: { text: name, span: nameSpan },
    order: primes.length,
    ...(index === undefined ? {} : { index: indexSyntax(index, nameSpan.end + 1) }),
  };
  if (lookUp(context.scope, name) !== undefined) return checkVariable(syntax, context);
  if (!isExplainedElsewhere(name, context.model)) {
    const { suggestion, fixes } = context.model.suggestions.closest(name, nameSpan, namesIn(context.scope));
    const parameters = { name, suggestion, isFunction: false, isBehindSlashes: false };
    context.model.report('undefined-name', nameSpan, parameters, { fixes });
  }
  return errorExpression(span);
}

function indexSyntax(text: string, start: number): ExpressionSyntax {
  const span = { start, end: start + text.length };
  return /^\d/.test(text)
    ? { kind: 'number', span, text, value: Number(text), isInteger: true }
    : { kind: 'variable', span, name: { text, span }, order: 0 };
}
