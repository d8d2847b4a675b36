import type { Report, Span } from '@nestml/diagnostics';
import { closestName } from '@nestml/language';
import type { odeProblemMessages } from '../../messages/ode-problem.ts';
import type { JsonArray, JsonObject, JsonString, JsonValue } from './json-text.ts';

export type OdeReport = Report<typeof odeProblemMessages>;

/** The members of an object by key; reports other values, keys that are not known, and keys that occur twice. */
export function membersOf(
  value: JsonValue,
  what: string,
  known: readonly string[] | undefined,
  report: OdeReport,
): ReadonlyMap<string, { readonly key: JsonString; readonly value: JsonValue }> {
  const members = new Map<string, JsonObject['members'][number]>();
  if (value.kind !== 'object') {
    report('ode-form', value.span, { what, expected: 'an object `{ … }`' });
    return members;
  }
  for (const member of value.members) {
    const { value: key, span } = member.key;
    if (known !== undefined && !known.includes(key)) {
      report('ode-unknown-key', span, { key, where: what, keys: known, suggestion: closestName(key, known) });
    } else if (members.has(key)) report('ode-duplicate', span, { name: key });
    else members.set(key, member);
  }
  return members;
}

/** The items of a list; reports other values. */
export function itemsOf(value: JsonValue | undefined, what: string, report: OdeReport): JsonArray['items'] {
  if (value === undefined) return [];
  if (value.kind === 'array') return value.items;
  report('ode-form', value.span, { what, expected: 'a list `[ … ]`' });
  return [];
}

/** The text of a value; reports other values. */
export function textOf(value: JsonValue, what: string, report: OdeReport): JsonString | undefined {
  if (value.kind === 'string') return value;
  report('ode-form', value.span, { what, expected: 'a text in double quotation marks' });
  return undefined;
}

/** A finite number, also as text; reports other values and those that are not positive if they have to be. */
export function numberOf(
  value: JsonValue,
  what: string,
  needs: 'positive' | 'not-negative',
  report: OdeReport,
): number | undefined {
  const text = value.kind === 'string' ? value.value.trim() : value.kind === 'number' ? value.text : '';
  const number = text === '' ? Number.NaN : Number(text);
  const fits = Number.isFinite(number) && (needs === 'positive' ? number > 0 : number >= 0);
  if (fits) return number;
  const expected = needs === 'positive' ? 'a number > 0' : 'a number ≥ 0';
  report('ode-form', value.span, { what, expected });
  return undefined;
}

/** The span of a part of a JSON text, `extent` counted in its value. */
export function spanWithin(
  { offsets, span }: JsonString,
  extent: { readonly start: number; readonly end: number },
): Span {
  const start = offsets[extent.start] ?? span.end - 1;
  const end = offsets[extent.end] ?? span.end - 1;
  // What is missing at the end is marked at the quotation mark, so that there is something to see.
  return { start, end: Math.max(end, Math.min(start + 1, span.end)) };
}
