import { InternalError } from '@nestml/diagnostics';
import {
  type Dimension,
  dimensionless,
  dimensionName,
  inverseUnit,
  isDimensionless,
  isPlainNumber,
  sameDimension,
  type Unit,
  unitByName,
} from '@nestml/units';
import type { ValueType } from '../model/types.ts';

export const REAL: ValueType = { kind: 'real' };
export const INTEGER: ValueType = { kind: 'integer' };
export const BOOLEAN: ValueType = { kind: 'boolean' };
export const STRING: ValueType = { kind: 'string' };
export const VOID: ValueType = { kind: 'void' };
export const ERROR: ValueType = { kind: 'error' };

/** A type that stands for a number: with or without a unit. */
export type NumericType = Extract<ValueType, { readonly kind: 'real' | 'integer' | 'quantity' }>;

/** A unit of the table by its name. */
export function requiredUnit(name: string): Unit {
  const unit = unitByName(name);
  if (unit === undefined) throw new InternalError(`the table of units lacks ${name}`);
  return unit;
}

/** What the unit of this name measures. The name must be one of the table of units. */
export function dimensionOf(name: string): Dimension {
  return requiredUnit(name).dimension;
}

/** The canonical unit of time, ms. */
export const MILLISECOND: Unit = requiredUnit('ms');

/** The type of times. */
export const TIME: ValueType = { kind: 'quantity', unit: MILLISECOND };

/** The type of the value of a computation with this unit: real if the unit is that of a plain number. */
export function computedType(unit: Unit): ValueType {
  return isDimensionless(unit) ? REAL : { kind: 'quantity', unit };
}

/** The type that a declaration with this unit gives. `mV/V` keeps its unit, since it is written and printed in it. */
export function declaredType(unit: Unit): ValueType {
  return isPlainNumber(unit) ? REAL : { kind: 'quantity', unit };
}

/** The type of the value of a spike port, 1/s. */
export const SPIKE_TRAIN: ValueType = { kind: 'quantity', unit: inverseUnit(requiredUnit('s')) };

/** Whether values of the type are numbers. */
export function isNumeric(type: ValueType): type is NumericType {
  return type.kind === 'real' || type.kind === 'integer' || type.kind === 'quantity';
}

/** Whether the type is a quantity that is not just a number. */
export function hasDimension(type: ValueType): type is Extract<ValueType, { readonly kind: 'quantity' }> {
  return type.kind === 'quantity' && !isDimensionless(type.unit);
}

/** The unit of a number; `1` for plain numbers. */
export function unitOf(type: ValueType): Unit {
  return type.kind === 'quantity' ? type.unit : dimensionless;
}

/** Whether two numbers measure the same thing. */
export function agreeInDimension(first: ValueType, second: ValueType): boolean {
  const [a, b] = [unitOf(first), unitOf(second)];
  return a === b || sameDimension(a, b);
}

/** What a unit measures, with an article and the unit: ``a voltage (`mV`)``. */
export function describeUnit(unit: Unit): string {
  if (isDimensionless(unit)) return 'a plain number';
  const name = dimensionName(unit.dimension);
  return `${/^[aeio]/.test(name) ? 'an' : 'a'} ${name} (\`${unit.text}\`)`;
}

/** The type as it is written in a declaration; undefined for a type that no variable has. */
export function writtenType(type: ValueType): string | undefined {
  if (type.kind === 'quantity') return type.unit.text;
  return type.kind === 'void' || type.kind === 'error' ? undefined : type.kind;
}

/** The type in words, with an article, for messages. */
export function describeType(type: ValueType): string {
  switch (type.kind) {
    case 'real':
      return 'a plain number';
    case 'integer':
      return 'an integer';
    case 'boolean':
      return 'a truth value';
    case 'string':
      return 'a text';
    case 'void':
      return 'nothing';
    case 'quantity':
      return describeUnit(type.unit);
    case 'error':
      return 'unknown';
    default:
      return type satisfies never;
  }
}
