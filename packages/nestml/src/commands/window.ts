import type { Diagnostic } from '@nestml/diagnostics';
import {
  measureWindow,
  type PlasticityWindow,
  readRange,
  renderWindowSvg,
  renderWindowTerminal,
  windowToCsv,
  windowToJson,
} from '@nestml/workbench';
import type { Console } from '../console.ts';
import { readDialect } from '../dialect-option.ts';
import { exitStatus } from '../exit-status.ts';
import { type ConnectionOptions, findConnectionContradiction, readConnection } from './connection-options.ts';
import { createPhraseReader, type OutputOptions, refuseCall } from './outputs.ts';
import { runOnPair } from './run-on-pair.ts';

/** Options of `nestml window`, as typed. */
export interface WindowOptions extends Omit<ConnectionOptions, 'poisson'>, OutputOptions {
  /** First and last time difference. */
  readonly dt: string;
  readonly points: string;
  readonly settle: string;
}

/** `nestml window`: how a weight depends on the time between a presynaptic and a postsynaptic spike. */
export async function runWindow(name: string, options: WindowOptions, console: Console): Promise<number> {
  const typed = { ...options, poisson: [] };
  const contradiction = findConnectionContradiction(name, typed);
  if (contradiction !== undefined) return refuseCall(contradiction, console);
  if (!/^\d+$/.test(options.points.trim()))
    return refuseCall(`--points takes a whole number, not \`${options.points}\``, console);
  const from = readDialect(options.from, console);
  if (from === 'unknown') return exitStatus.wrongUsage;
  const phrases: Diagnostic[] = [];
  const [range = { from: '0 ms', to: '0 ms' }] = createPhraseReader(phrases)(readRange('--dt', options.dt));
  const request = {
    ...readConnection(typed, phrases),
    ...range,
    points: Number(options.points),
    lead: options.settle,
  };
  return await runOnPair(
    {
      synapse: name,
      neuron: options.neuron,
      phrases,
      from,
      run: (models) => {
        const outcome = measureWindow(models, request);
        return outcome.ok ? { ok: true, result: outcome.window } : outcome;
      },
      forms: (window: PlasticityWindow) => ({
        json: () => [windowToJson(window, window.diagnostics)],
        csv: () => [windowToCsv(window)],
        svg: () => renderWindowSvg(window),
        text: (size) => renderWindowTerminal(window, size),
      }),
    },
    options,
    console,
  );
}
