import { createDiagnostic, type Diagnostic } from '@nestml/diagnostics';
import {
  type CheckedModel,
  type Dialect,
  loadModel,
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
  workbenchMessages,
} from '@nestml/workbench';
import type { Console } from '../console.ts';
import { readDialect } from '../dialect-option.ts';
import { exitStatus } from '../exit-status.ts';
import { version } from '../version.ts';
import type { BackendOptions } from './backend-options.ts';
import { commandLine } from './command-line.ts';
import { findConnectionContradiction } from './connection-options.ts';
import {
  createPhraseReader,
  findOutputContradiction,
  findSettingContradiction,
  type OutputOptions,
  readSettings,
  refuseCall,
  refuseRun,
} from './outputs.ts';
import { runOnModel } from './run-on-model.ts';
import { type SimulateSynapseOptions, simulateSynapseOnce } from './simulate-synapse.ts';
import { repeatOnChange } from './watch.ts';

/** Options of `nestml simulate`, as typed. */
export interface SimulateOptions extends OutputOptions, BackendOptions, Partial<PairOptions> {
  readonly for?: string;
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

/** Options of a synapse on its way to a neuron. Without `neuron`, there are none. */
type PairOptions = Pick<
  SimulateSynapseOptions,
  'neuron' | 'pre' | 'post' | 'weight' | 'delay' | 'port' | 'setNeuron' | 'bind' | 'role'
>;

/** `nestml simulate`: one neuron, or a synapse on its way to one. Results on standard output or in files, findings on standard error. */
export async function runSimulate(name: string, options: SimulateOptions, console: Console): Promise<number> {
  const { neuron, setNeuron = [], bind = [], role = [] } = options;
  const pair = neuron === undefined ? undefined : { ...options, neuron, setNeuron, bind, role };
  const contradiction =
    pair === undefined
      ? (findOutputContradiction(options) ?? findSettingContradiction(options.set, options.seed))
      : findConnectionContradiction(name, pair);
  if (contradiction !== undefined) return refuseCall(contradiction, console);
  const from = readDialect(options.from, console);
  if (from === 'unknown') return exitStatus.wrongUsage;
  if (pair !== undefined)
    return await repeat(name, () => simulateSynapseOnce(name, pair, from, console), options, console);
  const { for: duration } = options;
  const lack = findLack(options);
  if (duration === undefined || lack !== undefined)
    return await refuseLack(name, lack ?? NO_DURATION, options, from, console);
  return await repeat(
    name,
    () => simulateOnce(name, { ...options, for: duration }, from, console),
    options,
    console,
  );
}

const NO_DURATION = "required option '--for <time>' not specified";

async function repeat(
  name: string,
  once: () => Promise<number>,
  { watch }: SimulateOptions,
  console: Console,
): Promise<number> {
  return watch ? await repeatOnChange(name, once, console) : await once();
}

/** Why options of a synapse cannot be given without `--neuron`, as a sentence. */
function findLack({
  pre,
  post,
  weight,
  delay,
  port,
  setNeuron,
  bind,
  role,
}: SimulateOptions): string | undefined {
  const single = { pre, post, weight, delay, port };
  const lists = { 'set-neuron': setNeuron, bind, role };
  const given = [
    ...Object.entries(single).filter(([, value]) => value !== undefined),
    ...Object.entries(lists).filter(([, values]) => values !== undefined && values.length > 0),
  ];
  const [first] = given;
  return first === undefined
    ? undefined
    : `--${first[0]} is for a synapse on its way to a neuron: \`--neuron\` names it`;
}

/** A wrong call; of a synapse, it is said first that it needs a neuron. */
async function refuseLack(
  name: string,
  lack: string,
  options: SimulateOptions,
  from: Dialect | undefined,
  console: Console,
): Promise<number> {
  const loaded = await loadModel(console.host, name, from);
  if (loaded.ok && loaded.model.kind === 'synapse')
    return refuseRun(name, [...loaded.diagnostics, ...needsNeuron(loaded.model)], options, console);
  return refuseCall(lack, console);
}

function needsNeuron({ name, source, span }: CheckedModel): readonly Diagnostic[] {
  return [createDiagnostic(workbenchMessages, 'synapse-needs-neuron', { source, span }, { name })];
}

/** Options of a run of one neuron. */
type NeuronOptions = SimulateOptions & { readonly for: string };

async function simulateOnce(
  name: string,
  options: NeuronOptions,
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
      run: (model, backend) =>
        model.kind === 'synapse'
          ? { ok: false, diagnostics: needsNeuron(model) }
          : simulateNeuron(model, request, backend),
      forms: (result) => ({
        json: () => simulationToJson(result, result.diagnostics),
        csv: () => simulationToCsv(result),
        svg: () => renderSimulationSvg(result),
        html: () => renderSimulationHtml(result, { command: commandOf(name, options), version }),
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

function readRequest(options: NeuronOptions, findings: Diagnostic[]): SimulationRequest {
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
function commandOf(model: string, options: NeuronOptions): string {
  const { step, every, record, seed, solver, from, set, current, spikes, poisson, round, reference } =
    options;
  return commandLine('nestml simulate', model, {
    for: options.for,
    step,
    every,
    record,
    seed,
    solver,
    from,
    set,
    current,
    spikes,
    poisson,
    round,
    reference,
  });
}
