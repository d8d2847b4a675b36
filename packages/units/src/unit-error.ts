import { adviseOnUnit } from './suggest-unit.ts';

/** What is wrong with a unit or a quantity; each kind has a sentence in `describeUnitError`. */
export type UnitErrorKind =
  | 'unknown-unit'
  | 'unexpected-character'
  | 'unexpected-text'
  | 'unexpected-end'
  | 'numerator-not-one'
  | 'missing-exponent'
  | 'zero-denominator'
  | 'exponent-out-of-range'
  | 'nesting-too-deep'
  | 'missing-number'
  | 'number-out-of-range';

/** A mistake in a text that was read as unit or quantity. */
export interface UnitError {
  readonly kind: UnitErrorKind;
  /** The wrong piece of the text, from `start` to `end`; empty at the end of the text. */
  readonly text: string;
  /** Offset of the first wrong character, in UTF-16 units. */
  readonly start: number;
  /** Offset after the last wrong character. */
  readonly end: number;
  /** What to write instead of the piece from `start` to `end`, if there is a good guess. */
  readonly suggestion?: string;
}

/** Either a value or the first mistake. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: UnitError };

/** The mistake as an English sentence without place, with the suggestion if there is one. */
export function describeUnitError(error: UnitError): string {
  const suggestion = error.suggestion?.trim() ?? '';
  const advice = error.kind === 'unknown-unit' ? adviseOnUnit(error.text) : undefined;
  if (advice !== undefined) return `There is no unit '${error.text}': ${advice}.`;
  return suggestion === '' ? sentenceFor(error) : `${sentenceFor(error)} Did you mean '${suggestion}'?`;
}

function sentenceFor({ kind, text }: UnitError): string {
  switch (kind) {
    case 'unknown-unit':
      return `There is no unit '${text}'.`;
    case 'unexpected-character':
      return `The character '${text}' has no meaning in a unit.`;
    case 'unexpected-text':
      return `'${text}' is not expected here.`;
    case 'unexpected-end':
      return 'The unit is incomplete.';
    case 'numerator-not-one':
      return `Only 1 can stand above a unit, as in 1/ms, not '${text}'.`;
    case 'missing-exponent':
      return 'After ** a number is expected: an integer, a decimal number, or a fraction as in (3/2).';
    case 'zero-denominator':
      return `The exponent '${text}' divides by zero.`;
    case 'exponent-out-of-range':
      return `The exponent in '${text}' is too large or has too many digits.`;
    case 'nesting-too-deep':
      return 'The unit is nested too deeply.';
    case 'missing-number':
      return 'A number is expected, with or without a unit, as in 5 nS.';
    case 'number-out-of-range':
      return `The number '${text}' is too large for double precision.`;
    default: {
      const unknown: never = kind;
      return unknown;
    }
  }
}
