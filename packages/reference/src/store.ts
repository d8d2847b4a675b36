import { InternalError } from '@nestml/diagnostics';
import type { VariableSymbol } from '@nestml/language';
import type { OwnedValue, StoredValue, Value } from './values.ts';

/** Values of parameters, internals and states, by identity of the symbol. */
export type Store = Map<VariableSymbol, OwnedValue>;

/** The value of a variable, all elements of a vector. */
export function read(store: Store, symbol: VariableSymbol): OwnedValue {
  const value = store.get(symbol);
  if (value === undefined) throw new InternalError(`${symbol.writtenName} has no value yet`);
  return value;
}

/** The number that a scalar variable holds. */
export function readNumber(store: Store, symbol: VariableSymbol): number {
  const value = read(store, symbol);
  if (typeof value !== 'number') throw new InternalError(`${symbol.writtenName} is not a single number`);
  return value;
}

/** The elements of a vector; a scalar as its only element. */
export function elementsOf(value: StoredValue): readonly Value[] {
  return Array.isArray(value) ? value : [value as Value];
}

/** How one element is called: `a[0]`; a scalar by its written name. */
export function elementName(symbol: VariableSymbol, element: number, value: StoredValue): string {
  return typeof value === 'object' ? `${symbol.writtenName}[${element}]` : symbol.writtenName;
}
