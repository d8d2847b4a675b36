import { applyFixes, type Diagnostic, type Fix, hasErrors } from '@nestml/diagnostics';
import { type CheckedFile, checkPaths, checkText, isUsageCode } from '@nestml/workbench';
import type { Console, GlobalOptions } from '../console.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';
import { unifiedDiff } from '../text-diff.ts';

/** Options of `nestml fix`. */
export interface FixOptions extends GlobalOptions {
  /** Show what would change, and write nothing. */
  readonly dryRun?: boolean;
  /** Codes whose fixes are applied; all if empty. */
  readonly only: readonly string[];
  readonly json?: boolean;
}

/** What became of one file. */
interface FixedFile {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Code and title of each fix, in the order in which they were applied. */
  readonly applied: readonly { readonly code: string; readonly title: string }[];
  /** What is left to find. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A fix may uncover the next; after this many rounds something goes in a circle. */
const mostRounds = 20;

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
  const { files, diagnostics } = await checkPaths(console.host, paths);
  const fixed = files.map((file) => fixFile(file, options.only));
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

function fixFile({ source, name, diagnostics }: CheckedFile, only: readonly string[]): FixedFile {
  const before = source?.text ?? '';
  let current = { text: before, diagnostics };
  const applied: { readonly code: string; readonly title: string }[] = [];
  for (let round = 0; round < mostRounds && source !== undefined; round += 1) {
    const next = fixOnce(current, name, only);
    if (next === undefined) break;
    current = next;
    applied.push(...next.applied);
  }
  return { name, before, after: current.text, applied, diagnostics: current.diagnostics };
}

interface State {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** One round; undefined if there is nothing to apply, or if none of the findings would go away. What they have hidden may appear. */
function fixOnce(
  { diagnostics }: State,
  name: string,
  only: readonly string[],
): (State & Pick<FixedFile, 'applied'>) | undefined {
  const codes = new Map<Fix, string>();
  for (const { code, fixes } of diagnostics) {
    // Of several cures none is certain, and some say that they are not.
    if (fixes.length === 1 && fixes[0]!.isGuess !== true && (only.length === 0 || only.includes(code)))
      codes.set(fixes[0]!, code);
  }
  const source = diagnostics.find(({ fixes }) => fixes.some((fix) => codes.has(fix)))?.source;
  if (source === undefined) return undefined;
  const { text, applied } = applyFixes(source, [...codes.keys()]);
  const checked = checkText(name, text);
  const named = applied.map((fix) => ({ code: codes.get(fix)!, title: fix.title }));
  const isBetter = ({ code }: { readonly code: string }) =>
    count(code, checked.diagnostics) < count(code, diagnostics);
  if (!named.some(isBetter)) return undefined;
  return { text, diagnostics: checked.diagnostics, applied: named };
}

function count(code: string, diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter((finding) => finding.code === code).length;
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
