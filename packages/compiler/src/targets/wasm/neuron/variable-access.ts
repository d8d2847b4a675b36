import { InternalError, unreachable } from '@nestml/diagnostics';
import type { ExpressionNode } from '@nestml/dynamics';
import type { Encoding, Storage } from '@nestml/engine/interface';
import { symbolOf, variableOf } from '../../../ir/symbol-of.ts';
import type { ElementSymbol, ModelSymbol, ModelVariable } from '../../../ir/variables.ts';
import type { Real } from '../ssa/lanes.ts';
import { readCell } from './emit-expression.ts';
import { failWhere } from './emit-failure.ts';
import { type Frame, type LaneValue, maskOf, type Scope, whereActive } from './frame.ts';
import { readDelayed } from './read-past.ts';
import { rowOf, slotOf } from './storage.ts';

/** Nanoseconds in a millisecond. */
export const NS_PER_MS = 1_000_000;

/** What a symbol stands for in this scope. */
export function emitSymbol(symbol: ModelSymbol, scope: Scope): LaneValue {
  switch (symbol.role) {
    case 'element':
      return emitElement(symbol, scope);
    case 'pulse':
    case 'convolve':
    case 'kernelState':
    case 'age':
      throw new InternalError(`${symbol.name} does not occur in a solved model`);
    case 'time':
      return scope.frame.time;
    case 'resolution':
      return scope.frame.resolution;
    case 'local':
      return readLocal(symbol, scope);
    case 'state':
    case 'convolution':
    case 'delayed':
    case 'parameter':
    case 'internal':
    case 'continuousPort':
    case 'spikePort':
      return typed(scope.frame, symbol, readVariable(symbol, 0, scope));
    default:
      return unreachable(symbol);
  }
}

function typed(frame: Frame, { value }: ModelVariable, real: Real): LaneValue {
  return value === 'boolean' ? maskOf(frame, real) : real;
}

function readLocal(variable: ModelVariable, scope: Scope): LaneValue {
  const cell = scope.frame.locals.get(variable);
  if (cell === undefined) throw new InternalError(`the local variable ${variable.name} has not begun`);
  return readCell(scope, cell);
}

function emitElement({ vector, element }: ElementSymbol, scope: Scope): LaneValue {
  const { frame } = scope;
  const { lanes } = frame;
  if (element < sizeInPlan(vector, frame)) return typed(frame, vector, readVariable(vector, element, scope));
  const place = frame.setting.places.ofVariable(vector);
  failWhere(scope, lanes.truth(true), 'index', place, lanes.constant(element));
  return typed(frame, vector, lanes.constant(0));
}

/** Number of elements of a vector or a vector port. */
export function sizeInPlan(vector: ModelVariable, { setting }: Frame): number {
  return vector.size === undefined ? 1 : (setting.plan.usage.sizes[vector.writtenName] ?? 1);
}

/** The value of one element of a stored variable or a port; truth values as numbers. */
export function readVariable(variable: ModelVariable, element: number, scope: Scope): Real {
  const { frame } = scope;
  const given = element === 0 ? scope.values.get(variable) : undefined;
  if (given !== undefined) return given;
  const { storage } = frame.setting;
  switch (variable.role) {
    case 'continuousPort':
      return frame.inputs.read(rowOf(storage, variable, element, 'current'));
    case 'spikePort':
      return frame.inputs.read(rowOf(storage, variable, element, 'weight'));
    case 'delayed':
      return readDelayed(variable, scope);
    default: {
      const slot = slotOf(storage, variable);
      return decode(readStorage(frame, slot.storage, element), slot.encoding, frame);
    }
  }
}

/** What lies at a place, counted from its beginning. */
export function readStorage(frame: Frame, { kind, index }: Storage, element = 0): Real {
  return kind === 'column' ? frame.cells.read(index + element) : frame.shared(index + element);
}

function decode(stored: Real, encoding: Encoding, frame: Frame): Real {
  const { lanes, cells } = frame;
  switch (encoding.kind) {
    case 'plain':
      return stored;
    case 'nanoseconds':
      return lanes.div(stored, lanes.constant(NS_PER_MS));
    case 'counted': {
      const count = cells.read(encoding.count);
      const rate = readStorage(frame, encoding.rate);
      const elapsedNs = lanes.mul(count, frame.shared(frame.setting.storage.resolution.nanoseconds));
      const value = lanes.add(stored, lanes.mul(rate, lanes.div(elapsedNs, lanes.constant(NS_PER_MS))));
      if (encoding.isTime !== true) return value;
      // A time that runs at ±1 is summed in whole nanoseconds (rule D3).
      const whole = lanes.add(roundToNs(frame, stored), lanes.mul(rate, elapsedNs));
      const isWhole = lanes.eq(lanes.abs(rate), lanes.constant(1));
      return lanes.select(isWhole, lanes.div(whole, lanes.constant(NS_PER_MS)), value);
    }
    default:
      return unreachable(encoding);
  }
}

/** A time in ms as whole nanoseconds, halves upwards. */
export function roundToNs({ lanes }: Frame, ms: Real): Real {
  const { add, mul, constant } = lanes;
  return lanes.floor(add(mul(ms, constant(NS_PER_MS)), constant(0.5)));
}

/** The stored nanoseconds, if the expression is a countdown that is kept in them: their sign is that of the value. */
export function storedCountdown(node: ExpressionNode, scope: Scope): Real | undefined {
  if (node.kind !== 'symbol' || symbolOf(node.symbol).role !== 'state') return undefined;
  const variable = variableOf(node.symbol);
  const { frame } = scope;
  if (scope.values.has(variable)) return undefined;
  const slot = slotOf(frame.setting.storage, variable);
  return slot.encoding.kind === 'nanoseconds' ? readStorage(frame, slot.storage) : undefined;
}

/** Stores a value in the active lanes; a countdown starts anew. */
export function writeVariable(variable: ModelVariable, element: number, value: Real, scope: Scope): void {
  const { frame } = scope;
  const { lanes } = frame;
  const { storage, encoding } = slotOf(frame.setting.storage, variable);
  const cell = storage.index + element;
  const stored = (real: Real) => writeStorage(scope, { kind: storage.kind, index: cell }, real);
  switch (encoding.kind) {
    case 'plain':
      stored(value);
      return;
    case 'nanoseconds':
      stored(roundToNs(frame, value));
      return;
    case 'counted':
      stored(
        encoding.isTime === true ? lanes.div(roundToNs(frame, value), lanes.constant(NS_PER_MS)) : value,
      );
      writeStorage(scope, { kind: 'column', index: encoding.count }, lanes.constant(0));
      return;
    default:
      unreachable(encoding);
  }
}

/** Writes the active lanes of a column; what is shared is written as it is. */
export function writeStorage(scope: Scope, { kind, index }: Storage, value: Real): void {
  const { builder, cells, sharedAddress } = scope.frame;
  if (kind === 'column')
    cells.write(
      index,
      whereActive(scope, value, () => cells.read(index)),
    );
  else builder.store('f64.store', sharedAddress, index * SHARED_BYTES, value.value);
}

/** Bytes of a shared double. */
export const SHARED_BYTES = 8;
