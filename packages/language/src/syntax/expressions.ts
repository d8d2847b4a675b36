import type { Span } from '@nestml/diagnostics';

/** A name as written. */
export interface NameSyntax {
  readonly text: string;
  readonly span: Span;
}

/**
 * An expression as written. Sums and products are flat lists, so that the depth of the tree is nesting, not length.
 * Which names are units and which are variables is not decided here: `3 nS / tau` and `3 nS / ms` are both products of
 * the literal `3 nS` and one more factor; the checker regroups (design rule: a variable wins over a unit).
 */
export type ExpressionSyntax =
  | NumberSyntax
  | BooleanSyntax
  | StringSyntax
  | InfinitySyntax
  | VariableSyntax
  | CallSyntax
  | ParenthesisedSyntax
  | UnarySyntax
  | PowerSyntax
  | ProductSyntax
  | SumSyntax
  | BitSyntax
  | ComparisonSyntax
  | NotSyntax
  | LogicalSyntax
  | ConditionalSyntax
  | MissingExpressionSyntax;

/** A number, with the unit that directly follows it: one name with an optional power, `1/unit`, or a parenthesised unit. */
export interface NumberSyntax {
  readonly kind: 'number';
  readonly span: Span;
  /** The digits as written. */
  readonly text: string;
  readonly value: number;
  /** Written without point and exponent. */
  readonly isInteger: boolean;
  readonly unit?: UnitSyntax;
}

export interface BooleanSyntax {
  readonly kind: 'boolean';
  readonly span: Span;
  readonly value: boolean;
}

/** A string literal; `value` is the text between the quotes, escapes kept as written. */
export interface StringSyntax {
  readonly kind: 'string';
  readonly span: Span;
  readonly value: string;
}

export interface InfinitySyntax {
  readonly kind: 'infinity';
  readonly span: Span;
}

/** A name with optional element index and differential order: `V_m`, `a[i]`, `g''`, `x[2]'`. */
export interface VariableSyntax {
  readonly kind: 'variable';
  readonly span: Span;
  readonly name: NameSyntax;
  readonly index?: ExpressionSyntax;
  /** Number of primes. */
  readonly order: number;
}

/** `f(a, b)`; also a delayed variable `x(t - d)`, which the checker recognises. */
export interface CallSyntax {
  readonly kind: 'call';
  readonly span: Span;
  readonly callee: NameSyntax;
  readonly arguments: readonly ExpressionSyntax[];
}

export interface ParenthesisedSyntax {
  readonly kind: 'parenthesised';
  readonly span: Span;
  readonly inner: ExpressionSyntax;
}

export interface UnarySyntax {
  readonly kind: 'unary';
  readonly span: Span;
  readonly operator: '+' | '-' | '~';
  readonly operand: ExpressionSyntax;
}

/** `base ** exponent`; right associative, binds tighter than a sign before the base. */
export interface PowerSyntax {
  readonly kind: 'power';
  readonly span: Span;
  readonly base: ExpressionSyntax;
  readonly exponent: ExpressionSyntax;
}

/** `first op operand op operand …`, evaluated from the left. */
export interface ProductSyntax {
  readonly kind: 'product';
  readonly span: Span;
  readonly first: ExpressionSyntax;
  readonly rest: readonly {
    readonly operator: '*' | '/' | '//' | '%';
    readonly operatorSpan: Span;
    readonly operand: ExpressionSyntax;
  }[];
}

/** `first ± operand ± operand …`, evaluated from the left. */
export interface SumSyntax {
  readonly kind: 'sum';
  readonly span: Span;
  readonly first: ExpressionSyntax;
  readonly rest: readonly {
    readonly operator: '+' | '-';
    readonly operatorSpan: Span;
    readonly operand: ExpressionSyntax;
  }[];
}

/** Bit operators; precedence as in Python (shift, and, xor, or), all looser than a sum and tighter than a comparison. */
export interface BitSyntax {
  readonly kind: 'bit';
  readonly span: Span;
  readonly operator: '&' | '|' | '^' | '<<' | '>>';
  readonly operatorSpan: Span;
  readonly left: ExpressionSyntax;
  readonly right: ExpressionSyntax;
}

/** One comparison; `<>` is read as `!=`. A chain is parsed from the left and refused by the checker. */
export interface ComparisonSyntax {
  readonly kind: 'comparison';
  readonly span: Span;
  readonly operator: '<' | '<=' | '==' | '!=' | '>' | '>=';
  readonly operatorSpan: Span;
  readonly left: ExpressionSyntax;
  readonly right: ExpressionSyntax;
}

/** `not x`; looser than a comparison: `not a == b` is `not (a == b)`. */
export interface NotSyntax {
  readonly kind: 'not';
  readonly span: Span;
  readonly operand: ExpressionSyntax;
}

/** `a and b and c`, `a or b or c`; `and` binds tighter than `or`. At least two operands. */
export interface LogicalSyntax {
  readonly kind: 'logical';
  readonly span: Span;
  readonly operator: 'and' | 'or';
  readonly operands: readonly ExpressionSyntax[];
}

/** `condition ? whenTrue : whenFalse`; left associative. */
export interface ConditionalSyntax {
  readonly kind: 'conditional';
  readonly span: Span;
  readonly condition: ExpressionSyntax;
  readonly whenTrue: ExpressionSyntax;
  readonly whenFalse: ExpressionSyntax;
}

/** Stands where an expression was expected and a message has been given; silent from then on. */
export interface MissingExpressionSyntax {
  readonly kind: 'missing';
  readonly span: Span;
}

/** A type as written in a declaration. */
export type TypeSyntax =
  | {
      readonly kind: 'primitive';
      readonly span: Span;
      readonly name: 'integer' | 'real' | 'string' | 'boolean' | 'void';
    }
  | { readonly kind: 'unit'; readonly span: Span; readonly unit: UnitSyntax }
  | { readonly kind: 'missing'; readonly span: Span };

/** A unit expression. `text` is the slice of the source, comments and line breaks aside; `units` parses it. */
export interface UnitSyntax {
  readonly span: Span;
  readonly text: string;
}
