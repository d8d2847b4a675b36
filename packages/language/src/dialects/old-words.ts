import type { Span } from '@nestml/diagnostics';

/** A token of an old text, or one that the translation writes; then the span is the place that it stands for. */
export interface Word {
  readonly kind: 'name' | 'number' | 'string' | 'operator';
  readonly text: string;
  readonly span: Span;
  /** What is printed before it, unless it begins a line: blanks or nothing. */
  readonly gap: string;
  /** Whether it is the first on its line in the old text. */
  readonly isFirst: boolean;
  /** Its column in the old text, if it is the first on its line; a tab reaches the next multiple of 8. */
  readonly column: number;
}

/** A comment in any of the notations. `text` are its lines without marks; one that begins with `#` is printed as it is. */
export interface OldComment {
  readonly span: Span;
  readonly isHash: boolean;
  readonly lines: readonly string[];
  /** Whether only white space stands before it on its line. */
  readonly isOwnLine: boolean;
}

/** What the lexer finds. */
export interface OldText {
  readonly words: readonly Word[];
  readonly comments: readonly OldComment[];
}

const token =
  /(?<blank>[ \t\f]+|\\[ \t]*(?:\r\n|\r|\n)[ \t]*)|(?<line>\r\n|\r|\n)|(?<comment>#[^\r\n]*|"""[\s\S]*?"""|\/\*[\s\S]*?\*\/)|(?<name>[A-Za-z_$][\w$]*)|(?<number>(?:\d+(?:\.(?!\.\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<string>"(?:\\[^\r\n]|[^"\\\r\n])*"?)|(?<operator>\.\.\.|\/\/=|<-|\*\*|\/\/|<<|>>|<=|>=|==|!=|<>|\+=|-=|\*=|\/=|::|\[\[|\]\]|[\s\S])/gy;

/** Splits a text in any old dialect into words and comments. Never fails: what is unknown becomes an operator of one character. */
export function readWords(text: string): OldText {
  const words: Word[] = [];
  const comments: OldComment[] = [];
  let gap = '';
  let isFirst = true;
  let column = 0;
  let indexDepth = 0;
  for (const match of text.matchAll(token)) {
    const [found] = match;
    const groups = match.groups ?? {};
    const span = { start: match.index, end: match.index + found.length };
    if (groups['blank'] !== undefined) {
      const isJoined = found.startsWith('\\');
      gap = isJoined ? ' ' : gap + found;
      if (isFirst && !isJoined) column = columnAfter(found, column);
      continue;
    }
    if (groups['line'] !== undefined) {
      [gap, isFirst, column] = ['', true, 0];
      continue;
    }
    if (groups['comment'] !== undefined) {
      comments.push(readComment(found, span, isFirst));
      if (/[\r\n]/.test(found)) [gap, isFirst] = ['', true];
      continue;
    }
    const kind = kindOf(groups);
    // `a[b[0]]` closes two indices; `]]` closes a guard only where none is open.
    const closings = found === ']]' && indexDepth > 0 ? [']', ']'] : [found];
    closings.forEach((part, index) => {
      if (part === '[') indexDepth += 1;
      if (part === ']') indexDepth -= 1;
      const place = closings.length === 1 ? span : { start: span.start + index, end: span.start + index + 1 };
      words.push({ kind, text: part, span: place, gap: index === 0 ? gap : '', isFirst, column });
      isFirst = false;
    });
    gap = '';
  }
  return { words, comments };
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): Word['kind'] {
  if (groups['name'] !== undefined) return 'name';
  if (groups['number'] !== undefined) return 'number';
  return groups['string'] === undefined ? 'operator' : 'string';
}

function columnAfter(blanks: string, from: number): number {
  let column = from;
  for (const character of blanks) column = character === '\t' ? column - (column % 8) + 8 : column + 1;
  return column;
}

function readComment(found: string, span: Span, isOwnLine: boolean): OldComment {
  if (found.startsWith('#')) return { span, isHash: true, lines: [found], isOwnLine };
  const inner = found.startsWith('"""') ? found.slice(3, -3) : found.slice(2, -2);
  const lines = inner.split(/\r\n|\r|\n/).map((line) => line.replace(/^\s*\*(?=\s|$)/, '').trimEnd());
  const depth = Math.min(
    ...lines.slice(1).map((line) => (line.trim() === '' ? Number.POSITIVE_INFINITY : line.search(/\S/))),
  );
  const shifted = lines.map((line, index) =>
    index === 0 || !Number.isFinite(depth) ? line.trim() : line.slice(depth),
  );
  while (shifted.length > 1 && shifted[0]!.trim() === '') shifted.shift();
  while (shifted.length > 1 && shifted.at(-1)!.trim() === '') shifted.pop();
  return { span, isHash: false, lines: shifted, isOwnLine };
}

/** A word of the translation. */
export function newWord(text: string, span: Span, gap = ' '): Word {
  const kind = /^[A-Za-z_$]/.test(text) ? 'name' : /^[\d.]/.test(text) ? 'number' : 'operator';
  return { kind, text, span, gap, isFirst: false, column: 0 };
}

/** Words of the translation from a text with blanks between them where they are wanted. */
export function newWords(text: string, span: Span, gap = ' '): readonly Word[] {
  return readWords(text).words.map((word, index) => ({
    ...word,
    span,
    gap: index === 0 ? gap : word.gap,
    isFirst: false,
  }));
}

/** The same word with another text, at its place. */
export function renamed(word: Word, text: string): Word {
  return { ...newWord(text, word.span, word.gap), isFirst: word.isFirst, column: word.column };
}

/** The words as one line. */
export function joinWords(words: readonly Word[]): string {
  return words.map((word, index) => (index === 0 ? '' : word.gap) + word.text).join('');
}

/** The place from the first word to the last. */
export function spanOfWords(words: readonly Word[]): Span {
  return { start: words[0]?.span.start ?? 0, end: words.at(-1)?.span.end ?? 0 };
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '[[': ']]' };

/** The position of the bracket that closes the one at `open`; undefined without. */
export function closingAt(words: readonly Word[], open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < words.length; at += 1) {
    const { text } = words[at]!;
    if (pairs[text] !== undefined) depth += 1;
    if (text === ')' || text === ']' || text === ']]') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}
