import { characterWidth, styled, type TerminalStyle } from './terminal-text.ts';

interface Cell {
  /** Empty in the second cell of a wide character. */
  character: string;
  style: TerminalStyle;
}

/** A rectangle of character cells that is written to by position and read out as lines. */
export class TerminalGrid {
  readonly columns: number;
  readonly rows: number;
  readonly #cells: readonly (readonly Cell[])[];

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#cells = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, (): Cell => ({ character: ' ', style: 'plain' })),
    );
  }

  /** Writes text from a cell to the right; what lies outside the grid is dropped. */
  put(row: number, column: number, text: string, style: TerminalStyle = 'plain'): void {
    let at = column;
    for (const character of text) {
      const width = characterWidth(character);
      const cell = this.#cells[row]?.[width === 0 ? at - 1 : at];
      if (width === 0) {
        if (cell !== undefined) cell.character += character;
        continue;
      }
      const second = width === 2 ? this.#cells[row]?.[at + 1] : undefined;
      if (cell !== undefined && (width === 1 || second !== undefined)) {
        this.#clear(row, at);
        if (second !== undefined) this.#clear(row, at + 1);
        cell.character = character;
        cell.style = style;
        if (second !== undefined) second.character = '';
      }
      at += width;
    }
  }

  /** Empties a cell, and the other half where it belongs to a wide character. */
  #clear(row: number, column: number): void {
    const cells = this.#cells[row];
    const cell = cells?.[column];
    if (cell === undefined) return;
    const other = cell.character === '' ? cells?.[column - 1] : cells?.[column + 1];
    if (other !== undefined && (cell.character === '' || other.character === '')) other.character = ' ';
    cell.character = ' ';
  }

  /** Whether nothing was written to a cell. */
  isFree(row: number, column: number): boolean {
    return this.#cells[row]?.[column]?.character === ' ';
  }

  /** Lines of exactly `columns` cells, joined by line feeds; styles only if `colour`. */
  toText(colour: boolean): string {
    return this.#cells
      .map((row) => (colour ? styledRow(row) : row.map((cell) => cell.character).join('')))
      .join('\n');
  }
}

/** Neighbouring cells of one style share their escape sequences. */
function styledRow(row: readonly Cell[]): string {
  let text = '';
  let stretch = '';
  let style: TerminalStyle = 'plain';
  for (const cell of row) {
    if (cell.style !== style) {
      if (stretch !== '') text += styled(stretch, style);
      stretch = '';
      style = cell.style;
    }
    stretch += cell.character;
  }
  return stretch === '' ? text : text + styled(stretch, style);
}
