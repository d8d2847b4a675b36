import type { SourceFile } from '@nestml/diagnostics';
import type { CheckedModel } from '@nestml/language';
import type { AnalysisOptions, AnalysisResult } from './analysis/analyse-model.ts';
import type { Analysis } from './analysis/analysis.ts';
import type { EngineChoice, EngineOptions } from './backends/engine-backend.ts';
import type { Curve } from './experiments/curve.ts';
import type { Response } from './experiments/response.ts';
import type { PlasticityWindow } from './experiments/window.ts';
import type { OdeAnalysis, OdeOutcome, OdeRequest } from './ode/run-ode.ts';
import type { ReportDetails } from './report/simulation-report.ts';
import type { PairResult } from './simulation/pair/request.ts';
import type { TerminalSize } from './simulation/plots.ts';
import type { SimulationResult } from './simulation/request.ts';

export {
  type CheckedModel,
  type Dialect,
  dialectByName,
  type PynestmlCode,
  type RoleOptions,
} from '@nestml/language';
export { stiffnessToJson } from './analysis/stiffness-output.ts';
export {
  library,
  ModelError,
  modelFromFile,
  modelFromText,
  plasticityWindow,
  simulate,
  simulateSynapse,
} from './api.ts';
export type { Backend, BackendFailure, BackendNotice, BackendOutcome, Layout } from './backends/backend.ts';
export { type BackendWish, type ChosenBackend, chooseBackend } from './backends/choose-backend.ts';
export { referenceBackend } from './backends/reference-backend.ts';
export { checkFile, checkPaths } from './check-files.ts';
export { checkSource, checkText } from './check-text.ts';
export type { CheckedFile } from './checked-file.ts';
export {
  type Curve,
  type CurveOutcome,
  type CurveRequest,
  type InputValues,
  measureCurve,
} from './experiments/curve.ts';
export { curveToCsv, curveToJson, responseToCsv, responseToJson } from './experiments/output.ts';
export { readCurveInput } from './experiments/phrases.ts';
export {
  measureResponse,
  type Response,
  type ResponseOutcome,
  type ResponseRequest,
} from './experiments/response.ts';
export {
  measureWindow,
  type WindowOutcome,
  type WindowPoint,
  type WindowRequest,
} from './experiments/window.ts';
export { windowToCsv, windowToJson } from './experiments/window-output.ts';
export { type FormattedFile, formatPaths, formatText } from './format-files.ts';
export { type Host, HostError } from './host.ts';
export { findLibraryFile, type LibraryFile, libraryNames, listLibrary } from './library.ts';
export { allMessages, findMessage, findPynestmlCodes } from './messages/catalogue.ts';
export { workbenchMessages } from './messages/index.ts';
export { isUsageCode } from './messages/usage.ts';
export { layOut, type Migration, migrateText } from './migrate.ts';
export { type LoadedModel, loadModel } from './models.ts';
export { type LoadedProblem, loadProblem } from './ode/load-problem.ts';
export { diagnosticsToJson, simulationToCsv, simulationToJson } from './simulation/output.ts';
export { pairToCsv, pairToJson } from './simulation/pair/output.ts';
export { readBinding, readRange, readRole, readTimes } from './simulation/pair/phrases.ts';
export type {
  ConnectionRequest,
  PairModels,
  PairRequest,
} from './simulation/pair/request.ts';
export { type PairOutcome, simulatePair } from './simulation/pair/simulate-pair.ts';
export {
  type Phrase,
  readCurrent,
  readNames,
  readPoisson,
  readSetting,
  readSpikes,
} from './simulation/phrases.ts';
export type {
  CurrentStimulus,
  PoissonStimulus,
  QuantityInput,
  RecordedQuantity,
  ResolvedRun,
  SimulationRequest,
  SimulationResult,
  SolverReport,
  SpikeStimulus,
  Trace,
  ValueInput,
} from './simulation/request.ts';
export { type SimulationOutcome, simulateNeuron } from './simulation/simulate.ts';
export { readSolver, SOLVER_NAMES, type SolverChoice } from './simulation/solver-names.ts';
export type {
  Analysis,
  AnalysisOptions,
  AnalysisResult,
  EngineChoice,
  EngineOptions,
  OdeAnalysis,
  OdeOutcome,
  OdeRequest,
  PairResult,
  PlasticityWindow,
  ReportDetails,
  TerminalSize,
};

/** The plot of a run as a self-contained SVG document. The plotting code is loaded when it is first needed. */
export async function renderSimulationSvg(result: SimulationResult): Promise<string> {
  const { simulationSvg } = await import('./simulation/plots.ts');
  return simulationSvg(result);
}

/** The plot of a run for a terminal, its spike times and a summary line. The plotting code is loaded when it is first needed. */
export async function renderSimulationTerminal(
  result: SimulationResult,
  size: TerminalSize,
): Promise<string> {
  const { simulationText } = await import('./simulation/plots.ts');
  return simulationText(result, size);
}

/** Which equations of a neuron run, with which solver, and why. The compiler is loaded when it is first needed. */
export async function analyse(model: CheckedModel, options: AnalysisOptions = {}): Promise<AnalysisResult> {
  return (await import('./analysis/analyse-model.ts')).analyseModel(model, options);
}

/** An analysis as text for people, lines of at most `columns` characters where they can be broken. */
export async function renderAnalysis(analysis: Analysis, columns: number): Promise<string> {
  return (await import('./analysis/analysis-text.ts')).analysisText(analysis, columns);
}

/** Analyses equations in the JSON form of ODE-toolbox. The compiler is loaded when it is first needed. */
export async function analyseOde(source: SourceFile, request: OdeRequest = {}): Promise<OdeOutcome> {
  return (await import('./ode/run-ode.ts')).analyseOde(source, request);
}

/** The engine for a neuron: it is compiled; or why the model must run on the reference interpreter. Loaded when it is first needed. */
export async function compileForEngine(
  model: CheckedModel,
  options: EngineOptions = {},
): Promise<EngineChoice> {
  return (await import('./backends/engine-backend.ts')).createEngineBackend(model, options);
}

/** The report of a run as one self-contained HTML page. The code that makes it is loaded when it is first needed. */
export async function renderSimulationHtml(
  result: SimulationResult,
  details: ReportDetails,
): Promise<string> {
  const [{ renderReportHtml }, { simulationReport }] = await Promise.all([
    import('@nestml/report/html'),
    import('./report/simulation-report.ts'),
  ]);
  return renderReportHtml(simulationReport(result, details));
}

/** An F-I curve as a self-contained SVG document. The plotting code is loaded when it is first needed. */
export async function renderCurveSvg(curve: Curve): Promise<string> {
  return (await import('./experiments/figures.ts')).curveSvg(curve);
}

/** An F-I curve for a terminal, with a summary line. */
export async function renderCurveTerminal(curve: Curve, size: TerminalSize): Promise<string> {
  return (await import('./experiments/figures.ts')).curveText(curve, size);
}

/** A post-synaptic response as a self-contained SVG document. */
export async function renderResponseSvg(response: Response): Promise<string> {
  return (await import('./experiments/figures.ts')).responseSvg(response);
}

/** A post-synaptic response for a terminal, with a summary line. */
export async function renderResponseTerminal(response: Response, size: TerminalSize): Promise<string> {
  return (await import('./experiments/figures.ts')).responseText(response, size);
}

/** The plot of a run of a synapse and its neuron as a self-contained SVG document. */
export async function renderPairSvg(result: PairResult): Promise<string> {
  return (await import('./simulation/pair/plots.ts')).pairSvg(result);
}

/** The plot of a run of a synapse and its neuron for a terminal, spike times, weights and a summary line. */
export async function renderPairTerminal(result: PairResult, size: TerminalSize): Promise<string> {
  return (await import('./simulation/pair/plots.ts')).pairText(result, size);
}

/** The report of a run of a synapse and its neuron as one self-contained HTML page. */
export async function renderPairHtml(result: PairResult, details: ReportDetails): Promise<string> {
  const [{ renderReportHtml }, { pairReport }] = await Promise.all([
    import('@nestml/report/html'),
    import('./simulation/pair/report.ts'),
  ]);
  return renderReportHtml(pairReport(result, details));
}

/** A plasticity window as a self-contained SVG document. */
export async function renderWindowSvg(window: PlasticityWindow): Promise<string> {
  return (await import('./experiments/window-figure.ts')).windowSvg(window);
}

/** A plasticity window for a terminal, with a summary line. */
export async function renderWindowTerminal(window: PlasticityWindow, size: TerminalSize): Promise<string> {
  return (await import('./experiments/window-figure.ts')).windowText(window, size);
}
