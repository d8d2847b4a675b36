import { type IntegrationVariant, printSolvedModel, type SolvedModel, solveModel } from '@nestml/compiler';
import { createDiagnostic, type Diagnostic } from '@nestml/diagnostics';
import type { CheckedModel } from '@nestml/language';
import { workbenchMessages } from './messages/index.ts';
import type { SolverReport } from './simulation/request.ts';
import { wrapText } from './wrap-text.ts';

/** Which equations run, with which solver, and why. */
export interface Analysis {
  readonly model: CheckedModel;
  /** One entry for each group of states that one solver advances. */
  readonly solvers: readonly (SolverReport & {
    /** The call that integrates the states: `integrate_odes(V_m)`; `always` for convolutions. */
    readonly integratedBy: string;
  })[];
  /** The solved model as NESTML, in canonical units; comments say what the language cannot. */
  readonly text: string;
}

/** An analysis, or why the model cannot be compiled. */
export type AnalysisResult =
  | { readonly ok: true; readonly analysis: Analysis }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Analyses the equations of a neuron: lowers them, splits them into groups, and chooses a solver for each. */
export function analyseModel(model: CheckedModel): AnalysisResult {
  if (model.kind !== 'neuron') {
    const place = { source: model.source, span: model.span };
    return {
      ok: false,
      diagnostics: [createDiagnostic(workbenchMessages, 'not-a-neuron', place, { name: model.name })],
    };
  }
  const { model: solved, diagnostics } = solveModel(model);
  if (solved === undefined) return { ok: false, diagnostics };
  return { ok: true, analysis: { model, solvers: solverReports(solved), text: printSolvedModel(solved) } };
}

/** The solvers of a solved model: convolutions first, then each list of `integrate_odes(…)`. */
export function solverReports(solved: SolvedModel): Analysis['solvers'] {
  const convolutions = solved.convolutions.map(({ kernel, port, system }) => ({
    states: system.states.map(({ writtenName }) => writtenName),
    solver: 'propagator',
    reason: `the response \`${kernel}\` to spikes at \`${port.writtenName}\` is linear with constant coefficients`,
    integratedBy: 'always',
  }));
  return [...convolutions, ...solved.variants.flatMap(reportsOfVariant)];
}

/** States of one variant with the same solver and reason form one group. */
function reportsOfVariant(variant: IntegrationVariant): Analysis['solvers'] {
  const names = variant.states.map(({ writtenName }) => writtenName);
  const integratedBy = `integrate_odes(${variant.isAll ? '' : names.join(', ')})`;
  const groups = new Map<
    string,
    { states: string[]; solver: string; reason: string; integratedBy: string }
  >();
  for (const { state, solver, reason } of variant.solvers) {
    const group = groups.get(`${solver} ${reason}`);
    if (group === undefined)
      groups.set(`${solver} ${reason}`, { states: [state.writtenName], solver, reason, integratedBy });
    else group.states.push(state.writtenName);
  }
  return [...groups.values()];
}

/** The analysis for people: the groups with their solvers and reasons, then the equations that run. */
export function analysisText(analysis: Analysis, columns: number): string {
  const groups = analysis.solvers.map(({ states, solver, integratedBy, reason }) => {
    const head = wrapText(states.join(', '), columns);
    return `${head}\n${wrapText(`${solver}, ${integratedBy}: ${reason}`, columns, '    ', '    ')}\n`;
  });
  const solvers = groups.length === 0 ? 'No equations are integrated.\n' : groups.join('\n');
  return `${solvers}\nWhat runs, in canonical units:\n\n${analysis.text.trimEnd()}\n`;
}
