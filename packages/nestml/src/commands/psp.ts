import type { Diagnostic } from '@nestml/diagnostics';
import {
  chooseBackend,
  loadModel,
  measureResponse,
  renderResponseSvg,
  renderResponseTerminal,
  responseToCsv,
  responseToJson,
} from '@nestml/workbench';
import type { Console } from '../console.ts';
import {
  deliver,
  findOutputContradiction,
  findSettingContradiction,
  type OutputOptions,
  type PlotSize,
  readSettings,
  refuseCall,
  refuseRun,
} from './outputs.ts';

/** Options of `nestml psp`, as typed. */
export interface PspOptions extends OutputOptions {
  readonly port: string;
  readonly weight: string;
  readonly record?: string;
  readonly for: string;
  readonly settle: string;
  readonly step: string;
  readonly set: readonly string[];
  readonly seed: string;
  readonly round?: boolean;
  readonly reference?: boolean;
}

/** `nestml psp`: the response of a neuron to one spike. */
export async function runPsp(name: string, options: PspOptions, console: Console): Promise<number> {
  const contradiction =
    findOutputContradiction(options) ?? findSettingContradiction(options.set, options.seed);
  if (contradiction !== undefined) return refuseCall(contradiction, console);
  const weight = Number(options.weight);
  if (options.weight.trim() === '' || !Number.isFinite(weight))
    return refuseCall(`--weight takes a number, not \`${options.weight}\``, console);
  const phrases: Diagnostic[] = [];
  const set = readSettings(options.set, phrases);
  const loaded = await loadModel(console.host, name);
  const early = [...phrases, ...loaded.diagnostics];
  if (!loaded.ok || phrases.length > 0) return refuseRun(name, early, options, console);
  const wish = options.reference ? 'reference' : 'engine';
  const { backend, diagnostics: notes } = await chooseBackend(loaded.model, wish);
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
  const outcome = measureResponse(loaded.model, request, backend);
  if (!outcome.ok) return refuseRun(name, [...early, ...notes, ...outcome.diagnostics], options, console);
  const { response } = outcome;
  const diagnostics = [...early, ...notes, ...response.diagnostics];
  const forms = {
    json: () => [responseToJson(response, diagnostics)],
    csv: () => [responseToCsv(response)],
    svg: () => renderResponseSvg(response),
    text: (size: PlotSize) => renderResponseTerminal(response, size),
  };
  return await deliver(forms, diagnostics, options, console);
}
