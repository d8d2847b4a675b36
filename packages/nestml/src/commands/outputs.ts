import { type Diagnostic, hasErrors } from '@nestml/diagnostics';
import { diagnosticsToJson, isUsageCode, type Phrase, readSetting, type ValueInput } from '@nestml/workbench';
import { type Console, colorsResults, type GlobalOptions } from '../console.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';

/** Where results of a run go, as typed; `-` is the standard output. */
export interface OutputOptions extends GlobalOptions {
  readonly json?: boolean;
  readonly csv?: string;
  readonly svg?: string;
  readonly html?: string;
  readonly plot?: boolean;
}

/** Size and means of a terminal that shows a plot. */
export interface PlotSize {
  readonly columns: number;
  readonly rows: number;
  readonly unicode: boolean;
  readonly colour: boolean;
}

/** The forms that a result has; each is made when it is asked for, in pieces that are joined. */
export interface Forms {
  readonly json: () => Iterable<string>;
  readonly csv: () => Iterable<string>;
  readonly svg: () => Promise<string>;
  readonly html?: () => Promise<string>;
  readonly text: (size: PlotSize) => Promise<string>;
  /** What the model printed itself; JSON has it in its document. */
  readonly printed?: string;
}

/** Outputs that contradict each other, as a sentence; undefined if there are none. */
export function findOutputContradiction(options: OutputOptions): string | undefined {
  const outputs = [options.csv, options.svg, options.html].filter((path) => path !== undefined);
  if (outputs.includes('')) return 'the name of an output file is empty';
  if (new Set(outputs).size < outputs.length) return `two outputs would go to \`${outputs[0]}\``;
  if (options.json && outputs.includes('-'))
    return '--json and another output would both go to the standard output';
  return undefined;
}

/** Why settings or a seed cannot be as they are typed, as a sentence. */
export function findSettingContradiction(set: readonly string[], seed: string): string | undefined {
  if (!/^\d+$/.test(seed.trim())) return `--seed takes a whole number, not \`${seed}\``;
  const names = set.map((text) => text.split('=')[0]!.trim());
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return twice === undefined ? undefined : `\`${twice}\` is set twice`;
}

/** Collects what phrases say; what cannot be read goes to the findings. */
export function createPhraseReader(findings: Diagnostic[]): <T>(phrase: Phrase<T>) => readonly T[] {
  return (phrase) => {
    if (phrase.ok) return [phrase.value];
    findings.push(phrase.diagnostic);
    return [];
  };
}

/** The settings of `--set` by name. */
export function readSettings(
  set: readonly string[],
  findings: Diagnostic[],
): Readonly<Record<string, ValueInput>> {
  const take = createPhraseReader(findings);
  const settings = set.flatMap((text) => take(readSetting(text)));
  return Object.fromEntries(settings.map(({ name, value }) => [name, value]));
}

/** A wrong call in one sentence; the status that goes with it. */
export function refuseCall(sentence: string, console: Console): number {
  console.error(`error: ${sentence}\n`);
  return exitStatus.wrongUsage;
}

/** Nothing ran: the findings on standard error and, for `--json`, in a document without results. */
export function refuseRun(
  model: string,
  diagnostics: readonly Diagnostic[],
  options: OutputOptions,
  console: Console,
): number {
  showFindings(diagnostics, options, console);
  if (options.json) {
    console.out(`${JSON.stringify({ version: 1, model, diagnostics: diagnosticsToJson(diagnostics) })}\n`);
  }
  return diagnostics.some(({ code }) => isUsageCode(code)) ? exitStatus.wrongUsage : exitStatus.wrongInput;
}

/** Shows findings, writes the files that are asked for, then JSON, or the text where nothing else was asked for. */
export async function deliver(
  forms: Forms,
  diagnostics: readonly Diagnostic[],
  options: OutputOptions,
  console: Console,
): Promise<number> {
  showPrinted(forms, options, console);
  showFindings(diagnostics, options, console);
  const files = await writeFiles(forms, options, console);
  if (options.json) {
    for (const piece of forms.json()) console.out(piece);
    console.out('\n');
  } else {
    const isAsked = options.csv ?? options.svg ?? options.html;
    if (isAsked === undefined || options.plot)
      console.out(`${await forms.text(plotSize(console, options))}\n`);
    for (const file of files) console.error(`wrote ${file}\n`);
  }
  return hasErrors(diagnostics) ? exitStatus.wrongInput : exitStatus.done;
}

/** What the model printed is a result, but must not get into another one that is written to the standard output. */
function showPrinted({ printed = '' }: Forms, options: OutputOptions, console: Console): void {
  if (options.json || printed === '') return;
  if ([options.csv, options.svg, options.html].includes('-')) console.error(printed);
  else console.out(printed);
}

function plotSize(console: Console, options: GlobalOptions): PlotSize {
  return {
    columns: Math.max(40, Math.min(console.columns, 120)),
    rows: Math.max(14, Math.min(console.rows - 6, 30)),
    unicode: console.unicode,
    colour: colorsResults(console, options),
  };
}

/** Gives the paths of the files. */
async function writeFiles(
  { csv, svg, html }: Forms,
  options: OutputOptions,
  console: Console,
): Promise<readonly string[]> {
  const written: string[] = [];
  const write = async (
    path: string | undefined,
    makePieces: () => Promise<Iterable<string>>,
  ): Promise<void> => {
    if (path === undefined) return;
    const pieces = await makePieces();
    if (path === '-') for (const piece of pieces) console.out(piece);
    else {
      await console.host.writeFile(path, pieces);
      written.push(path);
    }
  };
  await write(options.csv, async () => csv());
  await write(options.svg, async () => [await svg()]);
  if (html !== undefined) await write(options.html, async () => [await html()]);
  return written;
}
