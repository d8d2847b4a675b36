import type { RelatedPlace, Report, SourceFile, Span } from '@nestml/diagnostics';
import type { CheckMessages } from '../messages/check-messages.ts';
import type { Expression } from '../model/expressions.ts';
import type { FunctionSymbol, VariableSymbol } from '../model/symbols.ts';
import type { ExpressionSyntax } from '../syntax/expressions.ts';
import type { Scope } from './scope.ts';
import type { Suggestions } from './suggestions.ts';
import type { UnitReader } from './unit-reader.ts';
import { describeType, ERROR } from './value-types.ts';

/**
 * The part of a model in which an expression stands. `state`, `parameter` and `internal` are initial values, `increment`
 * the initial values of kernel variables, `trigger` the condition of an `onCondition`.
 */
export type Region =
  | 'state'
  | 'parameter'
  | 'internal'
  | 'guard'
  | 'size'
  | 'inline'
  | 'equation'
  | 'kernel'
  | 'increment'
  | 'function'
  | 'receive'
  | 'trigger'
  | 'condition'
  | 'update';

/** What all parts of one model share while it is checked. */
export interface ModelContext {
  readonly source: SourceFile;
  readonly kind: 'neuron' | 'synapse';
  readonly report: Report<CheckMessages>;
  /** Scope of states, parameters, internals, inlines, kernels and ports. */
  readonly scope: Scope;
  readonly functions: ReadonlyMap<string, FunctionSymbol>;
  /** Order of the ODE of each name that has one. */
  readonly equationOrders: ReadonlyMap<string, number>;
  /** What the internals are declared as, by name. */
  readonly internalValues: ReadonlyMap<string, ExpressionSyntax>;
  /** Names on lines with a mistake of syntax: their declaration may be lost, so that nothing is said about them. */
  readonly damagedNames: ReadonlySet<string>;
  /** Whether a place is on such a line: what is declared there may be incomplete, and gets the error type. */
  readonly isDamaged: (place: Span) => boolean;
  readonly units: UnitReader;
  readonly suggestions: Suggestions;
  /** Numbers the calls of random functions in the order of the text. */
  readonly nextCallSite: () => number;
}

/** Where an expression is checked. */
export interface ExpressionContext {
  readonly model: ModelContext;
  readonly scope: Scope;
  readonly region: Region;
  /** The name that is being declared: no use of an undeclared name can be meant for it. */
  readonly defining?: string;
  /** The inline whose value is checked. */
  readonly inline?: VariableSymbol;
}

/** Stands for an expression about which a message has been given. */
export function errorExpression(span: Span): Expression {
  return { kind: 'constant', value: 0, type: ERROR, span };
}

/** Longer pieces of the source are shortened in messages. */
const LONGEST_QUOTE = 50;

/** A piece of the source in code quotes, on one line, for messages. */
export function quote(source: SourceFile, span: Span): string {
  const text = source.text
    .slice(span.start, span.end)
    .replace(/(?:\s|\\(?=[ \t]*\r?\n))+/g, ' ')
    .trim();
  return text.length <= LONGEST_QUOTE ? `\`${text}\`` : `\`${text.slice(0, LONGEST_QUOTE - 2)} …\``;
}

/** The place where the variable or port was declared, if the expression is nothing but one. */
export function relatedDeclaration(expression: Expression, note: string): readonly RelatedPlace[] {
  if (expression.kind === 'variable' || expression.kind === 'delayed') {
    const { symbol } = expression;
    return [{ message: `\`${symbol.writtenName}\` is declared here as ${note}`, span: symbol.declared }];
  }
  if (expression.kind === 'port') {
    const { port } = expression;
    return [{ message: `\`${port.name}\` is declared here as ${note}`, span: port.declared }];
  }
  return [];
}

/** Where those of the expressions that are nothing but a variable or a port were declared, with their types. */
export function declarationsOf(...expressions: readonly Expression[]): {
  readonly related: readonly RelatedPlace[];
} {
  return {
    related: expressions.flatMap((expression) =>
      relatedDeclaration(expression, describeType(expression.type)),
    ),
  };
}
