import type { Host } from '@nestml/workbench';

/** Where a command reads and writes; the tests give one that collects. */
export interface Console {
  readonly host: Host;
  /** Results. */
  out(text: string): void;
  /** Everything else: findings, progress. */
  error(text: string): void;
  /** One item for each time that a file may have changed; without end. */
  changes(path: string): AsyncIterable<unknown>;
  /** Time that has passed since some beginning, ms. */
  now(): number;
  /** Whether results go to a terminal. */
  readonly isTerminal: boolean;
  /** Whether findings go to a terminal. */
  readonly isErrorTerminal: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Whether the terminal shows characters outside ASCII. */
  readonly unicode: boolean;
  /** Whether the environment asks for no colour (NO_COLOR, TERM=dumb). */
  readonly noColor: boolean;
}

/** Options that every command has. */
export interface GlobalOptions {
  readonly color: 'never' | 'auto';
}

/** Whether results are coloured. */
export function colorsResults(console: Console, options: GlobalOptions): boolean {
  return options.color === 'auto' && console.isTerminal && !console.noColor;
}

/** Whether findings are coloured. */
export function colorsFindings(console: Console, options: GlobalOptions): boolean {
  return options.color === 'auto' && console.isErrorTerminal && !console.noColor;
}
