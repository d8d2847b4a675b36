import { type Analysis, analyse, loadModel, renderAnalysis, stiffnessToJson } from '@nestml/workbench';
import type { Console, GlobalOptions } from '../console.ts';
import { readDialect } from '../dialect-option.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';
import { refuseRun } from './outputs.ts';

/** Options of `nestml analyse`. */
export interface AnalyseOptions extends GlobalOptions {
  readonly json?: boolean;
  /** Length of a step that the figures are for. */
  readonly step: string;
  /** The version in which the text is written; recognised if undefined. */
  readonly from?: string;
}

/** `nestml analyse`: which equations run, with which solver, and why. */
export async function runAnalyse(name: string, options: AnalyseOptions, console: Console): Promise<number> {
  const from = readDialect(options.from, console);
  if (from === 'unknown') return exitStatus.wrongUsage;
  const loaded = await loadModel(console.host, name, from);
  if (!loaded.ok) return refuseRun(name, loaded.diagnostics, options, console);
  const columns = Math.max(60, Math.min(console.columns, 120));
  const result = await analyse(loaded.model, { step: options.step, columns: columns - 2 });
  if (!result.ok) return refuseRun(name, [...loaded.diagnostics, ...result.diagnostics], options, console);
  showFindings(loaded.diagnostics, options, console);
  const { analysis } = result;
  console.out(
    options.json ? `${JSON.stringify(documentOf(analysis))}\n` : await renderAnalysis(analysis, columns),
  );
  return exitStatus.done;
}

/** The analysis as a JSON document of version 1. */
function documentOf({
  model,
  step_ms,
  solvers,
  modes,
  events,
  advice,
  removableSingularities,
  text,
}: Analysis) {
  return {
    version: 1,
    model: model.name,
    step_ms,
    solvers: solvers.map(({ integratedBy, stiffness, ...solver }) => ({
      ...solver,
      ...(stiffness === undefined ? {} : { stiffness: stiffnessToJson(stiffness) }),
      integrated_by: integratedBy,
    })),
    eigenvalues: modes.map(({ states, modes: own }) => ({
      states,
      values: own.map(({ re, im, multiplicity }) => ({
        re_per_ms: re,
        im_per_ms: im,
        multiplicity,
        ...(re < 0 ? { time_constant_ms: -1 / re } : {}),
      })),
    })),
    events,
    advice,
    removable_singularities: removableSingularities.map(({ text: written, line, computedAs }) => ({
      line,
      text: written,
      computed_as: computedAs,
    })),
    equations: text,
  };
}
