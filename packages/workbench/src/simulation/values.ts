import type { ValueType } from '@nestml/language';
import {
  describeUnitError,
  dimensionName,
  fromCanonical,
  isDimensionless,
  parseQuantity,
  type Quantity,
  sameDimension,
  toCanonical,
  type Unit,
  unitByName,
} from '@nestml/units';
import type { Reporter } from './reporter.ts';
import type { QuantityInput } from './request.ts';

/** Reads a quantity. A text that is none is reported as a wrong call. */
export function readQuantity(
  input: QuantityInput,
  what: string,
  form: string,
  report: Reporter,
): Quantity | undefined {
  if (typeof input === 'number') return { value: input, unit: undefined };
  // Programs in JavaScript can leave a field out.
  if (typeof input !== 'string') {
    report('option-form', { option: what, found: `it is ${String(input)}`, form });
    return undefined;
  }
  const parsed = parseQuantity(input);
  if (parsed.ok) return parsed.value;
  report('option-form', {
    option: what,
    found: `\`${input}\`: ${describeUnitError(parsed.error)}`,
    form,
  });
  return undefined;
}

/** The number in canonical units of a quantity that must have the dimension of `unit`; plain numbers are in `unit`. */
export function fitQuantity(
  quantity: Quantity,
  unit: Unit,
  name: string,
  report: Reporter,
): number | undefined {
  const given = quantity.unit ?? unit;
  if (sameDimension(given, unit)) return toCanonical(quantity.value, given);
  report('value-unit-mismatch', {
    name,
    found: given.text,
    foundWords: dimensionName(given.dimension),
    expected: unit.text === '1' ? 'a plain number' : unit.text,
    expectedWords: dimensionName(unit.dimension),
  });
  return undefined;
}

/** A time, rounded to whole nanoseconds; `isWhole` tells whether it was whole (to 1e-3 ns, for rounding of decimals). */
export function readTime(
  input: QuantityInput,
  what: string,
  report: Reporter,
): { readonly ns: number; readonly isWhole: boolean; readonly text: string } | undefined {
  const quantity = readQuantity(input, what, '12.5 ms', report);
  if (quantity === undefined) return undefined;
  const milliseconds = fitQuantity(quantity, millisecond(), what, report);
  if (milliseconds === undefined) return undefined;
  const text = typeof input === 'number' ? `${input} ms` : input.trim();
  if (!Number.isFinite(milliseconds) || Math.abs(milliseconds) > longestMs) {
    report('time-out-of-range', { what, time: text, rule: 'it must be finite and at most 9e9 ms' });
    return undefined;
  }
  const exact = milliseconds * nsPerMs;
  const ns = Math.round(exact);
  return { ns, isWhole: Math.abs(exact - ns) <= 1e-3, text };
}

/** Nanoseconds in a millisecond. */
export const nsPerMs = 1_000_000;
const longestMs = 9e9;

function millisecond(): Unit {
  return knownUnit('ms');
}

/** A unit that is certain to exist. */
export function knownUnit(name: string): Unit {
  const unit = unitByName(name);
  if (unit === undefined) throw new RangeError(`no unit ${name}`);
  return unit;
}

/** The unit in which values of a type are given in and out; undefined for plain numbers. */
export function unitOf(type: ValueType): Unit | undefined {
  return type.kind === 'quantity' ? type.unit : undefined;
}

/** A canonical number as it is printed for a type: in the declared unit. */
export function toDeclared(value: number, type: ValueType): number {
  return type.kind === 'quantity' ? fromCanonical(value, type.unit) : value;
}

/** Whether values of a type have no unit that is worth printing. */
export function isPlain(type: ValueType): boolean {
  return type.kind !== 'quantity' || (isDimensionless(type.unit) && type.unit.text === '1');
}
