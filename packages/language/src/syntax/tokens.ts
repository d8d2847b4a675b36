/**
 * Kinds of tokens. `indent`, `dedent` and `end` are empty, and so is the `newline` of a last line without line end; every
 * character of the text belongs to exactly one token, so that the texts of all tokens, joined, are the source.
 * - trivia: `whitespace`, `comment` (without its line end), `continuation` (backslash and line end), `blank-line-end`
 *   (the end of a line without statement, or a line end inside brackets)
 * - `newline`: the end of a logical line
 * - `invalid`: characters that begin no token
 */
export type TokenKind =
  | 'name'
  | 'keyword'
  | 'integer'
  | 'float'
  | 'string'
  | 'operator'
  | 'newline'
  | 'indent'
  | 'dedent'
  | 'end'
  | 'invalid'
  | TriviaKind;

/** Tokens that carry no syntax. */
export type TriviaKind = 'whitespace' | 'comment' | 'continuation' | 'blank-line-end';

/** A token; its text is `source.text.slice(start, end)`. Offsets are UTF-16 units. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** Words that cannot be names (NESTML 9). The four boolean literals and `inf` are among them. */
export const keywords: ReadonlySet<string> = new Set([
  'integer',
  'real',
  'string',
  'boolean',
  'void',
  'function',
  'inline',
  'return',
  'if',
  'elif',
  'else',
  'for',
  'while',
  'in',
  'step',
  'inf',
  'and',
  'or',
  'not',
  'recordable',
  'kernel',
  'model',
  'state',
  'parameters',
  'internals',
  'update',
  'equations',
  'input',
  'output',
  'continuous',
  'onReceive',
  'onCondition',
  'spike',
  'inhibitory',
  'excitatory',
  'true',
  'True',
  'false',
  'False',
]);
