import type { NumberFormula } from './formula.ts';

/** A number, taken apart for scientific notation. */
export interface NumberParts {
  readonly isNegative: boolean;
  /** Digits with at most one point; empty where a power of ten stands alone. */
  readonly mantissa: string;
  /** Power of ten; absent if none is written. */
  readonly exponent?: number;
}

/** @returns `undefined` if the text is not a decimal literal */
export function splitNumber(text: string): NumberParts | undefined {
  const match = /^([-+]?)(\d+\.?\d*|\.\d+)(?:[eE]([-+]?\d+))?$/.exec(text);
  const digits = match?.[2];
  if (match === null || digits === undefined) return undefined;
  const isNegative = match[1] === '-';
  const mantissa = digits.replace(/^\./, '0.').replace(/\.$/, '');
  const exponent = match[3] === undefined ? 0 : Number(match[3]);
  if (exponent === 0) return { isNegative, mantissa };
  return { isNegative, mantissa: /^1(\.0*)?$/.test(mantissa) ? '' : mantissa, exponent };
}

/** Whether a number is exactly one of its unit: below a fraction bar the unit alone says it. */
export function isOneOfUnit(formula: NumberFormula): boolean {
  return formula.unit !== undefined && formula.unit !== '' && /^1(\.0*)?$/.test(formula.text);
}
