import { analyse, loadModel, renderAnalysis } from '@nestml/workbench';
import type { Console, GlobalOptions } from '../console.ts';
import { readDialect } from '../dialect-option.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';
import { refuseRun } from './outputs.ts';

/** Options of `nestml analyse`. */
export interface AnalyseOptions extends GlobalOptions {
  readonly json?: boolean;
  /** The version in which the text is written; recognised if undefined. */
  readonly from?: string;
}

/** `nestml analyse`: which equations run, with which solver, and why. */
export async function runAnalyse(name: string, options: AnalyseOptions, console: Console): Promise<number> {
  const from = readDialect(options.from, console);
  if (from === 'unknown') return exitStatus.wrongUsage;
  const loaded = await loadModel(console.host, name, from);
  if (!loaded.ok) return refuseRun(name, loaded.diagnostics, options, console);
  const result = await analyse(loaded.model);
  if (!result.ok) return refuseRun(name, [...loaded.diagnostics, ...result.diagnostics], options, console);
  showFindings(loaded.diagnostics, options, console);
  const { analysis } = result;
  const columns = Math.max(60, Math.min(console.columns, 120));
  const { model, solvers, text } = analysis;
  const document = { version: 1, model: model.name, solvers, equations: text };
  console.out(options.json ? `${JSON.stringify(document)}\n` : await renderAnalysis(analysis, columns));
  return exitStatus.done;
}
