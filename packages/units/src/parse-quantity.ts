import { parseUnit } from './parse-unit.ts';
import type { Unit } from './unit.ts';
import type { Result, UnitError } from './unit-error.ts';

/** A number, and the unit it is given in, if one was written. */
export interface Quantity {
  readonly value: number;
  readonly unit: Unit | undefined;
}

const NUMBER =
  /^(?<blank>\s*)(?<number>[+-]?(?:inf(?![A-Za-z0-9_])|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?))/u;

/**
 * Reads `5 nS`, `-70mV`, `1e3`, `10 1/s`, `inf`: a number with optional sign, then a unit expression or nothing.
 * Offsets of errors count from the start of the text.
 */
export function parseQuantity(text: string): Result<Quantity> {
  const groups = NUMBER.exec(text)?.groups;
  const digits = groups?.['number'];
  if (digits === undefined) return { ok: false, error: missingNumber(text) };
  const start = (groups?.['blank'] ?? '').length;
  const end = start + digits.length;
  const value = readNumber(digits);
  if (value === undefined)
    return { ok: false, error: { kind: 'number-out-of-range', text: digits, start, end } };
  const unitText = text.slice(end).trimEnd();
  if (unitText.trim() === '') return { ok: true, value: { value, unit: undefined } };
  const unit = parseUnit(unitText);
  if (unit.ok) return { ok: true, value: { value, unit: unit.value } };
  return { ok: false, error: withOperatorHint(moveError(unit.error, end), unitText) };
}

function readNumber(digits: string): number | undefined {
  if (digits.endsWith('inf'))
    return digits.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}

function missingNumber(text: string): UnitError {
  const piece = text.trim();
  const start = text.length - text.trimStart().length;
  return { kind: 'missing-number', text: piece, start, end: start + piece.length };
}

function moveError(error: UnitError, distance: number): UnitError {
  return { ...error, start: error.start + distance, end: error.end + distance };
}

/** `100/s` and `5*nS` are how people write; a quantity has the unit after a blank: `100 1/s`, `5 nS`. */
function withOperatorHint(error: UnitError, unitText: string): UnitError {
  const isLeading = unitText.trimStart().startsWith(error.text);
  if (error.kind !== 'unexpected-text' || !isLeading) return error;
  if (error.text === '/') return { ...error, suggestion: ' 1/' };
  return error.text === '*' ? { ...error, suggestion: ' ' } : error;
}
