import type { Diagnostic, SourceFile, Span } from '@nestml/diagnostics';
import type { ExpressionSyntax, NameSyntax, TypeSyntax, VariableSyntax } from './expressions.ts';
import type { Token } from './tokens.ts';

/**
 * The syntax of one file. Guarantee: every character of the text belongs to one token; a mistake is local to its logical
 * line or block, which then carries what could be read; `diagnostics` holds one finding per mistake.
 */
export interface SyntaxTree {
  readonly source: SourceFile;
  readonly tokens: readonly Token[];
  /** All comments in the order of the text, whether they are attached to an element or not. */
  readonly comments: readonly CommentSyntax[];
  readonly models: readonly ModelSyntax[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A comment; `text` is without `#` and one following blank. */
export interface CommentSyntax {
  readonly span: Span;
  readonly text: string;
}

/**
 * The comments of an element. `before`: the unbroken run of comment-only lines that ends directly above it;
 * `after`: the comment on its own line, behind it. A blank line cuts a run.
 */
export interface AttachedComments {
  readonly before: readonly CommentSyntax[];
  readonly after?: CommentSyntax;
}

/** What all elements have that stand on lines of their own. The span covers the element without comments. */
export interface ElementSyntax {
  readonly span: Span;
  readonly comments: AttachedComments;
}

/** `model NAME:` and its blocks. After an error the name may be empty. */
export interface ModelSyntax extends ElementSyntax {
  readonly kind: 'model';
  readonly name: NameSyntax;
  /** Blocks in the order of the file. */
  readonly blocks: readonly BlockSyntax[];
}

export type BlockSyntax =
  | VariableBlockSyntax
  | EquationsBlockSyntax
  | InputBlockSyntax
  | OutputBlockSyntax
  | FunctionSyntax
  | OnReceiveSyntax
  | OnConditionSyntax
  | UpdateBlockSyntax;

/** `state:`, `parameters:` or `internals:`. `keyword` is the span of the word that opens the block. */
export interface VariableBlockSyntax extends ElementSyntax {
  readonly kind: 'state' | 'parameters' | 'internals';
  readonly keyword: Span;
  readonly declarations: readonly DeclarationSyntax[];
}

/** `recordable inline a, b[n] real = expr [[guard]] @decorator`. */
export interface DeclarationSyntax extends ElementSyntax {
  readonly kind: 'declaration';
  readonly isRecordable: boolean;
  readonly isInline: boolean;
  /** At least one; an index is the vector size. */
  readonly variables: readonly VariableSyntax[];
  readonly type: TypeSyntax;
  readonly value?: ExpressionSyntax;
  readonly guard?: ExpressionSyntax;
  readonly decorators: readonly DecoratorSyntax[];
}

/** `@homogeneous`, `@heterogeneous` (no `name`), or `@namespace::name`. */
export interface DecoratorSyntax {
  readonly span: Span;
  readonly namespace: string;
  readonly name?: string;
}

export interface EquationsBlockSyntax extends ElementSyntax {
  readonly kind: 'equations';
  readonly keyword: Span;
  readonly entries: readonly EquationSyntax[];
}

export type EquationSyntax = InlineSyntax | OdeSyntax | KernelSyntax;

export interface InlineSyntax extends ElementSyntax {
  readonly kind: 'inline';
  readonly isRecordable: boolean;
  readonly name: NameSyntax;
  readonly type: TypeSyntax;
  readonly value: ExpressionSyntax;
  readonly decorators: readonly DecoratorSyntax[];
}

/** `x'' = expr`; `target.order` is the order of the equation (0 is refused by the checker). */
export interface OdeSyntax extends ElementSyntax {
  readonly kind: 'ode';
  readonly target: VariableSyntax;
  readonly value: ExpressionSyntax;
  readonly decorators: readonly DecoratorSyntax[];
}

/** `kernel K = expr`, or a system `kernel g' = …,` newline `h' = …`. At least one definition. */
export interface KernelSyntax extends ElementSyntax {
  readonly kind: 'kernel';
  readonly definitions: readonly {
    readonly span: Span;
    readonly target: VariableSyntax;
    readonly value: ExpressionSyntax;
    /** Comment behind this definition's line, if it is not the last. */
    readonly comment?: CommentSyntax;
  }[];
}

export interface InputBlockSyntax extends ElementSyntax {
  readonly kind: 'input';
  readonly keyword: Span;
  readonly ports: readonly PortSyntax[];
}

/** `p[n] <- excitatory spike` or `I pA <- continuous`. */
export interface PortSyntax extends ElementSyntax {
  readonly kind: 'port';
  readonly name: NameSyntax;
  readonly size?: ExpressionSyntax;
  readonly type?: TypeSyntax;
  readonly signal: 'spike' | 'continuous';
  readonly qualifiers: readonly { readonly span: Span; readonly name: 'inhibitory' | 'excitatory' }[];
}

export interface OutputBlockSyntax extends ElementSyntax {
  readonly kind: 'output';
  readonly keyword: Span;
  readonly signal?: 'spike' | 'continuous';
}

export interface FunctionSyntax extends ElementSyntax {
  readonly kind: 'function';
  readonly keyword: Span;
  readonly name: NameSyntax;
  readonly parameters: readonly {
    readonly span: Span;
    readonly name: NameSyntax;
    readonly type: TypeSyntax;
  }[];
  /** Without a type the function returns nothing. */
  readonly returnType?: TypeSyntax;
  readonly body: readonly StatementSyntax[];
}

/** `priority=1` in the head of a handler. */
export interface HandlerOptionSyntax {
  readonly span: Span;
  readonly name: NameSyntax;
  readonly value: ExpressionSyntax;
}

/** `onReceive(port, priority=1):`; an index of the port is accepted. */
export interface OnReceiveSyntax extends ElementSyntax {
  readonly kind: 'onReceive';
  readonly keyword: Span;
  readonly port: VariableSyntax;
  readonly options: readonly HandlerOptionSyntax[];
  readonly body: readonly StatementSyntax[];
}

export interface OnConditionSyntax extends ElementSyntax {
  readonly kind: 'onCondition';
  readonly keyword: Span;
  readonly condition: ExpressionSyntax;
  readonly options: readonly HandlerOptionSyntax[];
  readonly body: readonly StatementSyntax[];
}

export interface UpdateBlockSyntax extends ElementSyntax {
  readonly kind: 'update';
  readonly keyword: Span;
  readonly body: readonly StatementSyntax[];
}

export type StatementSyntax =
  | AssignmentSyntax
  | CallStatementSyntax
  | DeclarationSyntax
  | ReturnSyntax
  | IfSyntax
  | ForSyntax
  | WhileSyntax;

export interface AssignmentSyntax extends ElementSyntax {
  readonly kind: 'assignment';
  readonly target: VariableSyntax;
  readonly operator: '=' | '+=' | '-=' | '*=' | '/=' | '//=';
  readonly operatorSpan: Span;
  readonly value: ExpressionSyntax;
}

export interface CallStatementSyntax extends ElementSyntax {
  readonly kind: 'callStatement';
  readonly call: ExpressionSyntax & { readonly kind: 'call' };
}

export interface ReturnSyntax extends ElementSyntax {
  readonly kind: 'return';
  readonly value?: ExpressionSyntax;
}

/** `if`, any number of `elif`, and an `else`. */
export interface IfSyntax extends ElementSyntax {
  readonly kind: 'if';
  /**
   * The `if` branch first, then the `elif` branches. Comments above `if` belong to the whole statement, the comment
   * behind the colon of `if` to the first branch.
   */
  readonly branches: readonly {
    readonly span: Span;
    readonly condition: ExpressionSyntax;
    readonly body: readonly StatementSyntax[];
    readonly comments: AttachedComments;
  }[];
  readonly otherwise?: {
    readonly span: Span;
    readonly body: readonly StatementSyntax[];
    readonly comments: AttachedComments;
  };
}

/** `for variable in from ... to step n:`; the upper bound is exclusive. */
export interface ForSyntax extends ElementSyntax {
  readonly kind: 'for';
  readonly variable: NameSyntax;
  readonly from: ExpressionSyntax;
  readonly to: ExpressionSyntax;
  /** A number with optional sign; the value includes the sign. */
  readonly step: { readonly span: Span; readonly value: number };
  readonly body: readonly StatementSyntax[];
}

export interface WhileSyntax extends ElementSyntax {
  readonly kind: 'while';
  readonly condition: ExpressionSyntax;
  readonly body: readonly StatementSyntax[];
}
