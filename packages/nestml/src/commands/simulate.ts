import type { Diagnostic } from '@nestml/diagnostics';
import {
  type Dialect,
  readCurrent,
  readNames,
  readPoisson,
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
import type { Console } from '../console.ts';
import { readDialect } from '../dialect-option.ts';
import { exitStatus } from '../exit-status.ts';
import { version } from '../version.ts';
import type { BackendOptions } from './backend-options.ts';
import {
  createPhraseReader,
  findOutputContradiction,
  findSettingContradiction,
  type OutputOptions,
  readSettings,
  refuseCall,
} from './outputs.ts';
import { runOnModel } from './run-on-model.ts';
import { repeatOnChange } from './watch.ts';

/** Options of `nestml simulate`, as typed. */
export interface SimulateOptions extends OutputOptions, BackendOptions {
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
  /** The version in which the text is written; recognised if undefined. */
  readonly from?: string;
  readonly watch?: boolean;
}

/** `nestml simulate`: one neuron. Results on standard output or in files, findings on standard error. */
export async function runSimulate(name: string, options: SimulateOptions, console: Console): Promise<number> {
  const contradiction =
    findOutputContradiction(options) ?? findSettingContradiction(options.set, options.seed);
  if (contradiction !== undefined) return refuseCall(contradiction, console);
  const from = readDialect(options.from, console);
  if (from === 'unknown') return exitStatus.wrongUsage;
  const once = () => simulateOnce(name, options, from, console);
  return options.watch ? await repeatOnChange(name, once, console) : await once();
}

async function simulateOnce(
  name: string,
  options: SimulateOptions,
  from: Dialect | undefined,
  console: Console,
): Promise<number> {
  const phrases: Diagnostic[] = [];
  const request = readRequest(options, phrases);
  return await runOnModel(
    name,
    {
      phrases,
      from,
      run: (model, backend) => simulateNeuron(model, request, backend),
      forms: (result) => ({
        json: () => simulationToJson(result, result.diagnostics),
        csv: () => simulationToCsv(result),
        svg: () => renderSimulationSvg(result),
        html: () => renderSimulationHtml(result, { command: commandLine(name, options), version }),
        text: (size) => renderSimulationTerminal(result, size),
        printed: printedText(result),
      }),
    },
    options,
    console,
  );
}

function printedText({ printed }: SimulationResult): string {
  return printed.map(({ channel, text }) => (channel === 'print' ? text : `${text}\n`)).join('');
}

function readRequest(options: SimulateOptions, findings: Diagnostic[]): SimulationRequest {
  const take = createPhraseReader(findings);
  return {
    duration: options.for,
    resolution: options.step,
    set: readSettings(options.set, findings),
    currents: options.current.flatMap((text) => take(readCurrent(text))),
    spikes: options.spikes.flatMap((text) => take(readSpikes(text))),
    poisson: options.poisson.flatMap((text) => take(readPoisson(text))),
    ...(options.record === undefined ? {} : { record: take(readNames(options.record)).flat() }),
    ...(options.every === undefined ? {} : { every: options.every }),
    seed: Number(options.seed),
    round: options.round ?? false,
  };
}

/** The command line that repeats a run, without its outputs. */
function commandLine(model: string, options: SimulateOptions): string {
  const single = {
    for: options.for,
    step: options.step,
    every: options.every,
    record: options.record,
    seed: options.seed,
    solver: options.solver,
    from: options.from,
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
  ].map(([name, value]) => `--${name} ${/^[\w.,-]+$/.test(value) ? value : `"${value}"`}`);
  const flags = [options.round ? '--round' : '', options.reference ? '--reference' : ''].filter(
    (flag) => flag !== '',
  );
  return ['nestml simulate', model, ...words, ...flags].join(' ');
}
