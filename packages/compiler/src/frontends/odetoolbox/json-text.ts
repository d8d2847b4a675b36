import type { Span } from '@nestml/diagnostics';

/** A JSON value with its place in the text. */
export type JsonValue = JsonObject | JsonArray | JsonString | JsonNumber | JsonLiteral;

export interface JsonObject {
  readonly kind: 'object';
  readonly span: Span;
  /** In the order of the text; keys can occur twice. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: JsonString;
  readonly value: JsonValue;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly span: Span;
  readonly items: readonly JsonValue[];
}

export interface JsonString {
  readonly kind: 'string';
  /** With the quotation marks. */
  readonly span: Span;
  readonly value: string;
  /** Where each UTF-16 unit of the value begins in the text, and where the last one ends. */
  readonly offsets: readonly number[];
}

export interface JsonNumber {
  readonly kind: 'number';
  readonly span: Span;
  readonly value: number;
  /** As written. */
  readonly text: string;
}

export interface JsonLiteral {
  readonly kind: 'literal';
  readonly span: Span;
  readonly value: boolean | null;
}

/** A value, or what was expected at a place instead of what is there. */
export type JsonResult =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly span: Span; readonly expected: string };

/** Deeper texts are refused. */
const DEEPEST = 64;

/** Reads a JSON text (RFC 8259) and keeps the place of every value. */
export function readJson(text: string): JsonResult {
  const cursor: Cursor = { text, offset: 0 };
  try {
    const value = readValue(cursor, 0);
    skipSpace(cursor);
    if (cursor.offset < text.length) fail(cursor, 'the end of the text');
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const end = Math.min(text.length, error.offset + 1);
    return { ok: false, span: { start: error.offset, end }, expected: error.expected };
  }
}

interface Cursor {
  readonly text: string;
  offset: number;
}

/** Leaves the recursion; never leaves this file. */
class Mistake extends Error {
  readonly offset: number;
  readonly expected: string;

  constructor(offset: number, expected: string) {
    super(expected);
    this.offset = offset;
    this.expected = expected;
  }
}

function fail({ offset }: Cursor, expected: string): never {
  throw new Mistake(offset, expected);
}

function skipSpace(cursor: Cursor): void {
  while (' \t\r\n'.includes(cursor.text[cursor.offset] ?? 'x')) cursor.offset += 1;
}

function readValue(cursor: Cursor, depth: number): JsonValue {
  skipSpace(cursor);
  if (depth > DEEPEST) fail(cursor, `at most ${DEEPEST} nested brackets`);
  const first = cursor.text[cursor.offset];
  if (first === '{') return readObject(cursor, depth);
  if (first === '[') return readArray(cursor, depth);
  if (first === '"') return readString(cursor);
  return readNumber(cursor) ?? readLiteral(cursor) ?? fail(cursor, 'a value');
}

function readObject(cursor: Cursor, depth: number): JsonObject {
  const start = cursor.offset;
  const members: JsonMember[] = [];
  readList(cursor, '}', () => {
    if (cursor.text[cursor.offset] !== '"') fail(cursor, 'a key in double quotation marks');
    const key = readString(cursor);
    skipSpace(cursor);
    if (cursor.text[cursor.offset] !== ':') fail(cursor, 'a colon');
    cursor.offset += 1;
    members.push({ key, value: readValue(cursor, depth + 1) });
  });
  return { kind: 'object', span: { start, end: cursor.offset }, members };
}

function readArray(cursor: Cursor, depth: number): JsonArray {
  const start = cursor.offset;
  const items: JsonValue[] = [];
  readList(cursor, ']', () => items.push(readValue(cursor, depth + 1)));
  return { kind: 'array', span: { start, end: cursor.offset }, items };
}

/** Reads items with commas between them, from the opening to the closing bracket. */
function readList(cursor: Cursor, closing: '}' | ']', readItem: () => void): void {
  cursor.offset += 1;
  skipSpace(cursor);
  for (let isFirst = true; cursor.text[cursor.offset] !== closing; isFirst = false) {
    if (!isFirst) {
      if (cursor.text[cursor.offset] !== ',') fail(cursor, `a comma or \`${closing}\``);
      cursor.offset += 1;
      skipSpace(cursor);
    }
    readItem();
    skipSpace(cursor);
  }
  cursor.offset += 1;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function readString(cursor: Cursor): JsonString {
  const start = cursor.offset;
  const offsets: number[] = [];
  let value = '';
  cursor.offset += 1;
  for (let unit = cursor.text[cursor.offset]; unit !== '"'; unit = cursor.text[cursor.offset]) {
    if (unit === undefined || unit < ' ') fail(cursor, 'a closing quotation mark');
    offsets.push(cursor.offset);
    value += unit === '\\' ? readEscape(cursor) : unit;
    cursor.offset += 1;
  }
  offsets.push(cursor.offset);
  cursor.offset += 1;
  return { kind: 'string', span: { start, end: cursor.offset }, value, offsets };
}

/** Leaves the cursor at the last character of the escape. */
function readEscape(cursor: Cursor): string {
  const letter = cursor.text[cursor.offset + 1] ?? '';
  const digits = /^u[0-9a-fA-F]{4}/.exec(cursor.text.slice(cursor.offset + 1, cursor.offset + 6));
  if (digits !== null) {
    cursor.offset += 5;
    return String.fromCharCode(Number.parseInt(digits[0].slice(1), 16));
  }
  const meant = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
  if (meant === undefined) fail(cursor, 'an escape such as `\\n` or `\\u00e9`');
  cursor.offset += 1;
  return meant;
}

function readNumber(cursor: Cursor): JsonNumber | undefined {
  const pattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  pattern.lastIndex = cursor.offset;
  const found = pattern.exec(cursor.text);
  if (found === null) return undefined;
  const [text] = found;
  const span = { start: cursor.offset, end: cursor.offset + text.length };
  cursor.offset = span.end;
  return { kind: 'number', span, value: Number(text), text };
}

function readLiteral(cursor: Cursor): JsonLiteral | undefined {
  const literals = [
    { text: 'true', value: true },
    { text: 'false', value: false },
    { text: 'null', value: null },
  ] as const;
  const found = literals.find(({ text }) => cursor.text.startsWith(text, cursor.offset));
  if (found === undefined) return undefined;
  const span = { start: cursor.offset, end: cursor.offset + found.text.length };
  cursor.offset = span.end;
  return { kind: 'literal', span, value: found.value };
}
