import type { Span } from '@nestml/diagnostics';
import { isInteger, toNumber } from '@nestml/units';
import type { Expression } from '../model/expressions.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import type { ExpressionSyntax, VariableSyntax } from '../syntax/expressions.ts';
import { constantRational } from './constant-exponents.ts';
import { declarationsOf, type ExpressionContext, errorExpression, type ModelContext } from './context.ts';
import { checkExpression } from './expressions.ts';
import { predefinedFunctions } from './predefined-functions.ts';
import { findUpcoming, lookUp, namesIn } from './scope.ts';
import { type NameSuggestion, writeWord } from './suggestions.ts';
import { describeType, REAL, TIME } from './value-types.ts';

/** The meaning of a name in an expression. */
export function checkVariable(syntax: VariableSyntax, context: ExpressionContext): Expression {
  const { span, name } = syntax;
  const entry = lookUp(context.scope, name.text);
  if (entry === undefined) {
    reportUndefinedName(syntax, context);
    return errorExpression(span);
  }
  switch (entry.kind) {
    case 'variable': {
      const symbol = entry.orders.get(syntax.order);
      if (symbol === undefined) {
        const orders = [...entry.orders.values()];
        reportUnknownDerivative(syntax, orders, context);
        return errorExpression(span);
      }
      return useVariable(syntax, symbol, context);
    }
    case 'port': {
      if (refusePrimes(syntax, context)) return errorExpression(span);
      const { port } = entry;
      const element = checkElement(syntax, port, context);
      if (element === undefined) return errorExpression(span);
      return { kind: 'port', port, ...element, type: port.type, span };
    }
    case 'kernel':
      reportKernel(syntax, context);
      return errorExpression(span);
    case 'constant':
      if (refusePrimes(syntax, context) || refuseIndex(syntax, context)) return errorExpression(span);
      return { kind: 'constant', value: entry.value, type: REAL, span };
    case 'time':
      if (refusePrimes(syntax, context) || refuseIndex(syntax, context)) return errorExpression(span);
      return { kind: 'time', type: TIME, span };
    default:
      return entry satisfies never;
  }
}

/** Reports a kernel that is used as a value; with one spike port alone, it is clear what to convolve it with. */
function reportKernel({ name, span }: VariableSyntax, { model, scope, region }: ExpressionContext): void {
  const entries = [...model.scope.entries.values()];
  const ports = entries.flatMap((entry) =>
    entry.kind === 'port' && entry.port.signal === 'spike' ? [entry.port] : [],
  );
  const only = ports.length === 1 && ports[0]!.size === undefined ? ports[0]! : undefined;
  const isPlace = region === 'equation' || region === 'inline';
  const isKnown = only !== undefined && isPlace && lookUp(scope, only.name) !== undefined;
  const fixes = isKnown ? [writeWord(`convolve(${name.text}, ${only.name})`, span)] : [];
  model.report('kernel-outside-convolve', span, { kernel: name.text }, { fixes });
}

function useVariable(syntax: VariableSyntax, symbol: VariableSymbol, context: ExpressionContext): Expression {
  const { span } = syntax;
  const { inline, model } = context;
  if (symbol.role === 'inline' && inline !== undefined && symbol.declared.start >= inline.declared.start) {
    const related = [{ message: `\`${symbol.name}\` is declared here`, span: symbol.declared }];
    model.report(
      'used-before-declaration',
      span,
      { name: symbol.name, isSelf: symbol === inline },
      { related },
    );
    return errorExpression(span);
  }
  if (symbol.type.kind === 'error') return errorExpression(span);
  const element = checkElement(syntax, symbol, context);
  if (element === undefined) return errorExpression(span);
  return { kind: 'variable', symbol, ...element, type: symbol.type, span };
}

/** Reports a derivative that is no variable, such as `V_m'` where `V_m` has an equation of first order. */
export function reportUnknownDerivative(
  syntax: VariableSyntax,
  orders: readonly VariableSymbol[],
  context: ExpressionContext,
): void {
  const lowest = orders[0];
  const { text } = syntax.name;
  const { model } = context;
  // Below the order of the equation, the equation has been told to lack this state.
  const isMissingState = syntax.order < (model.equationOrders.get(text) ?? 0);
  if (isMissingState || model.damagedNames.has(text)) return;
  context.model.report(
    'undefined-derivative',
    syntax.span,
    {
      derivative: `${syntax.name.text}${"'".repeat(syntax.order)}`,
      isState: lowest?.role === 'state' || lowest?.role === 'kernelState',
    },
    lowest === undefined
      ? {}
      : { related: [{ message: `\`${lowest.writtenName}\` is declared here`, span: lowest.declared }] },
  );
}

function refusePrimes(syntax: VariableSyntax, context: ExpressionContext): boolean {
  if (syntax.order === 0) return false;
  reportUnknownDerivative(syntax, [], context);
  return true;
}

function refuseIndex(syntax: VariableSyntax, context: ExpressionContext): boolean {
  if (syntax.index === undefined) return false;
  context.model.report('index-of-scalar', syntax.span, { name: syntax.name.text });
  return true;
}

/** What has elements: a variable or a port. */
interface Indexable {
  readonly name: string;
  readonly size?: Expression;
  readonly declared: Span;
}

/**
 * The element that a use names: with an index if the thing is a vector. Undefined after a message about a missing,
 * superfluous or wrong index.
 */
export function checkElement(
  syntax: VariableSyntax,
  thing: Indexable,
  context: ExpressionContext,
): { readonly index?: Expression } | undefined {
  const { size, name, declared } = thing;
  if (syntax.index === undefined) {
    if (size === undefined) return {};
    const related = [{ message: `\`${name}\` is declared here as a vector`, span: declared }];
    context.model.report('vector-as-scalar', syntax.span, { name }, { related });
    return undefined;
  }
  if (size === undefined) {
    const related = [{ message: `\`${name}\` is declared here as a scalar`, span: declared }];
    context.model.report('index-of-scalar', syntax.span, { name }, { related });
    return undefined;
  }
  return checkIndex(syntax.index, size, thing, context);
}

function checkIndex(
  syntax: ExpressionSyntax,
  size: Expression,
  { name, declared }: Indexable,
  context: ExpressionContext,
): { readonly index: Expression } | undefined {
  const { model } = context;
  const index = checkExpression(syntax, context);
  if (index.type.kind === 'error') return undefined;
  if (index.type.kind !== 'integer') {
    model.report('index-not-integer', index.span, { type: describeType(index.type) }, declarationsOf(index));
    return undefined;
  }
  const position = constantInteger(index, model);
  const count = constantInteger(size, model);
  const isOutside = position !== undefined && (position < 0 || (count !== undefined && position >= count));
  if (!isOutside) return { index };
  const related = [{ message: `\`${name}\` is declared here`, span: declared }];
  model.report('index-out-of-range', index.span, { name, index: position, size: count }, { related });
  return undefined;
}

/** The value of an integer that consists of numbers and of internals that do; parameters can be set. */
function constantInteger(expression: Expression, model: ModelContext): number | undefined {
  const literal = constantNumber(expression);
  if (literal !== undefined) return literal;
  const value = constantRational(expression, model);
  return value !== undefined && isInteger(value) ? toNumber(value) : undefined;
}

/** The value of a number literal, with or without a minus sign. */
export function constantNumber(expression: Expression): number | undefined {
  if (expression.type.kind === 'error') return undefined;
  if (expression.kind === 'constant')
    return typeof expression.value === 'number' ? expression.value : undefined;
  if (expression.kind !== 'negation') return undefined;
  const value = constantNumber(expression.operand);
  return value === undefined ? undefined : -value;
}

/**
 * Whether nothing needs to be said about an undefined name: its declaration may be lost in a mistake of syntax, or an equation with it on
 * the left has been told to lack it.
 */
export function isExplainedElsewhere(name: string, model: ModelContext): boolean {
  return model.damagedNames.has(name) || model.equationOrders.has(name);
}

/** Reports a name that is neither variable nor unit, with the nearest name that is. */
export function reportUndefinedName(syntax: VariableSyntax, context: ExpressionContext): void {
  const { text, span } = syntax.name;
  const { model, scope } = context;
  if (isExplainedElsewhere(text, model)) return;
  const upcoming = findUpcoming(scope, text);
  if (upcoming !== undefined) {
    const related = [{ message: `\`${text}\` is declared here`, span: upcoming }];
    model.report('used-before-declaration', span, { name: text, isSelf: false }, { related });
    return;
  }
  const isFunction = model.functions.has(text) || predefinedFunctions.has(text);
  const { suggestion, fixes } = isFunction ? noSuggestion : suggestName(text, span, context);
  const isBehindSlashes = /\/\/\s*$/.test(model.source.text.slice(Math.max(0, span.start - 10), span.start));
  model.report('undefined-name', span, { name: text, suggestion, isFunction, isBehindSlashes }, { fixes });
}

const noSuggestion: NameSuggestion = { suggestion: undefined, fixes: [] };

/** Units that are often written in the wrong case. */
const usualUnits: readonly string[] = ['mV', 'ms', 'pA', 'nS', 'pF', 'MOhm', 'Hz'];

/** What other languages call what is predefined. */
const usualNames: ReadonlyMap<string, string> = new Map([
  ['dt', 'timestep()'],
  ['time', 't'],
]);

/** A variable that was probably meant, or a unit, or a function (which no fix writes, since its arguments are missing). */
function suggestName(
  text: string,
  span: Span,
  { model, scope, defining }: ExpressionContext,
): NameSuggestion {
  const { closest } = model.suggestions;
  const names = [...namesIn(scope)].filter((name) => name !== defining);
  const variable = closest(text, span, names);
  if (variable.fixes.some(({ isGuess }) => isGuess !== true)) return variable;
  const unit = usualUnits.find((name) => name.toLowerCase() === text.toLowerCase() && name !== text);
  if (unit !== undefined) return { suggestion: unit, fixes: [writeWord(`1 ${unit}`, span)] };
  if (variable.suggestion !== undefined) return variable;
  const usual = usualNames.get(text);
  if (usual !== undefined)
    return { suggestion: usual, fixes: [{ ...writeWord(usual, span), isGuess: true }] };
  const longer = names.filter((name) => name.startsWith(`${text}_`));
  if (longer.length === 1)
    return { suggestion: longer[0], fixes: [{ ...writeWord(longer[0]!, span), isGuess: true }] };
  if (longer.length > 1) return noSuggestion;
  const called = closest(text, span, [...model.functions.keys(), ...predefinedFunctions.keys()]);
  return { suggestion: called.suggestion, fixes: [] };
}
