import type { Figure } from './figure.ts';

export interface TerminalOptions {
  /** Width of the output in character cells, at least 30. */
  readonly columns: number;
  /** Height of the output in lines, at least 8. */
  readonly rows: number;
  /** Whether series are told apart by ANSI colours (otherwise by line patterns). */
  readonly colour: boolean;
  /** Whether braille and box-drawing characters may be used (otherwise ASCII only). */
  readonly unicode: boolean;
}

/** Draws a figure as `rows` lines of exactly `columns` cells each, joined by `\n`, without a final line break. */
export function renderTerminal(figure: Figure, options: TerminalOptions): string {
  return figure.title.padEnd(options.columns);
}
