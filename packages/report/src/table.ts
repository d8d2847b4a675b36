import { max } from 'd3-array';
import { displayWidth, pad, styled, terminalText } from './terminal-text.ts';

/** How the cells of a column are aligned; `decimal` lines numbers up at the decimal point. */
export type Alignment = 'left' | 'right' | 'decimal';

export interface TableColumn {
  readonly header: string;
  /** Default `left`. */
  readonly align?: Alignment;
  /** Whether long cells may be broken into several lines when the table is too wide. Default false. */
  readonly wrap?: boolean;
}

export interface Table {
  readonly columns: readonly TableColumn[];
  /** One text per column; missing cells are empty. */
  readonly rows: readonly (readonly string[])[];
}

export interface TableOptions {
  /**
   * Widest line wanted, in character cells: columns that may wrap are narrowed towards it, to 12 at least, so that the
   * others are never cut. Absent: as wide as the content.
   */
  readonly columns?: number;
  /** Whether the header is bold (ANSI). */
  readonly colour: boolean;
  /** Whether box-drawing characters may be used (otherwise ASCII only). */
  readonly unicode: boolean;
}

const GAP = '  ';
const LEAST_WRAPPED_WIDTH = 12;

/** Sets a table for the terminal: header, rule, rows; no trailing spaces, no final line break. */
export function renderTable(table: Table, options: TableOptions): string {
  const columns = table.columns.map((column, i) => {
    const header = terminalText(column.header, options.unicode);
    const cells = table.rows.map((row) => terminalText(row[i] ?? '', options.unicode));
    return { ...column, header, cells: column.align === 'decimal' ? alignDecimals(cells) : cells };
  });
  const widths = fitWidths(columns, options.columns);
  const line = (texts: readonly string[]) => {
    const padded = texts.map((text, i) =>
      pad(text, widths[i] ?? 0, columns[i]?.align === 'right' ? 'right' : 'left'),
    );
    return padded.join(GAP).trimEnd();
  };
  const headers = columns.map((column, i) => wrapCell(column.header, widths[i] ?? 0, column));
  const headerLines = stackLines(headers).map(line);
  const rule = widths.map((width) => (options.unicode ? '─' : '-').repeat(width)).join(GAP);
  const body = table.rows.flatMap((_row, r) => {
    const cells = columns.map((column, i) => wrapCell(column.cells[r] ?? '', widths[i] ?? 0, column));
    return stackLines(cells).map(line);
  });
  return [...headerLines.map((text) => (options.colour ? styled(text, 'bold') : text)), rule, ...body].join(
    '\n',
  );
}

/** Indents numbers so that their decimal points stand in one line; other texts begin at the left. */
function alignDecimals(cells: readonly string[]): readonly string[] {
  const parts = cells.map((cell) => /^([-+−]?\d+)(.*)$/s.exec(cell));
  const whole = max(parts, (part) => part?.[1]?.length ?? 0) ?? 0;
  return cells.map((cell, i) => {
    const integer = parts[i]?.[1];
    return integer === undefined ? cell : ' '.repeat(whole - integer.length) + cell;
  });
}

type PreparedColumn = TableColumn & { readonly cells: readonly string[] };

function fitWidths(columns: readonly PreparedColumn[], limit: number | undefined): readonly number[] {
  const widths = columns.map((column) => max([column.header, ...column.cells], displayWidth) ?? 0);
  if (limit === undefined) return widths;
  const total = () => widths.reduce((sum, width) => sum + width, GAP.length * Math.max(0, widths.length - 1));
  for (let excess = total() - limit; excess > 0; excess--) {
    const widest = columns.reduce((best, column, i) => {
      const canShrink = column.wrap === true && (widths[i] ?? 0) > LEAST_WRAPPED_WIDTH;
      return canShrink && (best < 0 || (widths[i] ?? 0) > (widths[best] ?? 0)) ? i : best;
    }, -1);
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** The lines of a cell: broken at spaces, and inside words that alone are too long. */
function wrapCell(text: string, width: number, column: TableColumn): readonly string[] {
  if (displayWidth(text) <= width || column.wrap !== true) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((one) => chunks(one, width))) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function chunks(word: string, width: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && displayWidth(part + character) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return part === '' ? parts : [...parts, part];
}

/** From the lines of each cell to the cells of each line. */
function stackLines(cells: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, i) => cells.map((lines) => lines[i] ?? ''));
}
