import {
  createReport,
  type Diagnostic,
  type MessageParameters,
  type ReportExtras,
  type SourceFile,
  type Span,
} from '@nestml/diagnostics';
import { syntaxMessages } from '../messages/syntax.ts';
import type { Token, TokenKind } from '../syntax/tokens.ts';
import type { BlockSyntax } from '../syntax/tree.ts';
import { CommentIndex } from './comments.ts';
import { tokenizeWithReport } from './lexer.ts';
import type { SyntaxReport } from './lexer-state.ts';

/** What the lexer says about a whole line. */
const codesOfLines: ReadonlySet<string> = new Set(['misplaced-line', 'text-outside-model']);

type SyntaxCode = keyof typeof syntaxMessages & string;

/**
 * Deeper nesting is refused, so that neither the parser nor a consumer of the tree runs out of stack. The levels of
 * expressions and blocks add up; a block counts as several, since it takes as much stack.
 */
export const deepestNesting = 1000;
export const deepestBlocks = 100;
export const levelsPerBlock = 5;

/**
 * The mutable state of one run of the parser: the tokens that carry syntax, and where we are. At most one error is
 * reported per logical line: after the first, what the parser expects there is guesswork.
 */
export class ParserState {
  readonly source: SourceFile;
  /** All tokens, trivia included. */
  readonly tokens: readonly Token[];
  readonly diagnostics: Diagnostic[] = [];
  readonly comments: CommentIndex;
  /** Blocks found inside other blocks; they join the model. */
  readonly strayBlocks: BlockSyntax[] = [];
  /** Whether an `end` of an old version has been reported; one finding per file is enough. */
  hasReportedEnd = false;
  /** Where the current model begins, and the words of its blocks once they have been looked for. */
  modelPosition = 0;
  headsOfModel: { readonly modelPosition: number; readonly heads: ReadonlySet<string> } | undefined =
    undefined;
  /** Up to here no head of a block is missing: the end of the latest block that has been looked at. */
  noLostHeadBefore = 0;
  position = 0;
  /** How deep the parser is in expressions and statements. */
  depth = 0;
  /** The height of the expression parsed last. */
  height = 0;
  /** The end of the last token consumed, layout aside. */
  lastEnd = 0;
  readonly #report: SyntaxReport;
  /** The tokens that carry syntax, with their text; layout tokens have no text. */
  readonly #significant: Token[] = [];
  readonly #words: string[] = [];
  /** The number of the logical line of each significant token. */
  readonly #lines: number[] = [];
  /** Where lines begin that the lexer has read as part of another block than their column tells. */
  readonly #misplaced = new Set<number>();
  /** Words of the language that stand in place of names, and the logical lines on which they do. */
  readonly #keywordNames = new Map<string, { readonly places: Span[]; readonly isDeclared: boolean }>();
  readonly #keywordLines = new Set<number>();
  /** Logical lines with an error. */
  readonly #damaged = new Set<number>();

  constructor(source: SourceFile, isExpression: boolean) {
    this.source = source;
    this.#report = createReport(syntaxMessages, source, this.diagnostics);
    this.tokens = tokenizeWithReport(
      source,
      (code, span, parameters, extras) => {
        if (codesOfLines.has(code)) this.#misplaced.add(span.start);
        this.#report(code, span, parameters, extras);
      },
      isExpression,
    );
    this.comments = new CommentIndex(source, this.tokens);
    this.#selectSignificant();
  }

  #selectSignificant(): void {
    const { tokens } = this;
    const { text } = this.source;
    let line = 0;
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at]!;
      const { kind } = token;
      if (isTrivia(kind)) continue;
      if (kind === 'invalid') {
        this.#damaged.add(line);
        continue;
      }
      const word = isLayout(kind) ? '' : text.slice(token.start, token.end);
      if (kind === 'string' && !isClosedString(word)) this.#damaged.add(line);
      if (this.#misplaced.has(token.start)) this.#damaged.add(line);
      this.#significant.push(token);
      this.#words.push(word);
      this.#lines.push(line);
      if (kind === 'newline') line += 1;
    }
  }

  /** The current token; at the end of the text the `end` token for ever. */
  get token(): Token {
    return this.#significant[this.position]!;
  }

  get kind(): TokenKind {
    return this.token.kind;
  }

  /** The text of the current token; empty for layout. */
  get word(): string {
    return this.#words[this.position]!;
  }

  get line(): number {
    return this.#lines[this.position]!;
  }

  /** The token `distance` places ahead (or behind), clamped to the text. */
  peek(distance: number): Token {
    return this.#significant[this.#clamp(distance)]!;
  }

  peekWord(distance: number): string {
    return this.#words[this.#clamp(distance)]!;
  }

  #clamp(distance: number): number {
    return Math.max(0, Math.min(this.position + distance, this.#significant.length - 1));
  }

  is(word: string): boolean {
    return this.word === word;
  }

  atLineEnd(): boolean {
    return isLayout(this.kind);
  }

  advance(): Token {
    const { token } = this;
    if (token.kind === 'end') return token;
    if (!isLayout(token.kind)) this.lastEnd = token.end;
    this.position += 1;
    return token;
  }

  /** Consumes the token if it has this text. */
  accept(word: string): Token | undefined {
    return this.word === word ? this.advance() : undefined;
  }

  /** From `start` to the last token consumed; empty if none was. */
  spanFrom(start: number): Span {
    return { start, end: Math.max(start, this.lastEnd) };
  }

  /** The empty span behind the last token consumed. */
  get here(): Span {
    return { start: this.lastEnd, end: this.lastEnd };
  }

  /** Reports an error, unless the logical line has one. */
  fail<C extends SyntaxCode>(
    code: C,
    span: Span,
    parameters: MessageParameters<typeof syntaxMessages, C>,
    extras?: ReportExtras,
    line = this.line,
  ): void {
    if (this.#damaged.has(line)) return;
    this.#damaged.add(line);
    this.#report(code, span, parameters, extras);
  }

  /** Reports a lint; lines with an error get none, since their reading is guesswork. */
  hint<C extends SyntaxCode>(
    code: C,
    span: Span,
    parameters: MessageParameters<typeof syntaxMessages, C>,
    extras?: ReportExtras,
  ): void {
    if (!this.#damaged.has(this.line)) this.#report(code, span, parameters, extras);
  }

  /** Notes that the current token, a word of the language, stands in place of a name, and damages its line. */
  noteKeyword(isDeclared: boolean): void {
    const { word, token, line } = this;
    if (this.isDamaged() && !this.#keywordLines.has(line)) return;
    const uses = this.#keywordNames.get(word) ?? { places: [], isDeclared: false };
    uses.places.push({ start: token.start, end: token.end });
    this.#keywordNames.set(word, { ...uses, isDeclared: uses.isDeclared || isDeclared });
    this.#keywordLines.add(line);
    this.markDamaged();
  }

  /** Reports each word of the language that stands in place of a name, once, with the fix that renames it wherever it does. */
  reportKeywords(): void {
    if (this.#keywordNames.size === 0) return;
    const taken = new Set(this.#words);
    for (const [word, { places, isDeclared }] of this.#keywordNames) {
      const name = `${word}_`;
      const edits = places.map((span) => ({ span, text: name }));
      const fixes = isDeclared && !taken.has(name) ? [{ title: `Rename it to \`${name}\``, edits }] : [];
      this.#report('keyword-as-name', places[0]!, { word }, { fixes });
    }
  }

  isDamaged(line = this.line): boolean {
    return this.#damaged.has(line);
  }

  /** Takes no further errors from the logical line. */
  markDamaged(line = this.line): void {
    this.#damaged.add(line);
  }

  /** Moves to the end of the logical line, before its `newline`. */
  skipLine(): void {
    while (!this.atLineEnd()) this.advance();
  }

  /** The offset in tokens of the end of the logical line, from the current position. */
  tokensToLineEnd(): number {
    let distance = 0;
    while (!isLayout(this.peek(distance).kind)) distance += 1;
    return distance;
  }

  /** Skips a block that is indented deeper, if one begins here. */
  skipIndented(): void {
    let level = 0;
    while (this.kind !== 'end') {
      if (this.kind === 'indent') level += 1;
      else if (this.kind === 'dedent') level -= 1;
      else if (level === 0) return;
      if (level < 0) return;
      this.advance();
    }
  }

  textOf(span: Span): string {
    return this.source.text.slice(span.start, span.end);
  }
}

function isTrivia(kind: TokenKind): boolean {
  return kind === 'whitespace' || kind === 'comment' || kind === 'continuation' || kind === 'blank-line-end';
}

function isLayout(kind: TokenKind): boolean {
  return kind === 'newline' || kind === 'indent' || kind === 'dedent' || kind === 'end';
}

/** Whether a string token ends with its quote: an even number of backslashes stands before it. */
function isClosedString(text: string): boolean {
  if (text.length < 2 || !text.endsWith('"')) return false;
  let backslashes = 0;
  while (text[text.length - 2 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 0;
}
