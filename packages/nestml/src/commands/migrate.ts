import { type Diagnostic, hasErrors } from '@nestml/diagnostics';
import {
  type CheckedFile,
  checkPaths,
  checkText,
  type Dialect,
  isUsageCode,
  layOut,
  type Migration,
  migrateText,
} from '@nestml/workbench';
import type { Console, GlobalOptions } from '../console.ts';
import { type AppliedFix, cureText } from '../cure-text.ts';
import { readDialect } from '../dialect-option.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';
import { unifiedDiff } from '../text-diff.ts';

/** Options of `nestml migrate`. */
export interface MigrateOptions extends GlobalOptions {
  /** Write the new texts over the old ones. */
  readonly write?: boolean;
  /** Print the new texts instead of what changes. */
  readonly stdout?: boolean;
  /** The version in which the texts are written; recognised if undefined. */
  readonly from?: string;
  readonly json?: boolean;
}

/** What became of one file. */
interface MigratedFile {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly dialect: string;
  /** Why it was not understood to its end, at places in the old text; then it is kept. */
  readonly misread: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  readonly applied: readonly AppliedFix[];
  /** What is found in the new text. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * `nestml migrate`: old texts in the syntax of today, with the cures that all tools need. Shows what would change, unless it is told to write
 * or to print the texts.
 */
export async function runMigrate(
  paths: readonly string[],
  options: MigrateOptions,
  console: Console,
): Promise<number> {
  if (paths.length === 0) {
    console.error('error: name a file or a folder to migrate, or `-` for the standard input\n');
    return exitStatus.wrongUsage;
  }
  if (options.write === true && options.stdout === true) {
    console.error('error: --write and --stdout exclude each other\n');
    return exitStatus.wrongUsage;
  }
  const from = readDialect(options.from, console);
  if (from === 'unknown') return exitStatus.wrongUsage;
  const { files, diagnostics } = await checkPaths(console.host, paths, from);
  const readable = files.filter(({ source }) => source !== undefined);
  const unreadable = files.filter(({ source }) => source === undefined).flatMap((file) => file.diagnostics);
  const migrated = readable.map((file) => migrateFile(file, from));
  if (options.write === true) await writeFiles(migrated, console);
  if (options.json) console.out(`${JSON.stringify(toJson(migrated, options))}\n`);
  else printMigrated(migrated, options, console);
  const errors = migrated.flatMap(errorsOf);
  const usage = diagnostics.filter(({ code }) => isUsageCode(code));
  const shown = [...usage, ...unreadable, ...migrated.flatMap((file) => file.warnings), ...errors];
  showFindings(shown, options, console);
  if (usage.length > 0) return exitStatus.wrongUsage;
  return hasErrors([...unreadable, ...errors]) ? exitStatus.wrongInput : exitStatus.done;
}

/** What is wrong with the old text where it was not understood, else with the new one. */
function errorsOf({ misread, diagnostics }: MigratedFile): readonly Diagnostic[] {
  return misread.length > 0 ? misread : diagnostics.filter(({ severity }) => severity === 'error');
}

/** Findings whose cures make a text mean the same to all tools; the class `compat` and what is grouped or read differently. */
const groupings: ReadonlySet<string> = new Set(['ambiguous-grouping', 'reading-changed']);

function migrateFile({ source, name }: CheckedFile, from: Dialect | undefined): MigratedFile {
  const before = source?.text ?? '';
  const migration: Migration = migrateText(name, before, from);
  const checked = checkText(name, migration.text);
  const isWanted = (finding: Diagnostic) => finding.class === 'compat' || groupings.has(finding.code);
  const cured = cureText(name, migration.text, checked.diagnostics, isWanted);
  const { dialect, warnings, errors } = migration;
  return {
    name,
    before,
    after: cured.text === before ? before : layOut(name, cured.text, before),
    dialect,
    misread: errors,
    warnings,
    applied: cured.applied,
    diagnostics: cured.diagnostics,
  };
}

/**
 * Writes what has changed; a byte-order mark goes, since no NESTML tool reads it. A text that could not be understood stays: nothing of it may
 * get lost.
 */
async function writeFiles(files: readonly MigratedFile[], { host }: Console): Promise<void> {
  for (const { name, before, after, misread } of files)
    if (name !== '<stdin>' && after !== before && misread.length === 0) await host.writeFile(name, [after]);
}

function printMigrated(files: readonly MigratedFile[], options: MigrateOptions, console: Console): void {
  for (const file of files) {
    const { name, before, after, misread } = file;
    if (misread.length > 0)
      console.error(
        `${name}: could not be read as ${file.dialect} to its end${options.write === true ? ', and was left as it is' : ''}; see the errors, or state another version with --from\n`,
      );
    if (options.stdout === true || (options.write === true && name === '<stdin>')) console.out(after);
    else if (options.write === true) console.out(`${name}: ${summary(file)}\n`);
    else if (after !== before) console.out(`--- ${name}\n+++ ${name}\n${unifiedDiff(before, after)}`);
    for (const line of listOfFixes(file)) console.error(`${line}\n`);
  }
  const isUnchanged = files.every(({ before, after }) => before === after);
  if (isUnchanged && options.write !== true && options.stdout !== true) console.out('nothing to migrate\n');
}

function summary({ before, after, dialect, misread }: MigratedFile): string {
  if (misread.length > 0) return 'left as it is';
  return before === after ? 'nothing to migrate' : `rewritten from ${dialect}`;
}

/** Each kind of cure that was applied to the translation, once, with its number. */
function listOfFixes({ name, applied }: MigratedFile): readonly string[] {
  const counts = new Map<string, number>();
  for (const { code, title } of applied) {
    const line = `${name}: ${title} (${code})`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line}, ${count} times`));
}

function toJson(files: readonly MigratedFile[], options: MigrateOptions) {
  const entries = files.map((file) => {
    const { name, before, after, dialect, misread, warnings, applied } = file;
    return {
      file: name,
      dialect,
      changed: before !== after,
      readable: misread.length === 0,
      approximate: warnings.flatMap(({ related }) => related.map(({ message }) => message)),
      fixes: applied,
      errors: errorsOf(file).length,
      ...(options.stdout === true ? { text: after } : { diff: unifiedDiff(before, after) }),
    };
  });
  return { version: 1, written: options.write === true, files: entries };
}
