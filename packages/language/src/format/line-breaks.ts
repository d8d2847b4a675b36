import type { LineToken } from './logical-lines.ts';
import { isSign } from './spacing.ts';

/** A token as it is printed. */
export interface Piece {
  readonly text: string;
  readonly isComment: boolean;
  /** Blanks before it, if it is not the first on its line. */
  readonly blanks: 0 | 1 | 2;
  /**
   * Whether a line break stands before it: always, with or without a backslash, or only if the line would be too long. The number of an
   * optional break says how much it tears apart; smaller is better.
   */
  readonly lineBreak: 'none' | 'plain' | 'backslash' | number;
  /** Whether it begins a further definition of a kernel, which stands below the first. */
  readonly beginsDefinition: boolean;
}

/** Code is broken before this column, where it can be; a comment behind it gives up its alignment to end there, but moves no code. */
const longestLine = 120;

/** Columns by which a line that continues another is indented deeper. */
const continuationIndent = 8;

/** Columns by which further definitions of a kernel are indented: they stand below the first, behind `kernel `. */
const definitionIndent = 'kernel '.length;

/** The lines of the text on which a logical line stands. `margin` is its indentation. */
export function layOutPieces(pieces: readonly Piece[], margin: string): readonly string[] {
  const lines: string[] = [];
  const continuation = ' '.repeat(continuationIndent);
  let base = margin;
  let begin = 0;
  let start = margin;
  while (begin < pieces.length) {
    let end = begin + 1;
    while (end < pieces.length && !isForced(pieces[end]!)) end += 1;
    lines.push(...fill(pieces.slice(begin, end), start, base + continuation));
    const next = pieces[end];
    if (next === undefined) break;
    if (next.lineBreak === 'backslash') lines.push(`${lines.pop()!} \\`);
    if (next.beginsDefinition) base = margin + ' '.repeat(definitionIndent);
    start = next.beginsDefinition ? base : base + continuation;
    begin = end;
  }
  return lines;
}

function isForced({ lineBreak }: Piece): boolean {
  return lineBreak === 'plain' || lineBreak === 'backslash';
}

/** Breaks pieces without forced breaks into lines, each as full as its best break allows. */
function fill(pieces: readonly Piece[], first: string, further: string): readonly string[] {
  const lines: string[] = [];
  let start = first;
  let begin = 0;
  for (;;) {
    const end = findBreak(pieces, begin, start.length);
    lines.push(start + join(pieces.slice(begin, end)));
    if (end === pieces.length) return lines;
    lines.push(`${lines.pop()!} \\`);
    start = further;
    begin = end;
  }
}

/** The piece before which a line that begins with `begin` is broken best; the number of pieces if the rest fits. */
function findBreak(pieces: readonly Piece[], begin: number, margin: number): number {
  let width = margin;
  let best: number | undefined;
  let isFull = false;
  for (let index = begin; index < pieces.length; index += 1) {
    const { text, blanks, isComment, lineBreak } = pieces[index]!;
    const isBreak = index > begin && typeof lineBreak === 'number';
    if (isBreak && isFull) return index;
    // Blank and backslash must fit in, too.
    if (isBreak && width + 2 <= longestLine && isBetter(pieces, index, best)) best = index;
    width += isComment ? 0 : text.length + (index === begin ? 0 : blanks);
    isFull = width > longestLine;
    if (isFull && best !== undefined) return best;
  }
  return pieces.length;
}

/** Whether the break before piece `index` tears apart no more than the best so far, which stands further left. */
function isBetter(pieces: readonly Piece[], index: number, best: number | undefined): boolean {
  if (best === undefined) return true;
  return Number(pieces[index]!.lineBreak) <= Number(pieces[best]!.lineBreak);
}

function join(pieces: readonly Piece[]): string {
  return pieces.map(({ text, blanks }, index) => (index === 0 ? text : ' '.repeat(blanks) + text)).join('');
}

/** How much a break before an operator tears apart, within the innermost brackets. */
const costs: ReadonlyMap<string, number> = new Map([
  ['[[', 0],
  ['@', 0],
  ['?', 2],
  [':', 2],
  ['or', 3],
  ['and', 4],
  ...['<', '<=', '==', '!=', '<>', '>', '>='].map((text) => [text, 5] as const),
  ...['|', '^', '&', '<<', '>>'].map((text) => [text, 6] as const),
  ['+', 7],
  ['-', 7],
  ...['*', '/', '//', '%'].map((text) => [text, 8] as const),
]);

/** A break behind a comma is better than one at an operator. */
const commaCost = 1;
const costPerBracket = 10;

/** For each token of a line without comments, how much a break before it tears apart; undefined where none may stand. */
export function breakCosts(tokens: readonly LineToken[]): readonly (number | undefined)[] {
  let depth = 0;
  return tokens.map(({ text }, index) => {
    const isBehindComma = tokens[index - 1]?.text === ',';
    const isJoint = index > 0 && costs.has(text) && !isSign(tokens, index) && index < tokens.length - 1;
    const cost = isBehindComma ? commaCost : isJoint ? costs.get(text)! : undefined;
    const total = cost === undefined ? undefined : cost + depth * costPerBracket;
    if (text === '(' || text === '[' || text === '[[') depth += 1;
    else if (text === ')' || text === ']' || text === ']]') depth -= 1;
    return total;
  });
}
