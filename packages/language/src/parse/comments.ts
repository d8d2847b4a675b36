import { positionAt, type SourceFile, type Span } from '@nestml/diagnostics';
import type { Token } from '../syntax/tokens.ts';
import type { AttachedComments, CommentSyntax } from '../syntax/tree.ts';

const noComments: AttachedComments = { before: [] };

/** All comments of a file by line, to attach them to the elements of the tree. */
export class CommentIndex {
  /** All comments in the order of the text. */
  readonly all: CommentSyntax[] = [];
  readonly #source: SourceFile;
  /** Comments that have their line to themselves. */
  readonly #own = new Map<number, CommentSyntax>();
  /** Comments behind something. */
  readonly #behind = new Map<number, CommentSyntax>();

  constructor(source: SourceFile, tokens: readonly Token[]) {
    this.#source = source;
    let hasContent = false;
    let line = 1;
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at]!;
      if (token.kind === 'comment') this.#add(token, line, hasContent);
      else if (token.kind === 'newline' || token.kind === 'blank-line-end' || token.kind === 'continuation') {
        hasContent = false;
        line += 1;
      } else if (token.kind === 'invalid') line = positionAt(source, token.end).line;
      else if (token.kind !== 'whitespace' && token.start < token.end) hasContent = true;
    }
  }

  #add(token: Token, line: number, hasContent: boolean): void {
    const span = { start: token.start, end: token.end };
    const { text } = this.#source;
    const start = text[token.start + 1] === ' ' ? token.start + 2 : token.start + 1;
    const comment = { span, text: text.slice(start, token.end) };
    this.all.push(comment);
    (hasContent ? this.#behind : this.#own).set(line, comment);
  }

  /** The run of comments directly above `start`, and the comment on the line on which the element ends. */
  around(span: Span): AttachedComments {
    return combine(this.above(span.start), this.behind(span.end));
  }

  /** The unbroken run of comment-only lines that ends above the line of `offset`. */
  above(offset: number): readonly CommentSyntax[] {
    const comments: CommentSyntax[] = [];
    for (let line = positionAt(this.#source, offset).line - 1; ; line -= 1) {
      const comment = this.#own.get(line);
      if (comment === undefined) return comments.reverse();
      comments.push(comment);
    }
  }

  /** The comment behind the text on the line of `offset`. */
  behind(offset: number): CommentSyntax | undefined {
    return this.#behind.get(positionAt(this.#source, offset).line);
  }
}

/** Comments with `after` left out where there is none. */
export function combine(
  before: readonly CommentSyntax[],
  after: CommentSyntax | undefined,
): AttachedComments {
  if (after !== undefined) return { before, after };
  return before.length === 0 ? noComments : { before };
}
