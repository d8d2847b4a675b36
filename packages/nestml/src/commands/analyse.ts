import { analyse, loadModel, renderAnalysis } from '@nestml/workbench';
import type { Console, GlobalOptions } from '../console.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';
import { refuseRun } from './outputs.ts';

/** `nestml analyse`: which equations run, with which solver, and why. */
export async function runAnalyse(
  name: string,
  options: GlobalOptions & { readonly json?: boolean },
  console: Console,
): Promise<number> {
  const loaded = await loadModel(console.host, name);
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
