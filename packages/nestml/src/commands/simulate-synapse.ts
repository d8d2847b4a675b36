import type { Diagnostic } from '@nestml/diagnostics';
import {
  type Dialect,
  type PairRequest,
  type PairResult,
  pairToCsv,
  pairToJson,
  readNames,
  readTimes,
  renderPairHtml,
  renderPairSvg,
  renderPairTerminal,
  simulatePair,
} from '@nestml/workbench';
import type { Console } from '../console.ts';
import { version } from '../version.ts';
import { commandLine } from './command-line.ts';
import { type ConnectionOptions, readConnection } from './connection-options.ts';
import { createPhraseReader, type OutputOptions } from './outputs.ts';
import { runOnPair } from './run-on-pair.ts';

/** Options of `nestml simulate` with a synapse, as typed. */
export interface SimulateSynapseOptions extends ConnectionOptions, OutputOptions {
  readonly pre?: string;
  readonly post?: string;
  readonly for?: string;
  readonly record?: string;
  readonly every?: string;
}

/** Runs a synapse from a list of presynaptic spikes to a neuron, once. */
export async function simulateSynapseOnce(
  name: string,
  options: SimulateSynapseOptions,
  from: Dialect | undefined,
  console: Console,
): Promise<number> {
  const phrases: Diagnostic[] = [];
  const request = readRequest(options, phrases);
  const command = commandOf(name, options);
  return await runOnPair(
    {
      synapse: name,
      neuron: options.neuron,
      phrases,
      from,
      run: (models) => simulatePair(models, request),
      forms: (result: PairResult) => ({
        json: () => pairToJson(result, result.diagnostics),
        csv: () => pairToCsv(result),
        svg: () => renderPairSvg(result),
        html: () => renderPairHtml(result, { command, version }),
        text: (size) => renderPairTerminal(result, size),
        printed: [...result.synapse.printed, ...result.neuron.printed]
          .map(({ channel, text }) => (channel === 'print' ? text : `${text}\n`))
          .join(''),
      }),
    },
    options,
    console,
  );
}

function readRequest(options: SimulateSynapseOptions, findings: Diagnostic[]): PairRequest {
  const take = createPhraseReader(findings);
  const { post, every, record } = options;
  return {
    ...readConnection(options, findings),
    pre: take(readTimes('--pre', options.pre ?? '')).flat(),
    ...(post === undefined ? {} : { post: take(readTimes('--post', post)).flat() }),
    ...(options.for === undefined ? {} : { duration: options.for }),
    ...(record === undefined ? {} : { record: take(readNames(record)).flat() }),
    ...(every === undefined ? {} : { every }),
  };
}

/** The command line that repeats a run, without its outputs. */
function commandOf(model: string, options: SimulateSynapseOptions): string {
  const { neuron, pre, post, weight, delay, step, every, record, port, seed, from, round } = options;
  return commandLine('nestml simulate', model, {
    neuron,
    pre,
    post,
    weight,
    delay,
    for: options.for,
    step,
    every,
    record,
    port,
    seed,
    from,
    set: options.set,
    'set-neuron': options.setNeuron,
    bind: options.bind,
    current: options.current,
    spikes: options.spikes,
    poisson: options.poisson,
    role: options.role,
    round,
  });
}
