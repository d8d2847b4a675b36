import type { Fix, Span } from '@nestml/diagnostics';
import type { Equation, Inline } from '../model/checked-model.ts';
import type { Expression } from '../model/expressions.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import type { InlineSyntax, OdeSyntax } from '../syntax/tree.ts';
import { coerce } from './coerce.ts';
import type { ExpressionContext } from './context.ts';
import { derivativeType, distrust } from './declarations.ts';
import { decoratorsOf, documentationOf } from './documentation.ts';
import { checkExpression } from './expressions.ts';
import { reportUndefinedName } from './names.ts';
import { checkRightHandSide } from './right-hand-sides.ts';
import { lookUp, type ScopeEntry } from './scope.ts';
import type { NameSuggestion } from './suggestions.ts';
import { describeType, ERROR, isNumeric } from './value-types.ts';

/** `inline NAME type = value`. */
export function checkInline(
  syntax: InlineSyntax,
  symbol: VariableSymbol,
  context: ExpressionContext,
): Inline {
  const written = checkExpression(syntax.value, {
    ...context,
    region: 'inline',
    inline: symbol,
    defining: symbol.name,
  });
  const target = { type: symbol.type, name: `\`${symbol.name}\``, declared: symbol.declared };
  const value = coerce(written, target, context);
  if (value.type.kind === 'error' && written.type.kind !== 'error') distrust(symbol, context);
  return {
    symbol,
    value,
    isRecordable: syntax.isRecordable,
    decorators: decoratorsOf(syntax),
    documentation: documentationOf(syntax.comments),
  };
}

/** `x^(n) = value`; undefined after a message about the left-hand side. */
export function checkEquation(
  syntax: OdeSyntax,
  seen: Map<string, Span>,
  context: ExpressionContext,
): Equation | undefined {
  const { target, span } = syntax;
  const inside: ExpressionContext = { ...context, region: 'equation' };
  const variables = leftHandSide(syntax, seen, context);
  if (variables === 'vector') return undefined;
  if (variables === undefined) {
    checkExpression(syntax.value, inside);
    return undefined;
  }
  const [lowest] = variables;
  const expected = derivativeType(lowest!.type, target.order);
  const value: Expression = checkRightHandSide(syntax.value, { expected, target, variable: lowest! }, inside);
  return { variables, value, span, documentation: documentationOf(syntax.comments) };
}

/** The variable and its derivatives below the order of the equation; `vector` after a message about one, which concerns the other side too. */
function leftHandSide(
  { target }: OdeSyntax,
  seen: Map<string, Span>,
  context: ExpressionContext,
): readonly VariableSymbol[] | 'vector' | undefined {
  const { model, scope } = context;
  const { name, order } = target;
  if (order === 0) {
    const place = { start: name.span.end, end: name.span.end };
    const entry = lookUp(scope, name.text);
    const isState = entry?.kind === 'variable' && entry.orders.get(0)?.role === 'state';
    const edits = [{ span: place, text: "'" }];
    const meant = isState ? name.text : stateOfDifferential(name.text, scope);
    const title = `Write \`${meant}'\``;
    const fixes: readonly Fix[] = isState
      ? [{ title, edits }]
      : meant === undefined
        ? []
        : [{ title, isGuess: true, edits: [{ span: name.span, text: `${meant}'` }] }];
    model.report('equation-without-derivative', target.span, { name: meant ?? name.text }, { fixes });
    return undefined;
  }
  const before = seen.get(name.text);
  if (before !== undefined) {
    const related = [{ message: 'the other equation is here', span: before }];
    model.report('duplicate-equation', target.span, { name: name.text }, { related });
    return undefined;
  }
  seen.set(name.text, target.span);
  const entry = lookUp(scope, name.text);
  if (entry?.kind === 'variable' && [...entry.orders.values()][0]?.role === 'state') {
    if (target.index !== undefined || entry.orders.get(0)?.size !== undefined) {
      model.report('vector-equation', target.span, { name: name.text });
      return 'vector';
    }
    return ordersBelow(target, entry, context);
  }
  reportNoState(target, entry, context);
  return undefined;
}

/** The state that `dV_m`, `V_m_dot` or `dot_V_m` probably means the derivative of. */
function stateOfDifferential(name: string, scope: ExpressionContext['scope']): string | undefined {
  const candidates = [/^d_?(.+)$/, /^dot_?(.+)$/, /^(.+?)_?dot$/].flatMap(
    (form) => form.exec(name)?.[1] ?? [],
  );
  return candidates.find((candidate) => {
    const entry = lookUp(scope, candidate);
    return entry?.kind === 'variable' && entry.orders.get(0)?.role === 'state';
  });
}

function ordersBelow(
  { name, order, span }: OdeSyntax['target'],
  { orders, declared }: Extract<ScopeEntry, { readonly kind: 'variable' }>,
  context: ExpressionContext,
): readonly VariableSymbol[] | undefined {
  const { model } = context;
  const symbols = Array.from({ length: order }, (_, index) => orders.get(index));
  const missing = symbols.indexOf(undefined);
  if (missing !== -1) {
    if (model.damagedNames.has(name.text)) return undefined;
    const related = [{ message: `\`${name.text}\` is declared here`, span: declared }];
    const written = name.text + "'".repeat(missing);
    model.report(
      'missing-state',
      span,
      { name: written, equation: name.text + "'".repeat(order), suggestion: undefined },
      { related },
    );
    return undefined;
  }
  const complete = symbols.filter((symbol) => symbol !== undefined);
  const { type } = complete[0]!;
  if (type.kind === 'real' || type.kind === 'quantity') return complete;
  if (type.kind === 'error') return undefined;
  const related = [{ message: `\`${name.text}\` is declared here`, span: declared }];
  // What else uses it expects another type too.
  orders.set(0, { ...complete[0]!, type: ERROR });
  const offset = /^\s+(?=integer\b)/.exec(model.source.text.slice(declared.end, declared.end + 100))?.[0]
    .length;
  const start = declared.end + (offset ?? 0);
  const edits = [{ span: { start, end: start + 'integer'.length }, text: 'real' }];
  const fixes = offset === undefined ? [] : [{ title: 'Declare it as `real`', edits }];
  model.report(
    'equation-of-discrete',
    span,
    { name: name.text, type: describeType(type), isInteger: isNumeric(type) },
    { related, fixes },
  );
  return undefined;
}

/** A state without equation that was probably meant by the name on the left of one. */
function suggestState({ name }: OdeSyntax['target'], { model, scope }: ExpressionContext): NameSuggestion {
  const isState = ([candidate, entry]: readonly [string, ScopeEntry]) =>
    entry.kind === 'variable' &&
    entry.orders.get(0)?.role === 'state' &&
    !model.equationOrders.has(candidate);
  const states = [...scope.entries].filter(isState).map(([candidate]) => candidate);
  return model.suggestions.closest(name.text, name.span, states);
}

function reportNoState(
  target: OdeSyntax['target'],
  entry: ScopeEntry | undefined,
  context: ExpressionContext,
): void {
  const { model } = context;
  const { name, order, span } = target;
  if (entry === undefined) {
    if (model.damagedNames.has(name.text)) return;
    const { suggestion, fixes: certain } = suggestState(target, context);
    // The declaration may be the misspelt one.
    const fixes = certain.map((fix): Fix => ({ ...fix, isGuess: true }));
    const equation = name.text + "'".repeat(order);
    model.report('missing-state', span, { name: name.text, equation, suggestion }, { fixes });
    return;
  }
  const related =
    'declared' in entry ? [{ message: `\`${name.text}\` is declared here`, span: entry.declared }] : [];
  if (entry.kind === 'time' || entry.kind === 'constant') reportUndefinedName(target, context);
  else model.report('equation-of-no-state', span, { name: name.text }, { related });
}
