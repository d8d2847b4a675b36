import { indentationWidth } from '../parse/characters.ts';
import type { Token } from '../syntax/tokens.ts';
import type { SyntaxTree } from '../syntax/tree.ts';

/** A token of a logical line: one that carries syntax, or a comment between such tokens. */
export interface LineToken {
  readonly kind: Token['kind'];
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether it is the first on its line of the text. */
  readonly isFirstOnLine: boolean;
}

/** A comment that has its line to itself. */
export interface OwnLineComment {
  /** From `#` to the end of the line. */
  readonly text: string;
  /** The white space before it. */
  readonly margin: string;
  /** The level of indentation at which it stands: that of the next line, or one of those that end before it. */
  readonly level: number;
  readonly hasBlankLineBefore: boolean;
}

/** What stands between two logical lines: comments and blank lines. */
export interface Gap {
  /** Offsets of the beginning of its first line and of the line behind it, or of the end of the text. */
  readonly start: number;
  readonly end: number;
  readonly comments: readonly OwnLineComment[];
  /** Whether a blank line stands behind the last comment. */
  readonly hasBlankLineAtEnd: boolean;
  /** Whether it has characters that are no NESTML, such as comments of old versions. */
  readonly hasInvalid: boolean;
}

/** A statement, declaration or head, which may stand on several lines of the text. */
export interface LogicalLine {
  /** Where its first token begins. */
  readonly start: number;
  /** Where its first line of the text begins. */
  readonly lineStart: number;
  /** Where its last line of the text ends, line end aside. */
  readonly end: number;
  /** The level of indentation, from 0. */
  readonly level: number;
  readonly tokens: readonly LineToken[];
  /** The comment behind the last token, on its line of the text. */
  readonly comment: string | undefined;
  /** What stands before the line. */
  readonly gap: Gap;
}

export interface LineStructure {
  readonly lines: readonly LogicalLine[];
  /** What stands behind the last line. */
  readonly rest: Gap;
}

/** The logical lines of a file and what stands between them. Every comment is in exactly one of them. */
export function readLines(tree: SyntaxTree): LineStructure {
  const reader = new LineReader(tree.source.text, tree.tokens);
  const lines: LogicalLine[] = [];
  for (;;) {
    const gap = reader.readGap();
    if (reader.isAtEnd) return { lines, rest: gap };
    lines.push(reader.readLine(gap));
  }
}

interface RawComment {
  readonly text: string;
  readonly margin: string;
  readonly hasBlankLineBefore: boolean;
}

/** The mutable state of one reading. */
class LineReader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #position = 0;
  /** Where the current line of the text begins. */
  #lineStart = 0;
  /** Columns of the open levels of indentation. */
  readonly #widths: number[] = [0];
  /** A comment behind a backslash at the end of the last logical line: on a line of its own, although its tokens are not. */
  #strayComment: RawComment | undefined;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  get #token(): Token {
    return this.#tokens[this.#position]!;
  }

  get isAtEnd(): boolean {
    return this.#token.kind === 'end';
  }

  #textOf(token: Token): string {
    return this.#text.slice(token.start, token.end);
  }

  /** Moves behind the current token, which ends a line of the text. */
  #endTextLine(): void {
    this.#lineStart = this.#token.end;
    this.#position += 1;
  }

  /** Reads up to the first token of the next logical line, its indentation included. */
  readGap(): Gap {
    const raw: RawComment[] = this.#strayComment === undefined ? [] : [this.#strayComment];
    this.#strayComment = undefined;
    const start = this.#lineStart;
    const above = [...this.#widths];
    let isBlankLine = true;
    let hasBlankLine = false;
    let hasInvalid = false;
    for (;;) {
      const token = this.#token;
      if (token.kind === 'blank-line-end' || token.kind === 'continuation') {
        hasBlankLine ||= isBlankLine;
        isBlankLine = true;
        this.#endTextLine();
        continue;
      }
      if (token.kind === 'comment') {
        const margin = this.#text.slice(this.#lineStart, token.start);
        raw.push({ text: this.#textOf(token), margin, hasBlankLineBefore: hasBlankLine });
        isBlankLine = false;
        hasBlankLine = false;
      } else if (token.kind === 'invalid') {
        isBlankLine = false;
        hasInvalid = true;
      } else if (token.kind === 'indent') this.#openLevel(token);
      else if (token.kind === 'dedent') this.#widths.pop();
      else if (token.kind !== 'whitespace') break;
      this.#position += 1;
    }
    const comments = withLevels(raw, above, this.#widths.length - 1);
    const end = this.isAtEnd ? this.#text.length : this.#lineStart;
    return { start, end, comments, hasBlankLineAtEnd: hasBlankLine, hasInvalid };
  }

  #openLevel(token: Token): void {
    this.#widths.push(indentationWidth(this.#text.slice(this.#lineStart, token.start)));
  }

  /** Reads the logical line that begins here, with its line end. */
  readLine(gap: Gap): LogicalLine {
    const { start } = this.#token;
    const lineStart = this.#lineStart;
    const tokens: LineToken[] = [];
    let isFirstOnLine = false;
    for (; this.#token.kind !== 'newline'; ) {
      const token = this.#token;
      if (token.kind === 'blank-line-end' || token.kind === 'continuation') {
        isFirstOnLine = true;
        this.#endTextLine();
        continue;
      }
      if (token.kind !== 'whitespace') {
        tokens.push({ ...token, text: this.#textOf(token), isFirstOnLine });
        isFirstOnLine = false;
      }
      this.#position += 1;
    }
    const end = this.#token.start;
    const comment = this.#takeComment(tokens);
    this.#endTextLine();
    return { start, lineStart, end, level: this.#widths.length - 1, tokens, comment, gap };
  }

  /** Takes the comment at the end of a logical line out of its tokens. */
  #takeComment(tokens: LineToken[]): string | undefined {
    const last = tokens.at(-1);
    if (last?.kind !== 'comment') return undefined;
    tokens.pop();
    if (!last.isFirstOnLine) return last.text;
    const margin = this.#text.slice(this.#lineStart, last.start);
    this.#strayComment = { text: last.text, margin, hasBlankLineBefore: false };
    return undefined;
  }
}

/**
 * The comments with their levels. `above` are the columns of the levels before the gap, `below` is the level behind it. A comment belongs to
 * the deepest level that is open before the gap and begins at its column or left of it, but at least to that of the next line; behind a
 * comment none is deeper.
 */
function withLevels(
  comments: readonly RawComment[],
  above: readonly number[],
  below: number,
): readonly OwnLineComment[] {
  let deepest = Math.max(above.length - 1, below);
  return comments.map((comment) => {
    const column = indentationWidth(comment.margin);
    let level = above.findLastIndex((width) => width <= column);
    level = Math.min(deepest, Math.max(below, level));
    deepest = level;
    return { ...comment, level };
  });
}
