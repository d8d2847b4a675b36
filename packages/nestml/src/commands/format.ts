import { hasErrors } from '@nestml/diagnostics';
import { type FormattedFile, formatPaths, isUsageCode } from '@nestml/workbench';
import type { Console, GlobalOptions } from '../console.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';

/** Options of `nestml format`. */
export interface FormatOptions extends GlobalOptions {
  /** Write nothing; say which files would change. */
  readonly check?: boolean;
  /** Read the standard input, as the path `-` does. */
  readonly stdin?: boolean;
  readonly json?: boolean;
}

const standardInput = '<stdin>';

/** `nestml format`: files are rewritten if their layout changes; a text on the standard input is printed. */
export async function runFormat(
  paths: readonly string[],
  options: FormatOptions,
  console: Console,
): Promise<number> {
  const all = options.stdin === true ? [...paths, '-'] : paths;
  if (all.length === 0) {
    console.error('error: name a file or a folder to format, or `-` for the standard input\n');
    return exitStatus.wrongUsage;
  }
  const { files, diagnostics } = await formatPaths(console.host, all);
  const isDry = options.check === true;
  if (!isDry) await writeFiles(files, console);
  if (options.json) console.out(`${JSON.stringify(toJson(files, isDry))}\n`);
  else print(files, isDry, console);
  const findings = [...diagnostics, ...files.flatMap((file) => file.diagnostics)];
  showFindings(findings, options, console);
  if (diagnostics.some(({ code }) => isUsageCode(code))) return exitStatus.wrongUsage;
  const isUnformatted = isDry && files.some(isChanged);
  return isUnformatted || hasErrors(findings) ? exitStatus.wrongInput : exitStatus.done;
}

function isChanged({ before, after }: FormattedFile): boolean {
  return before !== after;
}

/** Writes what has changed; a byte-order mark stays. */
async function writeFiles(files: readonly FormattedFile[], { host }: Console): Promise<void> {
  for (const file of files) {
    if (file.name === standardInput || !isChanged(file)) continue;
    const [first, second, third] = await host.readFile(file.name);
    const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
    await host.writeFile(file.name, hasMark ? ['\uFEFF', file.after] : [file.after]);
  }
}

/** The names of the files that change, one a line, and how many there were; of the standard input its new text. */
function print(files: readonly FormattedFile[], isDry: boolean, console: Console): void {
  for (const file of files) {
    if (file.name === standardInput && !isDry) console.out(file.after);
    else if (isChanged(file)) console.out(`${file.name}\n`);
  }
  const named = files.filter(({ name }) => name !== standardInput);
  const count = named.filter(isChanged).length;
  if (named.length > 0)
    console.error(`${count} of ${plural(named.length)} ${isDry ? 'would change' : 'changed'}\n`);
}

function plural(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

/** One entry a file; that of the standard input has the new text. */
function toJson(files: readonly FormattedFile[], isDry: boolean) {
  const entries = files.map((file) => ({
    file: file.name,
    changed: isChanged(file),
    errors: file.diagnostics.length,
    ...(file.name === standardInput && !isDry ? { text: file.after } : {}),
  }));
  return { version: 1, check: isDry, files: entries };
}
