import type { Span } from '@nestml/diagnostics';
import type { ExpressionContext, ModelContext } from '../check/context.ts';
import type { PredefinedFunction } from '../check/predefined-functions.ts';
import type { Scope, ScopeEntry } from '../check/scope.ts';
import type { FunctionSymbol } from '../model/symbols.ts';
import type { ValueType } from '../model/types.ts';
import type { ExpressionSyntax, TypeSyntax } from '../syntax/expressions.ts';
import type { ModelSyntax, StatementSyntax } from '../syntax/tree.ts';

/** What a name can be. `constant` is `e` or `pi`, `time` is `t`. */
export type DefinitionKind =
  | 'model'
  | 'state'
  | 'parameter'
  | 'internal'
  | 'inline'
  | 'kernel'
  | 'port'
  | 'function'
  | 'functionParameter'
  | 'local'
  | 'constant'
  | 'time'
  | 'predefinedFunction';

/** One place that declares a name. */
export interface DeclarationPlace {
  /** The name. */
  readonly span: Span;
  /** The whole line or block. */
  readonly element: Span;
  /** Number of primes. */
  readonly order: number;
  /** The type as written; absent where none belongs. */
  readonly type?: TypeSyntax;
  /** The value as written. */
  readonly value?: ExpressionSyntax;
  /** The comment of the declaration; empty without one. */
  readonly documentation: string;
  /** A kernel and the state that holds its increments declare one name together. */
  readonly isKernel: boolean;
}

/** What a name stands for. All differential orders of a variable are one definition; objects are compared by identity. */
export interface Definition {
  readonly kind: DefinitionKind;
  readonly name: string;
  /** In the order of the text; none for what is predefined. */
  readonly declarations: readonly DeclarationPlace[];
  /** The block in which a local or a parameter of a function is known. */
  readonly scope?: Scope;
  readonly entry?: ScopeEntry;
  readonly function?: FunctionSymbol;
  readonly predefined?: PredefinedFunction;
}

/** A place where a name stands. */
export interface Occurrence {
  /** The name, without primes. */
  readonly span: Span;
  readonly order: number;
  readonly access: 'declaration' | 'read' | 'write';
  readonly definition: Definition;
}

/** A name that nothing declares: a unit behind a number, or a mistake. */
export interface LooseName {
  readonly span: Span;
  readonly text: string;
}

/** What may stand as an argument that is no value. */
export type Expectation =
  | { readonly kind: 'type'; readonly type: ValueType }
  | { readonly kind: 'kernel' | 'spikePort' | 'integrated' | 'text' | 'time' };

/** An expression that is no part of another one, with what is needed to type it. */
export interface ExpressionSite {
  readonly syntax: ExpressionSyntax;
  readonly context: ExpressionContext;
  /** What its value should be; undefined if anything may stand there. */
  readonly expected?: Expectation;
}

/** A block of statements. */
export interface BodySite {
  readonly statements: readonly StatementSyntax[];
  readonly context: ExpressionContext;
}

/** A model of a file with its names bound. */
export interface BoundModel {
  readonly syntax: ModelSyntax;
  /** From its first word to the next model. */
  readonly span: Span;
  readonly context: ModelContext;
}
