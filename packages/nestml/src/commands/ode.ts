import type { Diagnostic } from '@nestml/diagnostics';
import { analyseOde, diagnosticsToJson, isUsageCode, loadProblem, type OdeAnalysis } from '@nestml/workbench';
import type { Console, GlobalOptions } from '../console.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';
import { refuseCall } from './outputs.ts';

/** Options of `nestml ode`. */
export interface OdeCommandOptions extends GlobalOptions {
  readonly output?: string;
  readonly disableStiffnessCheck?: boolean;
  readonly disableAnalyticSolver?: boolean;
  /** True for all variables, else names with commas between them. */
  readonly preserveExpressions?: boolean | string;
  readonly plot?: string;
  readonly json?: boolean;
}

/** `nestml ode`: the work of ODE-toolbox, on the same JSON. */
export async function runOde(path: string, options: OdeCommandOptions, console: Console): Promise<number> {
  const contradiction = findContradiction(options);
  if (contradiction !== undefined) return refuseCall(contradiction, console);
  const loaded = await loadProblem(console.host, path);
  if (!loaded.ok) return refuse(path, loaded.diagnostics, options, console);
  const outcome = await analyseOde(loaded.source, {
    disableStiffnessCheck: options.disableStiffnessCheck === true,
    disableAnalyticSolver: options.disableAnalyticSolver === true,
    preserveExpressions: readNames(options.preserveExpressions),
    plots: options.plot !== undefined,
  });
  if (!outcome.ok) return refuse(path, outcome.diagnostics, options, console);
  showFindings(outcome.analysis.diagnostics, options, console);
  await deliverResult(path, outcome.analysis, options, console);
  return exitStatus.done;
}

function findContradiction({ output, plot, json }: OdeCommandOptions): string | undefined {
  if (output === '' || plot === '') return 'the name of an output file is empty';
  if (output !== undefined && output === plot) return `two outputs would go to \`${output}\``;
  if (json && (output === '-' || plot === '-'))
    return '--json and another output would both go to the standard output';
  return undefined;
}

function readNames(choice: boolean | string | undefined): boolean | readonly string[] {
  if (typeof choice !== 'string') return choice === true;
  return choice
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function refuse(
  path: string,
  diagnostics: readonly Diagnostic[],
  options: OdeCommandOptions,
  console: Console,
): number {
  showFindings(diagnostics, options, console);
  if (options.json) {
    const document = { version: 1, problem: path, diagnostics: diagnosticsToJson(diagnostics) };
    console.out(`${JSON.stringify(document)}\n`);
  }
  return diagnostics.some(({ code }) => isUsageCode(code)) ? exitStatus.wrongUsage : exitStatus.wrongInput;
}

/** The result goes to its file, or to the standard output unless something else is wanted there. */
async function deliverResult(
  path: string,
  analysis: OdeAnalysis,
  options: OdeCommandOptions,
  console: Console,
): Promise<void> {
  const write = async (file: string, text: string): Promise<void> => {
    if (file === '-') {
      console.out(text);
      return;
    }
    await console.host.writeFile(file, [text]);
    console.error(`wrote ${file}\n`);
  };
  const { result, svg } = analysis;
  const { output, plot, json } = options;
  if (output !== undefined) await write(output, `${JSON.stringify(result, undefined, 2)}\n`);
  if (plot !== undefined && svg !== undefined) await write(plot, svg);
  if (json) console.out(`${JSON.stringify(documentOf(path, analysis))}\n`);
  else if (output === undefined && plot !== '-') console.out(`${JSON.stringify(result, undefined, 2)}\n`);
  else if (output !== '-' && plot !== '-') console.out(summaryOf(analysis));
}

/** The analysis as a JSON document of version 1. */
function documentOf(path: string, { result, undefinedNames, stiffness, diagnostics }: OdeAnalysis): object {
  return {
    version: 1,
    problem: path,
    result,
    undefined_names: undefinedNames,
    ...(stiffness === undefined ? {} : { stiffness: stiffnessOf(stiffness) }),
    diagnostics: diagnosticsToJson(diagnostics),
  };
}

/** Times are in the unit of the equations. */
function stiffnessOf({
  verdict,
  reason,
  explicit,
  implicit,
  eigenvalues,
}: NonNullable<OdeAnalysis['stiffness']>): object {
  const figures = ({ averageStep, leastStep, accepted, rejected, evaluations }: typeof explicit) => ({
    average_step: averageStep,
    least_step: leastStep,
    accepted,
    rejected,
    evaluations,
  });
  return {
    verdict,
    reason,
    explicit: figures(explicit),
    ...(implicit === undefined ? {} : { implicit: figures(implicit) }),
    largest_eigenvalue: eigenvalues.largest,
    stiffness_ratio: eigenvalues.stiffnessRatio,
  };
}

/** Solvers, variables and reasons as text, where the result itself went to a file. */
function summaryOf({ result }: OdeAnalysis): string {
  const lines = result.flatMap(({ solver, solver_reason, state_variables, reason }) => [
    `${solver}: ${state_variables.join(', ')}`,
    `  ${solver_reason}.`,
    ...Object.values(reason).map((sentence) => `  ${sentence}`),
  ]);
  return lines.length === 0 ? 'The problem has no equations.\n' : `${lines.join('\n')}\n`;
}
