import type { Report } from '@nestml/diagnostics';
import type { syntaxMessages } from '../messages/syntax.ts';
import type { Token, TokenKind } from '../syntax/tokens.ts';
import type { ForeignName } from './foreign-names.ts';

export type SyntaxReport = Report<typeof syntaxMessages>;

/** What must be known of the logical line so far, to read the next character. */
export interface LineFacts {
  /** Column of its first token. */
  readonly width: number;
  /** Its first token, e.g. `kernel`; empty before it. */
  firstWord: string;
  /** Its latest token that is not trivia. */
  lastWord: string;
  /** Question marks minus colons: above zero inside a conditional expression. */
  openConditionals: number;
  /** Whether only names, types and an index came so far, as before the arrow of a port. */
  mayBePort: boolean;
}

/** The mutable state of one run of the lexer. */
export interface LexerState {
  readonly text: string;
  readonly report: SyntaxReport;
  readonly tokens: Token[];
  /** Read as one expression: `<-` is never the arrow of a port. */
  readonly isExpression: boolean;
  offset: number;
  /** Columns of the open indentation levels; the first is 0. */
  readonly indents: number[];
  /** Brackets that are open in the logical line. */
  brackets: ('(' | '[' | '[[')[];
  line: LineFacts;
  /** The column of the latest dedent that fitted no open level, so that a run of such lines is reported once. */
  oddWidth: number | undefined;
  /** Columns of block heads of this model that are not that of its blocks, each reported once. */
  readonly oddHeads: Set<number>;
  /** Whether the latest line in the first column began a model, so that blocks belong into it. */
  isInModel: boolean;
  /** A block that begins left of the other blocks of its model. */
  outdented: OutdentedBlock | undefined;
  /** Whether the blocks of this model begin in the first column, as the model does. */
  isFlat: boolean;
  /** While the lines of a first block without head are read: the column of the heads behind them. */
  headlessColumn: number | undefined;
  /** Whether the line before was read as one of the open block although it begins left of it; a run of them is reported once. */
  isInOutdentedRun: boolean;
  /** The character that the first indented line used, and whether the mixture has been reported. */
  indentationStyle: '\t' | ' ' | undefined;
  hasReportedMixture: boolean;
  /** Old comment marks known to have no end in the rest of the text, so that it is searched once. */
  readonly openCommentMarks: Set<string>;
  /** The first line feed and the first carriage return at or behind an offset; the length of the text if there is none. */
  readonly nextLineEnds: { lineFeed: number; carriageReturn: number };
  /** Names with letters that NESTML does not know, each reported once. */
  readonly foreignNames: Map<string, ForeignName>;
  /** Where the next line with content begins; found once for a run of empty lines. */
  nextContent: NextContent;
}

/** How far the lines of a block that begins too far left are moved to be read as meant. */
export interface OutdentedBlock {
  /** The column of its head. */
  readonly width: number;
  /** The columns by which the head is moved; its body too, unless it stands where it belongs. */
  readonly shift: number;
  /** Unknown before the first line of the body. */
  isBodyShifted: boolean | undefined;
}

/** The first line with content at or behind an offset. */
export interface NextContent {
  /** The offset from which it was searched. */
  readonly from: number;
  /** Offset of its first character that is not blank; the length of the text if there is none. */
  readonly offset: number;
  readonly width: number;
}

export function emptyLine(width: number): LineFacts {
  return { width, firstWord: '', lastWord: '', openConditionals: 0, mayBePort: true };
}

export function createLexerState(text: string, report: SyntaxReport, isExpression: boolean): LexerState {
  return {
    text,
    report,
    tokens: [],
    isExpression,
    offset: 0,
    indents: [0],
    brackets: [],
    line: emptyLine(0),
    oddWidth: undefined,
    oddHeads: new Set(),
    isInModel: false,
    outdented: undefined,
    isInOutdentedRun: false,
    isFlat: false,
    headlessColumn: undefined,
    indentationStyle: undefined,
    hasReportedMixture: false,
    openCommentMarks: new Set(),
    nextLineEnds: { lineFeed: -1, carriageReturn: -1 },
    foreignNames: new Map(),
    nextContent: { from: -1, offset: -1, width: 0 },
  };
}

/**
 * The end of the line that contains `offset`, without its line end. Offsets must not fall. Searching by the machine is faster than reading
 * the characters, and most of a model file are comments.
 */
export function nextLineEnd(state: LexerState, offset: number): number {
  const { text, nextLineEnds } = state;
  if (nextLineEnds.lineFeed < offset) nextLineEnds.lineFeed = indexOrEnd(text, '\n', offset);
  if (nextLineEnds.carriageReturn < offset) nextLineEnds.carriageReturn = indexOrEnd(text, '\r', offset);
  return Math.min(nextLineEnds.lineFeed, nextLineEnds.carriageReturn);
}

function indexOrEnd(text: string, character: string, offset: number): number {
  const found = text.indexOf(character, offset);
  return found === -1 ? text.length : found;
}

/** Adds the token from the current offset to `end` and moves behind it. */
export function pushToken(state: LexerState, kind: TokenKind, end: number): void {
  state.tokens.push({ kind, start: state.offset, end });
  state.offset = end;
}
