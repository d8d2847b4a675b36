import { InternalError } from '@nestml/diagnostics';
import type { ValueType } from '@nestml/language';

/** A value during a run: a number in canonical units (real, integer, quantity), a boolean, or a string. */
export type Value = number | boolean | string;

/** What a variable holds: one value, or the elements of a vector. */
export type StoredValue = Value | readonly Value[];

/** The same in a run: the array belongs to the variable, and assignments to elements change it. */
export type OwnedValue = Value | Value[];

/** The value as a number; the checker guarantees that nothing else arrives here. */
export function asNumber(value: Value): number {
  if (typeof value !== 'number') throw new InternalError(`a number was expected, not ${String(value)}`);
  return value;
}

/** The value as a boolean; the checker guarantees that nothing else arrives here. */
export function asBoolean(value: Value): boolean {
  if (typeof value !== 'boolean') throw new InternalError(`a boolean was expected, not ${String(value)}`);
  return value;
}

/** The value as a variable of `type` holds it: a number that goes into an integer is truncated toward zero. */
export function convertTo(type: ValueType, value: Value): Value {
  return type.kind === 'integer' && typeof value === 'number' ? Math.trunc(value) + 0 : value;
}

/** What a local variable without a value starts as. */
export function defaultValue(type: ValueType): Value {
  switch (type.kind) {
    case 'boolean':
      return false;
    case 'string':
      return '';
    default:
      return 0;
  }
}

/** A number for a recording: booleans as 0 and 1; a string has none. */
export function recordedNumber(value: Value): number {
  return typeof value === 'string' ? Number.NaN : Number(value);
}
