import type { ComparisonOperator } from './formula.ts';
import type { NumberParts } from './number-parts.ts';

/** How tightly a printed formula holds together; an operand that binds less than its place asks gets parentheses. */
export const BINDING = {
  any: 0,
  cases: 1,
  or: 2,
  and: 3,
  not: 4,
  comparison: 5,
  sum: 6,
  product: 7,
  /** Behind or below a solidus on the line. */
  divisor: 8,
  atom: 9,
} as const;

export type Binding = (typeof BINDING)[keyof typeof BINDING];

/** A way to write formulas: LaTeX, or a plain line of text. Operands arrive printed, with parentheses where needed. */
export interface Notation {
  readonly name: (name: string, index: string | undefined) => string;
  readonly derivative: (name: string, order: number) => string;
  readonly number: (parts: NumberParts, unit: string | undefined) => string;
  readonly unit: (unit: string) => string;
  readonly constant: (name: 'e' | 'inf' | 'true' | 'false') => string;
  readonly parenthesis: (body: string) => string;
  readonly minus: string;
  readonly operators: Readonly<Record<'plus' | 'minus' | ComparisonOperator, string>>;
  readonly word: (word: 'and' | 'or' | 'not') => string;
  /** `isDotted`: a sign is needed between the factors, since one of them is a number. */
  readonly times: (left: string, right: string, isDotted: boolean) => string;
  readonly fraction: (numerator: string, denominator: string) => string;
  /** What a fraction asks of its parts, and how it binds itself. */
  readonly fractionBinding: {
    readonly self: Binding;
    readonly numerator: Binding;
    readonly denominator: Binding;
  };
  /** A name, number or other atom divided by a unit, as in V/mV. */
  readonly perUnit: (numerator: string, unit: string) => string;
  readonly power: (base: string, exponent: string) => string;
  /** How exponents are written. Absent: like everything else. */
  readonly exponents?: Notation;
  readonly call: (name: string, operands: readonly string[]) => string;
  readonly convolution: (kernel: string, spikes: string) => string;
  readonly operation: (operator: string, left: string, right: string) => string;
  readonly cases: (
    branches: readonly { readonly value: string; readonly condition: string }[],
    otherwise: string | undefined,
  ) => string;
  readonly text: (text: string) => string;
}
