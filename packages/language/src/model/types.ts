import type { Unit } from '@nestml/units';

/**
 * The type of a value. All numbers are held in the canonical unit of their dimension (mV, ms, pA, nS, pF, GOhm, 1/ms …);
 * the unit of a quantity is the *declared* one: it says how a number is written, printed and compared with plain numbers.
 * A quantity without dimension (`mV/V`) behaves like a real number.
 */
export type ValueType =
  | { readonly kind: 'real' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'string' }
  | { readonly kind: 'void' }
  | { readonly kind: 'quantity'; readonly unit: Unit }
  /** A message has been given for this expression; whatever contains it stays silent. Never in a checked model. */
  | { readonly kind: 'error' };
