import type { Result } from './unit-error.ts';

/** A piece of a unit's text; `end` is empty and stands after the last character. */
export interface UnitToken {
  readonly kind: 'name' | 'integer' | 'decimal' | '(' | ')' | '*' | '/' | '**' | '+' | '-' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Names may contain the micro sign, the Greek mu and both Ohm signs in addition to the characters of NESTML names.
 * A decimal has a point or an exponent; `1eV` is the integer 1 and a name.
 */
const TOKEN =
  /(?<blank>[ \t]+)|(?<name>[A-Za-z_$\u00b5\u03bc\u2126\u03a9][A-Za-z0-9_$\u00b5\u03bc\u2126\u03a9]*)|(?<decimal>(?:[0-9]*\.[0-9]+|[0-9]+\.)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)|(?<integer>[0-9]+)|(?<operator>\*\*|[()*/+-])|(?<other>.)/gsu;

/** How common mathematical signs are written in a unit. */
const WRITTEN_AS: ReadonlyMap<string, string> = new Map([
  ['^', '**'],
  ['·', '*'],
  ['×', '*'],
  ['⋅', '*'],
  ['÷', '/'],
  ['²', '**2'],
  ['³', '**3'],
  ['−', '-'],
]);

/** The tokens of a unit's text without blanks, with an `end` token last. */
export function tokenizeUnit(text: string): Result<readonly UnitToken[]> {
  const tokens: UnitToken[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [piece] = match;
    const place = { text: piece, start: match.index, end: match.index + piece.length };
    const groups = match.groups ?? {};
    if (groups['blank'] !== undefined) continue;
    if (groups['other'] !== undefined) {
      const suggestion = WRITTEN_AS.get(piece);
      const error = { kind: 'unexpected-character', ...place } as const;
      return { ok: false, error: suggestion === undefined ? error : { ...error, suggestion } };
    }
    tokens.push({ kind: tokenKind(groups, piece), ...place });
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return { ok: true, value: tokens };
}

function tokenKind(groups: Readonly<Record<string, string | undefined>>, piece: string): UnitToken['kind'] {
  if (groups['name'] !== undefined) return 'name';
  if (groups['decimal'] !== undefined) return 'decimal';
  if (groups['integer'] !== undefined) return 'integer';
  switch (piece) {
    case '(':
    case ')':
    case '*':
    case '/':
    case '**':
    case '+':
    case '-':
      return piece;
    default:
      throw new Error(`The pattern of unit tokens matches '${piece}', which is no operator.`);
  }
}
