import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Console } from '../src/console.ts';
import { createNodeHost } from '../src/host/node-host.ts';
import { main } from '../src/main.ts';

/** What a command line did. */
export interface CliRun {
  readonly status: number;
  readonly out: string;
  readonly error: string;
  /** Codes of the findings on standard error, in order. */
  readonly codes: readonly string[];
  /** Codes of the errors among them. */
  readonly errorCodes: readonly string[];
}

/** Settings of a run: the text on standard input, whether results go to a terminal. */
export interface CliSettings {
  readonly input?: string;
  readonly isTerminal?: boolean;
  /** Changes of a watched file; none by default. */
  readonly changes?: Console['changes'];
}

/** Runs the command line in this process with the files of the machine. */
export async function runCli(words: readonly string[], settings: CliSettings = {}): Promise<CliRun> {
  let out = '';
  let error = '';
  const console: Console = {
    host: {
      ...createNodeHost(),
      readStandardInput: async () => new TextEncoder().encode(settings.input ?? ''),
    },
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    changes: settings.changes ?? async function* none() {},
    now: () => 0,
    isTerminal: settings.isTerminal ?? false,
    isErrorTerminal: false,
    columns: 80,
    rows: 30,
    unicode: true,
    noColor: true,
  };
  const status = await main(words, console);
  const findings = [...error.matchAll(/^(error|warning|note)\[([a-z0-9-]+)\]/gm)];
  return {
    status,
    out,
    error,
    codes: findings.map((match) => match[2]!),
    errorCodes: findings.filter((match) => match[1] === 'error').map((match) => match[2]!),
  };
}

/** Calls `use` with a fresh folder that is removed afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'nestml-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a file into a folder and gives its path. */
export function put(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Splits a command line into words; double quotes group. */
export function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}
