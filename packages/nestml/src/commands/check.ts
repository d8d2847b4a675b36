import { type Diagnostic, hasErrors, promote, summarise, toJson, toSarif } from '@nestml/diagnostics';
import { type CheckedFile, checkPaths, isUsageCode } from '@nestml/workbench/check';
import type { Console, GlobalOptions } from '../console.ts';
import { readDialect } from '../dialect-option.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';
import { version } from '../version.ts';

/** Options of `nestml check`. */
export interface CheckOptions extends GlobalOptions {
  readonly strict?: boolean;
  readonly format: 'text' | 'json' | 'sarif';
  readonly json?: boolean;
  readonly explain?: string;
  /** The version in which the texts are written; recognised if undefined. */
  readonly from?: string;
}

/** `nestml check`: findings on standard error, or all of it as one JSON document on standard output. */
export async function runCheck(
  paths: readonly string[],
  options: CheckOptions,
  console: Console,
): Promise<number> {
  if (options.json && options.format === 'sarif') {
    console.error('error: --json and --format sarif exclude each other: choose one\n');
    return exitStatus.wrongUsage;
  }
  if (options.explain !== undefined) {
    const { explain } = await import('./explain.ts');
    return await explain(options.explain, options, console);
  }
  if (paths.length === 0) {
    console.error('error: name a file or a folder to check, or `-` for the standard input\n');
    return exitStatus.wrongUsage;
  }
  const from = readDialect(options.from, console);
  if (from === 'unknown') return exitStatus.wrongUsage;
  const { files, diagnostics } = await checkPaths(console.host, paths, from);
  const strict = options.strict ?? false;
  const promoted = files.map((file) => ({
    ...file,
    diagnostics: file.diagnostics.map((one) => promote(one, strict)),
  }));
  if (options.json || options.format === 'json') {
    const entries = promoted.map((file) => ({
      file: file.name,
      models: file.modelNames,
      diagnostics: file.diagnostics,
    }));
    console.out(`${JSON.stringify(toJson(entries, diagnostics))}\n`);
  } else if (options.format === 'sarif') {
    const all = [...diagnostics, ...promoted.flatMap((file) => file.diagnostics)];
    console.out(`${JSON.stringify(toSarif(all, version))}\n`);
  } else {
    showFindings([...diagnostics, ...promoted.flatMap((file) => file.diagnostics)], options, console);
    console.out(summary(promoted, diagnostics));
  }
  return statusOf(promoted, diagnostics);
}

function statusOf(files: readonly CheckedFile[], diagnostics: readonly Diagnostic[]): number {
  if (diagnostics.some(({ code }) => isUsageCode(code))) return exitStatus.wrongUsage;
  return files.some((file) => hasErrors(file.diagnostics)) ? exitStatus.wrongInput : exitStatus.done;
}

/** `3 files, 4 models: no findings` */
function summary(files: readonly CheckedFile[], diagnostics: readonly Diagnostic[]): string {
  if (files.length === 0) return '';
  const models = files.reduce((sum, file) => sum + file.modelNames.length, 0);
  const all = [...diagnostics, ...files.flatMap((file) => file.diagnostics)];
  return `${plural(files.length, 'file')}, ${plural(models, 'model')}: ${summarise(all)}\n`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
