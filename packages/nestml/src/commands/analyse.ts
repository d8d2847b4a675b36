import { analyse, diagnosticsToJson, isUsageCode, loadModel, renderAnalysis } from '@nestml/workbench';
import type { Console, GlobalOptions } from '../console.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';

/** `nestml analyse`: which equations run, with which solver, and why. */
export async function runAnalyse(
  name: string,
  options: GlobalOptions & { readonly json?: boolean },
  console: Console,
): Promise<number> {
  const loaded = await loadModel(console.host, name);
  showFindings(loaded.diagnostics, options, console);
  const result = loaded.ok ? await analyse(loaded.model) : loaded;
  if (!result.ok) {
    if (loaded.ok) showFindings(result.diagnostics, options, console);
    if (options.json)
      console.out(
        `${JSON.stringify({ version: 1, model: name, diagnostics: diagnosticsToJson(result.diagnostics) })}\n`,
      );
    return result.diagnostics.some(({ code }) => isUsageCode(code))
      ? exitStatus.wrongUsage
      : exitStatus.wrongInput;
  }
  const { analysis } = result;
  const columns = Math.max(60, Math.min(console.columns, 120));
  const { model, solvers, text } = analysis;
  const document = { version: 1, model: model.name, solvers, equations: text };
  console.out(options.json ? `${JSON.stringify(document)}\n` : await renderAnalysis(analysis, columns));
  return exitStatus.done;
}
