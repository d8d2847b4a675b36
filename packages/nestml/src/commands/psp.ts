import type { Diagnostic } from '@nestml/diagnostics';
import {
  measureResponse,
  renderResponseSvg,
  renderResponseTerminal,
  responseToCsv,
  responseToJson,
} from '@nestml/workbench';
import type { Console } from '../console.ts';
import { readDialect } from '../dialect-option.ts';
import { exitStatus } from '../exit-status.ts';
import type { BackendOptions } from './backend-options.ts';
import {
  findOutputContradiction,
  findSettingContradiction,
  type OutputOptions,
  readSettings,
  refuseCall,
} from './outputs.ts';
import { runOnModel } from './run-on-model.ts';

/** Options of `nestml psp`, as typed. */
export interface PspOptions extends OutputOptions, BackendOptions {
  readonly port: string;
  readonly weight: string;
  readonly record?: string;
  readonly for: string;
  readonly settle: string;
  readonly step: string;
  readonly set: readonly string[];
  readonly seed: string;
  readonly round?: boolean;
  /** The version in which the text is written; recognised if undefined. */
  readonly from?: string;
}

/** `nestml psp`: the response of a neuron to one spike. */
export async function runPsp(name: string, options: PspOptions, console: Console): Promise<number> {
  const contradiction =
    findOutputContradiction(options) ?? findSettingContradiction(options.set, options.seed);
  if (contradiction !== undefined) return refuseCall(contradiction, console);
  const weight = Number(options.weight);
  if (options.weight.trim() === '' || !Number.isFinite(weight))
    return refuseCall(`--weight takes a number, not \`${options.weight}\``, console);
  const from = readDialect(options.from, console);
  if (from === 'unknown') return exitStatus.wrongUsage;
  const phrases: Diagnostic[] = [];
  const set = readSettings(options.set, phrases);
  const request = {
    port: options.port,
    weight,
    duration: options.for,
    lead: options.settle,
    resolution: options.step,
    set,
    seed: Number(options.seed),
    round: options.round ?? false,
    ...(options.record === undefined ? {} : { record: options.record }),
  };
  return await runOnModel(
    name,
    {
      phrases,
      from,
      run: (model, backend) => {
        const outcome = measureResponse(model, request, backend);
        return outcome.ok ? { ok: true, result: outcome.response } : outcome;
      },
      forms: (response) => ({
        json: () => [responseToJson(response, response.diagnostics)],
        csv: () => [responseToCsv(response)],
        svg: () => renderResponseSvg(response),
        text: (size) => renderResponseTerminal(response, size),
      }),
    },
    options,
    console,
  );
}
