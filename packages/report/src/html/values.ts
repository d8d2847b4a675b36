import { unitToText } from '../math/text-line.ts';
import { numberText } from '../number-text.ts';
import type { ReportValue } from './report.ts';

/** Elements of a vector that are shown. */
const SHOWN_ELEMENTS = 8;

/** A value of the model, without its unit. */
export function valueText(value: ReportValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, 12);
  if (typeof value === 'boolean') return String(value);
  const shown = value.slice(0, SHOWN_ELEMENTS).map((element) => numberText(element, 12));
  return `[${[...shown, ...(value.length > SHOWN_ELEMENTS ? [`… ${value.length} elements`] : [])].join(', ')}]`;
}

/** A unit for a table; empty for a plain number. */
export function shownUnit(unit: string | undefined): string {
  return unit === undefined || unit === '' ? '' : unitToText(unit);
}

/** Whether a value of the run differs from the default. */
export function isChanged(value: ReportValue, standard: ReportValue): boolean {
  if (typeof value !== 'object' || typeof standard !== 'object')
    return valueText(value) !== valueText(standard);
  return value.length !== standard.length || value.some((element, i) => !Object.is(element, standard[i]));
}
