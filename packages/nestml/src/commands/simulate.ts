import { type Diagnostic, hasErrors } from '@nestml/diagnostics';
import {
  chooseBackend,
  diagnosticsToJson,
  isUsageCode,
  loadModel,
  type Phrase,
  readCurrent,
  readNames,
  readPoisson,
  readSetting,
  readSpikes,
  renderSimulationHtml,
  renderSimulationSvg,
  renderSimulationTerminal,
  type SimulationRequest,
  type SimulationResult,
  simulateNeuron,
  simulationToCsv,
  simulationToJson,
} from '@nestml/workbench';
import { type Console, colorsResults, type GlobalOptions } from '../console.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';
import { version } from '../version.ts';
import { repeatOnChange } from './watch.ts';

/** Options of `nestml simulate`, as typed. */
export interface SimulateOptions extends GlobalOptions {
  readonly for: string;
  readonly step: string;
  readonly set: readonly string[];
  readonly current: readonly string[];
  readonly spikes: readonly string[];
  readonly poisson: readonly string[];
  readonly record?: string;
  readonly every?: string;
  readonly seed: string;
  readonly round?: boolean;
  readonly json?: boolean;
  readonly csv?: string;
  readonly svg?: string;
  readonly html?: string;
  readonly plot?: boolean;
  readonly reference?: boolean;
  readonly watch?: boolean;
}

/** `nestml simulate`: one neuron. Results on standard output or in files, findings on standard error. */
export async function runSimulate(name: string, options: SimulateOptions, console: Console): Promise<number> {
  const contradiction = findContradiction(options);
  if (contradiction !== undefined) {
    console.error(`error: ${contradiction}\n`);
    return exitStatus.wrongUsage;
  }
  const once = () => simulateOnce(name, options, console);
  return options.watch ? await repeatOnChange(name, once, console) : await once();
}

async function simulateOnce(name: string, options: SimulateOptions, console: Console): Promise<number> {
  const phrases: Diagnostic[] = [];
  const request = readRequest(options, phrases);
  const loaded = await loadModel(console.host, name);
  const early = [...phrases, ...loaded.diagnostics];
  if (!loaded.ok || phrases.length > 0) return refuse(name, early, options, console);
  const { backend, diagnostics: notes } = await chooseBackend(
    loaded.model,
    options.reference ? 'reference' : 'engine',
  );
  const outcome = simulateNeuron(loaded.model, request, backend);
  if (!outcome.ok) return refuse(name, [...early, ...notes, ...outcome.diagnostics], options, console);
  const { result } = outcome;
  const diagnostics = [...loaded.diagnostics, ...notes, ...result.diagnostics];
  showFindings(diagnostics, options, console);
  const files = await writeFiles(result, options, commandLine(name, options), console);
  if (options.json) {
    for (const piece of simulationToJson(result, diagnostics)) console.out(piece);
    console.out('\n');
  } else await showResult(result, files, options, console);
  return hasErrors(diagnostics) ? exitStatus.wrongInput : exitStatus.done;
}

/** Nothing ran: the findings on standard error and, for `--json`, in a document without results. */
function refuse(
  model: string,
  diagnostics: readonly Diagnostic[],
  options: SimulateOptions,
  console: Console,
): number {
  showFindings(diagnostics, options, console);
  if (options.json) {
    console.out(`${JSON.stringify({ version: 1, model, diagnostics: diagnosticsToJson(diagnostics) })}\n`);
  }
  return diagnostics.some(({ code }) => isUsageCode(code)) ? exitStatus.wrongUsage : exitStatus.wrongInput;
}

function readRequest(options: SimulateOptions, findings: Diagnostic[]): SimulationRequest {
  const take = <T>(phrase: Phrase<T>): readonly T[] => {
    if (phrase.ok) return [phrase.value];
    findings.push(phrase.diagnostic);
    return [];
  };
  const settings = options.set.flatMap((text) => take(readSetting(text)));
  return {
    duration: options.for,
    resolution: options.step,
    set: Object.fromEntries(settings.map(({ name, value }) => [name, value])),
    currents: options.current.flatMap((text) => take(readCurrent(text))),
    spikes: options.spikes.flatMap((text) => take(readSpikes(text))),
    poisson: options.poisson.flatMap((text) => take(readPoisson(text))),
    ...(options.record === undefined ? {} : { record: take(readNames(options.record)).flat() }),
    ...(options.every === undefined ? {} : { every: options.every }),
    seed: Number(options.seed),
    round: options.round ?? false,
  };
}

/** Writes the files that are asked for; `-` is the standard output. Gives their paths. */
async function writeFiles(
  result: SimulationResult,
  options: SimulateOptions,
  command: string,
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
  await write(options.csv, async () => simulationToCsv(result));
  await write(options.svg, async () => [await renderSimulationSvg(result)]);
  await write(options.html, async () => [await renderSimulationHtml(result, { command, version })]);
  return written;
}

/** The command line that repeats a run, without its outputs. */
function commandLine(model: string, options: SimulateOptions): string {
  const single = {
    for: options.for,
    step: options.step,
    every: options.every,
    record: options.record,
    seed: options.seed,
  };
  const repeated = {
    set: options.set,
    current: options.current,
    spikes: options.spikes,
    poisson: options.poisson,
  };
  const words = [
    ...Object.entries(single).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
    ...Object.entries(repeated).flatMap(([name, values]) => values.map((value) => [name, value] as const)),
  ].map(([name, value]) => `--${name} ${/^[\w.,]+$/.test(value) ? value : `"${value}"`}`);
  const flags = [options.round ? '--round' : '', options.reference ? '--reference' : ''].filter(
    (flag) => flag !== '',
  );
  return ['nestml simulate', model, ...words, ...flags].join(' ');
}

/** Options that contradict each other, as a sentence; undefined if there are none. */
function findContradiction(options: SimulateOptions): string | undefined {
  const outputs = [options.csv, options.svg, options.html].filter((path) => path !== undefined);
  if (outputs.includes('')) return 'the name of an output file is empty';
  if (new Set(outputs).size < outputs.length) return `two outputs would go to \`${outputs[0]}\``;
  if (options.json && outputs.includes('-'))
    return '--json and another output would both go to the standard output';
  if (!/^\d+$/.test(options.seed.trim())) return `--seed takes a whole number, not \`${options.seed}\``;
  const names = options.set.map((text) => text.split('=')[0]!.trim());
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return twice === undefined ? undefined : `\`${twice}\` is set twice`;
}

/** Plot, spikes and summary as text, unless files were asked for instead; and where these are. */
async function showResult(
  result: SimulationResult,
  files: readonly string[],
  options: SimulateOptions,
  console: Console,
): Promise<void> {
  for (const { channel, text } of result.printed) console.out(channel === 'print' ? text : `${text}\n`);
  if ((files.length === 0 && ![options.csv, options.svg, options.html].includes('-')) || options.plot) {
    const { unicode } = console;
    const columns = Math.max(40, Math.min(console.columns, 120));
    const rows = Math.max(14, Math.min(console.rows - 6, 30));
    const size = { columns, rows, unicode, colour: colorsResults(console, options) };
    console.out(`${await renderSimulationTerminal(result, size)}\n`);
  }
  for (const file of files) console.error(`wrote ${file}\n`);
}
