import { printSolvedModel, solveModel } from '@nestml/compiler';
import { createDiagnostic, type Diagnostic } from '@nestml/diagnostics';
import type { CheckedModel } from '@nestml/language';
import { equationToTerminal } from '@nestml/report';
import { workbenchMessages } from '../messages/index.ts';
import { derivativeOf, formulaOf, kernelFormulas } from '../report/formulas.ts';
import { createReporter } from '../simulation/reporter.ts';
import type { QuantityInput } from '../simulation/request.ts';
import { readStep } from '../simulation/time-grid.ts';
import { stepAdvice } from './advice.ts';
import type { Analysis, SolverGroup } from './analysis.ts';
import { evaluatorAtDefaults } from './default-values.ts';
import { eventsOf } from './events.ts';
import { modesOf } from './modes.ts';
import { removableSingularities } from './removable-singularities.ts';
import { type IntegratedReport, solverReports } from './solver-reports.ts';

const NS_PER_MS = 1e6;

/** An analysis, or why the model cannot be compiled. */
export type AnalysisResult =
  | { readonly ok: true; readonly analysis: Analysis }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** What an analysis is made for. */
export interface AnalysisOptions {
  /** Length of a step; plain numbers are in ms; default 0.1 ms. */
  readonly step?: QuantityInput;
  /** Width of the equations in characters; default 100. */
  readonly columns?: number;
}

/** Analyses the equations of a neuron: lowers them, splits them into groups, chooses a solver for each, and finds their time constants. */
export function analyseModel(model: CheckedModel, options: AnalysisOptions = {}): AnalysisResult {
  if (model.kind !== 'neuron') {
    const place = { source: model.source, span: model.span };
    return {
      ok: false,
      diagnostics: [createDiagnostic(workbenchMessages, 'not-a-neuron', place, { name: model.name })],
    };
  }
  const problems: Diagnostic[] = [];
  const stepNs = readStep(options.step ?? 0.1, createReporter(problems));
  if (stepNs === undefined) return { ok: false, diagnostics: problems };
  const { model: solved, diagnostics } = solveModel(model);
  if (solved === undefined) return { ok: false, diagnostics };
  const { columns = 100 } = options;
  const stepMs = stepNs / NS_PER_MS;
  const modes = modesOf(solved, evaluatorAtDefaults(model, solved, stepMs));
  return {
    ok: true,
    analysis: {
      model,
      step_ms: stepMs,
      equations: equationsOf(model, columns),
      solvers: joined(solverReports(solved)),
      modes,
      events: eventsOf(solved),
      removableSingularities: removableSingularities(model),
      advice: stepAdvice(solved, modes, stepMs),
      text: printSolvedModel(solved),
    },
  };
}

/** Kernels, inlines and equations as they are written, for a terminal. */
function equationsOf(model: CheckedModel, columns: number): readonly string[] {
  const equations = [
    ...model.kernels.flatMap(kernelFormulas),
    ...model.inlines.map(({ symbol, value }) => ({
      left: { kind: 'name', name: symbol.name } as const,
      right: formulaOf(value),
    })),
    ...model.equations.map((equation) => ({
      left: derivativeOf(equation),
      right: formulaOf(equation.value),
    })),
  ];
  return equations.map(({ left, right }) => equationToTerminal(left, right, columns).join('\n'));
}

/** Groups of several calls that are equal but for the call. */
function joined(reports: readonly IntegratedReport[]): readonly SolverGroup[] {
  const groups = new Map<string, SolverGroup>();
  for (const { integratedBy, ...group } of reports) {
    const key = JSON.stringify(group);
    const calls = new Set([...(groups.get(key)?.integratedBy ?? []), integratedBy]);
    groups.set(key, { ...group, integratedBy: [...calls] });
  }
  return [...groups.values()];
}
