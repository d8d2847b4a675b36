import type { Diagnostic } from '@nestml/diagnostics';
import {
  type CurveRequest,
  curveToCsv,
  curveToJson,
  measureCurve,
  readCurveInput,
  renderCurveSvg,
  renderCurveTerminal,
} from '@nestml/workbench';
import type { Console } from '../console.ts';
import { readDialect } from '../dialect-option.ts';
import { exitStatus } from '../exit-status.ts';
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

/** Options of `nestml curve`, as typed. */
export interface CurveOptions extends OutputOptions, BackendOptions {
  readonly current?: string;
  readonly rate?: string;
  readonly points: string;
  readonly for: string;
  readonly discard: string;
  readonly step: string;
  readonly set: readonly string[];
  readonly seed: string;
  readonly round?: boolean;
  /** The version in which the text is written; recognised if undefined. */
  readonly from?: string;
}

/** `nestml curve`: the firing rate of a neuron as a function of a constant input. */
export async function runCurve(name: string, options: CurveOptions, console: Console): Promise<number> {
  const contradiction = findContradiction(options);
  if (contradiction !== undefined) return refuseCall(contradiction, console);
  const from = readDialect(options.from, console);
  if (from === 'unknown') return exitStatus.wrongUsage;
  const phrases: Diagnostic[] = [];
  const request = readRequest(options, phrases);
  return await runOnModel(
    name,
    {
      phrases,
      from,
      run: (model, backend) => {
        // Without a request there is a phrase that says why, and nothing runs.
        if (request === undefined) return { ok: false, diagnostics: phrases };
        const outcome = measureCurve(model, request, backend);
        return outcome.ok ? { ok: true, result: outcome.curve } : outcome;
      },
      forms: (curve) => ({
        json: () => [curveToJson(curve, curve.diagnostics)],
        csv: () => [curveToCsv(curve)],
        svg: () => renderCurveSvg(curve),
        text: (size) => renderCurveTerminal(curve, size),
      }),
    },
    options,
    console,
  );
}

function findContradiction(options: CurveOptions): string | undefined {
  if ((options.current === undefined) === (options.rate === undefined))
    return 'give either --current or --rate, e.g. --current "I_stim = 0 pA to 1000 pA"';
  if (!/^\d+$/.test(options.points)) return `--points takes a whole number, not \`${options.points}\``;
  return findOutputContradiction(options) ?? findSettingContradiction(options.set, options.seed);
}

/** Undefined where the input cannot be read; then a finding says why. */
function readRequest(options: CurveOptions, findings: Diagnostic[]): CurveRequest | undefined {
  const kind = options.current === undefined ? 'rate' : 'current';
  const phrase = readCurveInput(kind, options.current ?? options.rate ?? '', Number(options.points));
  const [input] = createPhraseReader(findings)(phrase);
  const set = readSettings(options.set, findings);
  if (input === undefined) return undefined;
  return {
    input,
    duration: options.for,
    lead: options.discard,
    resolution: options.step,
    set,
    seed: Number(options.seed),
    round: options.round ?? false,
  };
}
