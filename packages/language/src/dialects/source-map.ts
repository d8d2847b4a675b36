import type { Span } from '@nestml/diagnostics';

/** A stretch of a translated text and where it comes from. */
export interface Piece {
  readonly text: string;
  /** The place in the old text that it stands for. */
  readonly origin: Span;
  /** Whether it was copied, so that each of its characters has its own place. */
  readonly isCopy: boolean;
}

/** Finds the places in the old text that belong to places in the translation. */
export interface SourceMap {
  readonly text: string;
  /** The place in the old text; where the translation has moved things, at least the beginning is right. */
  readonly originOf: (span: Span) => Span;
  /** Whether the place in the old text was copied as a whole, so that an edit of it is an edit of the translation. */
  readonly isCopied: (span: Span) => boolean;
}

/** The text of the pieces and the way back. */
export function createSourceMap(pieces: readonly Piece[]): SourceMap {
  const filled = pieces.filter(({ text }) => text !== '');
  const starts: number[] = [];
  let length = 0;
  for (const { text } of filled) {
    starts.push(length);
    length += text.length;
  }
  const pieceAt = (offset: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const startOf = (offset: number): number => {
    const index = pieceAt(offset);
    const piece = filled[index];
    if (piece === undefined) return 0;
    return piece.isCopy ? piece.origin.start + offset - starts[index]! : piece.origin.start;
  };
  const endOf = (offset: number): number => {
    const index = pieceAt(Math.max(0, offset - 1));
    const piece = filled[index];
    if (piece === undefined) return 0;
    return piece.isCopy ? piece.origin.start + offset - starts[index]! : piece.origin.end;
  };
  const originOf = ({ start, end }: Span): Span => {
    if (start === end) {
      const place = endOf(start);
      return { start: place, end: place };
    }
    const first = startOf(start);
    return { start: first, end: Math.max(first, endOf(end)) };
  };
  const changed = filled.filter(({ isCopy, origin }) => !isCopy && origin.end > origin.start);
  const isCopied = (span: Span): boolean =>
    !changed.some(({ origin }) => origin.start < span.end && span.start < origin.end);
  return { text: filled.map(({ text }) => text).join(''), originOf, isCopied };
}
