import type { Unit } from './unit.ts';

/**
 * The value with its unit, for messages: `5 nS`, `10 1/s`, `inf mV`, `0.5`. Finite and infinite values are read
 * back by `parseQuantity` without loss.
 * @param value number in `unit`
 */
export function formatQuantity(value: number, unit: Unit): string {
  const number = formatNumber(value);
  return unit.text === '1' ? number : `${number} ${unit.text}`;
}

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}
