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
  /** Widest line allowed, in character cells. Absent: as wide as the content. */
  readonly columns?: number;
  /** Whether the header is bold (ANSI). */
  readonly colour: boolean;
  /** Whether box-drawing characters may be used (otherwise ASCII only). */
  readonly unicode: boolean;
}

/** Sets a table for the terminal: header, rule, rows; no trailing spaces, no final line break. */
export function renderTable(table: Table, options: TableOptions): string {
  const rule = options.unicode ? '─' : '-';
  return [table.columns.map((column) => column.header).join('  '), rule].join('\n');
}
