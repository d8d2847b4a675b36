import { createDiagnostic, type Diagnostic, hasErrors } from '@nestml/diagnostics';
import {
  type CheckedFile,
  checkPaths,
  type Dialect,
  findMessage,
  isUsageCode,
  workbenchMessages,
} from '@nestml/workbench';
import type { Console, GlobalOptions } from '../console.ts';
import { type AppliedFix, cureText } from '../cure-text.ts';
import { readDialect } from '../dialect-option.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';
import { unifiedDiff } from '../text-diff.ts';

/** Options of `nestml fix`. */
export interface FixOptions extends GlobalOptions {
  /** Show what would change, and write nothing. */
  readonly dryRun?: boolean;
  /** Codes whose fixes are applied; all if empty. */
  readonly only: readonly string[];
  /** The version in which the texts are written; recognised if undefined. */
  readonly from?: string;
  readonly json?: boolean;
}

/** What became of one file. */
interface FixedFile {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Code and title of each fix, in the order in which they were applied. */
  readonly applied: readonly AppliedFix[];
  /** What is left to find. */
  readonly diagnostics: readonly Diagnostic[];
}

/** `nestml fix`: applies the cures of all findings that have exactly one, until none is left. */
export async function runFix(
  paths: readonly string[],
  options: FixOptions,
  console: Console,
): Promise<number> {
  if (paths.length === 0) {
    console.error('error: name a file or a folder to fix, or `-` for the standard input\n');
    return exitStatus.wrongUsage;
  }
  const unknown = await findUnknown(options.only);
  if (unknown.length > 0) {
    showFindings(unknown, options, console);
    return exitStatus.wrongUsage;
  }
  const from = readDialect(options.from, console);
  if (from === 'unknown') return exitStatus.wrongUsage;
  const { files, diagnostics } = await checkPaths(console.host, paths, from);
  const fixed = files.map((file) => fixFile(file, options.only, from));
  if (options.dryRun !== true) await writeFiles(fixed, console);
  if (options.json) {
    const entries = fixed.map(({ name, applied, after, before }) => ({
      file: name,
      fixes: applied,
      diff: unifiedDiff(before, after),
    }));
    console.out(`${JSON.stringify({ version: 1, dryRun: options.dryRun ?? false, files: entries })}\n`);
  } else printFixed(fixed, options, console);
  const left = [...diagnostics, ...fixed.flatMap((file) => file.diagnostics)].filter(
    ({ severity }) => severity === 'error',
  );
  showFindings(left, options, console);
  if (diagnostics.some(({ code }) => isUsageCode(code))) return exitStatus.wrongUsage;
  return hasErrors(left) ? exitStatus.wrongInput : exitStatus.done;
}

/** Findings about codes that no message has. */
async function findUnknown(codes: readonly string[]): Promise<readonly Diagnostic[]> {
  const all = await Promise.all(codes.map(async (code) => ({ code, found: await findMessage(code) })));
  return all.flatMap(({ code, found }) =>
    'definition' in found
      ? []
      : [createDiagnostic(workbenchMessages, 'no-code', undefined, { code, suggestion: found.suggestion })],
  );
}

function fixFile(
  { source, name, diagnostics }: CheckedFile,
  only: readonly string[],
  from: Dialect | undefined,
): FixedFile {
  const before = source?.text ?? '';
  if (source === undefined) return { name, before, after: before, applied: [], diagnostics };
  const isWanted = ({ code }: Diagnostic) => only.length === 0 || only.includes(code);
  const cured = cureText(name, before, diagnostics, isWanted, from);
  return { name, before, after: cured.text, applied: cured.applied, diagnostics: cured.diagnostics };
}

/** Writes what has changed; a byte-order mark stays. */
async function writeFiles(files: readonly FixedFile[], { host }: Console): Promise<void> {
  for (const { name, before, after } of files) {
    if (name === '<stdin>' || after === before) continue;
    const [first, second, third] = await host.readFile(name);
    const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
    await host.writeFile(name, hasMark ? ['\uFEFF', after] : [after]);
  }
}

/** The differences, or one line a file; of the standard input its new text. */
function printFixed(files: readonly FixedFile[], { dryRun = false }: FixOptions, console: Console): void {
  for (const { name, before, after, applied } of files) {
    if (name === '<stdin>' && !dryRun) {
      console.out(after);
      continue;
    }
    const count = `${applied.length} ${applied.length === 1 ? 'fix' : 'fixes'}`;
    const names = [...new Set(applied.map(({ code }) => code))].join(', ');
    if (dryRun && after !== before) console.out(`--- ${name}\n+++ ${name}\n${unifiedDiff(before, after)}`);
    else if (!dryRun) console.out(`${name}: ${count}${applied.length === 0 ? '' : ` (${names})`}\n`);
  }
  if (dryRun && files.every(({ before, after }) => before === after)) console.out('nothing to fix\n');
}
