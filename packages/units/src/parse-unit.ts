import { isExponentInRange, negate, type Rational, rational, rationalFromNumber } from './rational.ts';
import { suggestUnit } from './suggest-unit.ts';
import {
  dimensionless,
  divideUnits,
  inverseUnit,
  isUnitInRange,
  multiplyUnits,
  powerUnit,
  type Unit,
} from './unit.ts';
import type { Result, UnitError, UnitErrorKind } from './unit-error.ts';
import { unitByName } from './unit-names.ts';
import { tokenizeUnit, type UnitToken } from './unit-tokens.ts';

/** Deeper parentheses are refused, so that no text can exhaust the stack. */
const DEEPEST_NESTING = 100;

/** Everything a parsing function needs: the tokens, ending with an `end` token, and how deep it is in parentheses. */
interface Cursor {
  readonly text: string;
  readonly tokens: readonly UnitToken[];
  readonly position: number;
  readonly depth: number;
}

/** What was read, and where reading goes on. */
type Step<T> = Result<{ readonly read: T; readonly next: Cursor }>;

/**
 * The unit that a text denotes, by the grammar of unit types:
 *
 *     unit  = product | "1"
 *     product = power { ("*" | "/") power }           from left to right
 *     power = primary { "**" exponent }
 *     primary = NAME | "(" product ")" | "1" "/" product
 *     exponent = [sign] INTEGER | [sign] DECIMAL | ["-"] "(" INTEGER "/" INTEGER ")"
 *
 * Everything after `1/` is below the line: `1/ms*mV` is 1/(ms·mV), as in NESTML 9.
 */
export function parseUnit(text: string): Result<Unit> {
  const tokens = tokenizeUnit(text);
  if (!tokens.ok) return tokens;
  const start: Cursor = { text, tokens: tokens.value, position: 0, depth: 0 };
  if (isOneAlone(start)) return { ok: true, value: dimensionless };
  const product = parseProduct(start);
  if (!product.ok) return product;
  const rest = current(product.value.next);
  return rest.kind === 'end' ? { ok: true, value: product.value.read } : failure('unexpected-text', rest);
}

function isOneAlone({ tokens }: Cursor): boolean {
  return tokens.length === 2 && tokens[0]?.kind === 'integer' && Number(tokens[0].text) === 1;
}

function parseProduct(start: Cursor): Step<Unit> {
  let left = parsePower(start);
  while (left.ok) {
    const operator = current(left.value.next).kind;
    if (operator !== '*' && operator !== '/') return left;
    const right = parsePower(advance(left.value.next));
    if (!right.ok) return right;
    const combine = operator === '*' ? multiplyUnits : divideUnits;
    left = checkedUnit(combine(left.value.read, right.value.read), start, right.value.next);
  }
  return left;
}

function parsePower(start: Cursor): Step<Unit> {
  let base = parsePrimary(start);
  while (base.ok && current(base.value.next).kind === '**') {
    const exponent = parseExponent(advance(base.value.next));
    if (!exponent.ok) return exponent;
    base = checkedUnit(powerUnit(base.value.read, exponent.value.read), start, exponent.value.next);
  }
  return base;
}

function parsePrimary(cursor: Cursor): Step<Unit> {
  const token = current(cursor);
  if (cursor.depth > DEEPEST_NESTING) return failure('nesting-too-deep', token);
  switch (token.kind) {
    case 'name': {
      const unit = unitByName(token.text);
      return unit ? success(unit, advance(cursor)) : failure('unknown-unit', token, suggestUnit(token.text));
    }
    case '(':
      return parseParentheses(cursor);
    case 'integer':
    case 'decimal':
      return parseReciprocal(cursor, token);
    case 'end':
      return failure('unexpected-end', token);
    case ')':
    case '*':
    case '/':
    case '**':
    case '+':
    case '-':
      return failure('unexpected-text', token);
    default: {
      const unknown: never = token.kind;
      return unknown;
    }
  }
}

function parseParentheses(cursor: Cursor): Step<Unit> {
  const inner = parseProduct(deeper(advance(cursor)));
  if (!inner.ok) return inner;
  const close = current(inner.value.next);
  if (close.kind === ')') {
    return success(inner.value.read, { ...advance(inner.value.next), depth: cursor.depth });
  }
  return failure(close.kind === 'end' ? 'unexpected-end' : 'unexpected-text', close);
}

function parseReciprocal(cursor: Cursor, numerator: UnitToken): Step<Unit> {
  if (numerator.kind !== 'integer' || Number(numerator.text) !== 1)
    return failure('numerator-not-one', numerator);
  const slash = current(advance(cursor));
  if (slash.kind !== '/') return failure(slash.kind === 'end' ? 'unexpected-end' : 'unexpected-text', slash);
  const below = parseProduct(deeper(advance(advance(cursor))));
  if (!below.ok) return below;
  return success(inverseUnit(below.value.read), { ...below.value.next, depth: cursor.depth });
}

function parseExponent(cursor: Cursor): Step<Rational> {
  const sign = current(cursor).kind;
  const isSigned = sign === '-' || sign === '+';
  const start = isSigned ? advance(cursor) : cursor;
  const magnitude = parseMagnitude(start);
  if (!magnitude.ok || sign !== '-') return magnitude;
  return success(negate(magnitude.value.read), magnitude.value.next);
}

function parseMagnitude(cursor: Cursor): Step<Rational> {
  const token = current(cursor);
  if (token.kind === '(') return parseFraction(cursor);
  if (token.kind !== 'integer' && token.kind !== 'decimal') return failure('missing-exponent', token);
  const exponent = rationalFromNumber(Number(token.text));
  return exponent ? success(exponent, advance(cursor)) : failure('exponent-out-of-range', token);
}

function parseFraction(open: Cursor): Step<Rational> {
  const above = advance(open);
  const slash = advance(above);
  const below = advance(slash);
  const close = advance(below);
  const expected = [
    [above, 'integer'],
    [slash, '/'],
    [below, 'integer'],
    [close, ')'],
  ] as const;
  const wrong = expected.find(([cursor, kind]) => current(cursor).kind !== kind);
  if (wrong) return failure('missing-exponent', current(wrong[0]));
  const [numerator, denominator] = [Number(current(above).text), Number(current(below).text)];
  if (denominator === 0) return failureBetween('zero-denominator', open, close);
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) {
    return failureBetween('exponent-out-of-range', open, close);
  }
  const fraction = rational(numerator, denominator);
  return isExponentInRange(fraction)
    ? success(fraction, advance(close))
    : failureBetween('exponent-out-of-range', open, close);
}

/** Exponents that have become too large are reported before the next operation could leave the safe integers. */
function checkedUnit(unit: Unit, start: Cursor, next: Cursor): Step<Unit> {
  if (isUnitInRange(unit)) return success(unit, next);
  return failureBetween('exponent-out-of-range', start, { ...next, position: next.position - 1 });
}

function current({ tokens, position }: Cursor): UnitToken {
  const token = tokens[Math.min(position, tokens.length - 1)];
  if (!token) throw new Error('A list of unit tokens has no end token.');
  return token;
}

function advance(cursor: Cursor): Cursor {
  return { ...cursor, position: cursor.position + 1 };
}

function deeper(cursor: Cursor): Cursor {
  return { ...cursor, depth: cursor.depth + 1 };
}

function success<T>(read: T, next: Cursor): Step<T> {
  return { ok: true, value: { read, next } };
}

function failure(
  kind: UnitErrorKind,
  { text, start, end }: UnitToken,
  suggestion?: string,
): { readonly ok: false; readonly error: UnitError } {
  const place = { kind, text, start, end };
  return { ok: false, error: suggestion === undefined ? place : { ...place, suggestion } };
}

function failureBetween(kind: UnitErrorKind, first: Cursor, last: Cursor) {
  const { start } = current(first);
  const { end } = current(last);
  return failure(kind, { kind: 'end', text: first.text.slice(start, end), start, end });
}
