import type { Fix, Span } from '@nestml/diagnostics';
import type { CommentSyntax, ElementSyntax } from '../syntax/tree.ts';
import { closestName } from './closest.ts';
import type { ParserState } from './parser-state.ts';
import { failExpected, failIndentation, failLeftover, nextSpan, spanOf } from './recovery.ts';

/** Reads one element with its line end; undefined if nothing could be read. */
export type LineReader<T> = (p: ParserState) => T | undefined;

/** Span and comments of an element that began at `start` and ends with the last token. */
export function finishElement(p: ParserState, start: number): ElementSyntax {
  const span = p.spanFrom(start);
  return { span, comments: p.comments.around(span) };
}

/** The lines of a block, and the comment behind its head. */
export interface Body<T> {
  readonly lines: readonly T[];
  readonly headComment: CommentSyntax | undefined;
}

/** What a block head is called in messages, and how its body can be told from what follows. */
export interface HeadDescription {
  /** E.g. "`state`". */
  readonly what: string;
  /** What a line of the body looks like, e.g. "`V_m mV = -70 mV`". */
  readonly example: string;
  /** Whether a line begins the next block; without it a body that is not indented is not recognised. */
  readonly beginsNext?: (p: ParserState) => boolean;
  /** Whether a value stands before the colon, so that an operator may be missing. */
  readonly endsWithValue?: boolean;
  /** For statements: the token at which a body ends that is not indented. */
  readonly bodyEnd?: (p: ParserState) => number;
}

/**
 * The colon of a head and its indented lines. A missing colon and a missing indentation are reported and read as meant.
 */
export function parseBody<T>(p: ParserState, head: HeadDescription, readLine: LineReader<T>): Body<T> {
  const headLine = p.line;
  if (!p.accept(':')) failColon(p, head);
  const headEnd = p.here;
  const headComment = p.comments.behind(headEnd.end);
  const first = p.atLineEnd() ? undefined : readBehindColon(p, head, readLine);
  if (p.kind === 'newline') p.advance();
  if (p.kind === 'indent') {
    p.advance();
    return { lines: [...(first?.lines ?? []), ...parseLines(p, readLine)], headComment };
  }
  if (first !== undefined) return { lines: first.lines, headComment };
  const isBodyAtLevel = p.kind !== 'dedent' && p.kind !== 'end' && head.beginsNext?.(p) === false;
  if (isBodyAtLevel) {
    p.fail('missing-indentation', nextSpan(p), { what: head.what });
    return { lines: parseLines(p, readLine, head.beginsNext), headComment };
  }
  if (p.kind !== 'dedent' && p.kind !== 'end' && head.bodyEnd !== undefined) {
    const end = head.bodyEnd(p);
    if (end > p.position) {
      p.fail('missing-indentation', nextSpan(p), { what: head.what });
      return { lines: parseLines(p, readLine, ({ position }) => position >= end), headComment };
    }
  }
  const { what, example } = head;
  p.fail(
    'empty-block',
    { start: Math.max(0, headEnd.end - 1), end: headEnd.end },
    { what, example },
    {},
    headLine,
  );
  return { lines: [], headComment };
}

function failColon(p: ParserState, head: HeadDescription): void {
  if (p.atLineEnd()) {
    const fixes = [{ title: 'Insert `:`', edits: [{ span: p.here, text: ':' }] }];
    p.fail('missing-colon', p.here, { what: head.what }, { fixes });
    return;
  }
  if (head.endsWithValue === true) failLeftover(p, '`:`');
  else failExpected(p, '`:`');
  p.skipLine();
}

/** What stands behind the colon of a head, where the line should have ended. */
function readBehindColon<T>(p: ParserState, head: HeadDescription, readLine: LineReader<T>): { lines: T[] } {
  p.fail('content-behind-colon', spanOf(p.token), { what: head.what });
  const line = readLine(p);
  return { lines: line === undefined ? [] : [line] };
}

/**
 * The lines of an indented block and the dedent that ends it. With `beginsNext` the lines are not indented: they end
 * before the line that begins the next block, or before a dedent.
 */
export function parseLines<T>(
  p: ParserState,
  readLine: LineReader<T>,
  beginsNext?: HeadDescription['beginsNext'],
): T[] {
  const lines: T[] = [];
  let surplus = 0;
  let previousLine = -1;
  for (;;) {
    if (p.kind === 'end') return lines;
    if (p.kind === 'dedent') {
      if (surplus === 0 && beginsNext !== undefined) return lines;
      p.advance();
      if (surplus === 0) return lines;
      surplus -= 1;
    } else if (p.kind === 'indent') {
      if (p.isDamaged(previousLine)) p.skipIndented();
      else {
        p.advance();
        surplus += 1;
        failIndentation(p);
      }
    } else {
      if (surplus === 0 && beginsNext?.(p)) return lines;
      previousLine = p.line;
      if (isOldEnd(p)) skipOldEnd(p);
      else readAndAdvance(p, readLine, lines);
    }
  }
}

function readAndAdvance<T>(p: ParserState, readLine: LineReader<T>, lines: T[]): void {
  const { position } = p;
  const line = p.kind === 'newline' ? undefined : readLine(p);
  if (line !== undefined) lines.push(line);
  if (p.position > position) return;
  p.skipLine();
  p.advance();
}

/** Whether the line is the word `end`, which closed blocks up to NESTML 5.2. */
export function isOldEnd(p: ParserState): boolean {
  return p.is('end') && p.peek(1).kind === 'newline';
}

/** Reports the first `end` of a file, and skips the line. */
export function skipOldEnd(p: ParserState): void {
  const span: Span = spanOf(p.token);
  const parameters = {
    what: '`end` behind a block',
    versions: 'NESTML up to 5.2',
    today: 'indentation alone',
  };
  const fixes = [{ title: 'Remove `end`', edits: [{ span, text: '' }] }];
  if (!p.hasReportedEnd) p.fail('old-syntax', span, parameters, { fixes });
  p.hasReportedEnd = true;
  p.skipLine();
  p.advance();
}

/** A word that was probably meant, if any, and the fix that writes it. */
export interface Suggestion {
  readonly suggestion: string | undefined;
  readonly fixes: readonly Fix[];
}

/** The usual word if it is given, else the closest of the words, and the fix that puts it in place of the current token. */
export function suggestWord(p: ParserState, words: Iterable<string>, usual?: string): Suggestion {
  const suggestion = usual ?? closestName(p.word, words);
  const span = spanOf(p.token);
  const fixes =
    suggestion === undefined
      ? []
      : [{ title: `Write \`${suggestion}\``, edits: [{ span, text: suggestion }] }];
  return { suggestion, fixes };
}

/** Skips the current line and the block that it opens. */
export function skipLineAndBlock(p: ParserState): void {
  p.skipLine();
  if (p.kind === 'newline') p.advance();
  p.skipIndented();
}

/** Whether the logical line ends with a colon, as the head of a block does. */
export function isHeadLine(p: ParserState): boolean {
  return p.peekWord(p.tokensToLineEnd() - 1) === ':';
}
