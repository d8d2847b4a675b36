import { breakCosts, layOutPieces, type Piece } from './line-breaks.ts';
import type { LineRole } from './line-roles.ts';
import type { LineToken, LogicalLine } from './logical-lines.ts';
import { hasBlankBefore, type SpacingContext } from './spacing.ts';

/** The columns, from 0, at which comments behind rows may begin: the usual one, and every so many to its left and right. */
const usualStop = 57;
const stopDistance = 16;

/** Blanks that stand at least before a comment behind code. */
const blanksBeforeComment = 2;

/** The text of a logical line, without the last line end. `margin` is its indentation. */
export function formatLine(
  line: LogicalLine,
  role: LineRole,
  margin: string,
  context: SpacingContext,
): string {
  const lines = layOutPieces(piecesOf(line, context), margin);
  if (line.comment === undefined) return lines.join('\n');
  const comment = formatComment(line.comment);
  const width = lines.at(-1)!.length;
  const column = role === 'row' ? alignedColumn(width) : width + blanksBeforeComment;
  return `${lines.join('\n')}${' '.repeat(column - width)}${comment}`;
}

/**
 * The column of the comment behind a row of `width` columns: the first stop that the row leaves free. A long comment does not move left of
 * its neighbours, since a column that is broken reads worse than a line that is long.
 */
function alignedColumn(width: number): number {
  const free = Math.max(width + blanksBeforeComment, usualStop);
  return usualStop + Math.ceil((free - usualStop) / stopDistance) * stopDistance;
}

/** A comment without blanks at its end and with one behind `#`, unless something other than a word follows. */
export function formatComment(text: string): string {
  return text.trimEnd().replace(/^#(?=[\p{L}\p{N}])/u, '# ');
}

/** A comment for the tools: it holds for its own line of the text, so that the line may not be broken elsewhere. */
const directive = /^#\s*nestml:/;

function piecesOf({ tokens, comment }: LogicalLine, context: SpacingContext): readonly Piece[] {
  const isBound = [comment, ...tokens.map(({ text }) => text)].some((text) => directive.test(text ?? ''));
  const isKernel = tokens[0]?.text === 'kernel';
  const code = tokens.filter(({ kind }) => kind !== 'comment');
  const costs = breakCosts(code);
  const pieces: Piece[] = [];
  let next = 0;
  let depth = 0;
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const isComment = token.kind === 'comment';
    // Brackets are balanced here: at a comma of depth 0 of a kernel the next definition begins.
    const beginsDefinition = isKernel && depth === 0 && code[next - 1]?.text === ',';
    const isPlain =
      before?.kind === 'comment' || (isComment ? token.isFirstOnLine : beginsDefinition && next > 0);
    const hasBlank = !isComment && next > 0 && hasBlankBefore(code, next, context);
    const isKept = isBound && token.isFirstOnLine;
    const cost = isBound || isComment || !hasBlank ? undefined : costs[next];
    const lineBreak = isPlain ? 'plain' : isKept ? 'backslash' : (cost ?? 'none');
    const blanks = isComment ? blanksBeforeComment : hasBlank ? 1 : 0;
    pieces.push({ text: pieceText(token), isComment, blanks, lineBreak, beginsDefinition });
    if (isComment) return;
    depth += bracketStep(token.text);
    next += 1;
  });
  return pieces;
}

function pieceText({ kind, text }: LineToken): string {
  return kind === 'comment' ? formatComment(text) : text;
}

function bracketStep(text: string): number {
  if (text === '(' || text === '[' || text === '[[') return 1;
  return text === ')' || text === ']' || text === ']]' ? -1 : 0;
}
