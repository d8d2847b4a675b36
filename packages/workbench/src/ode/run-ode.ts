import {
  type OdeSolution,
  type OdeSolverEntry,
  odeProblemMessages,
  printOdeResult,
  readOdeProblem,
  type SolverRecommendation,
  solveOdeProblem,
} from '@nestml/compiler';
import { createDiagnostic, type Diagnostic, type SourceFile } from '@nestml/diagnostics';
import type { StiffnessReport } from '@nestml/dynamics';
import { closestName } from '@nestml/language';
import { assessOde } from './assess-ode.ts';
import { integrateOde } from './integrate-ode.ts';
import { type MixedResult, mixedSystem } from './mixed-system.ts';
import { eventsOf } from './stimulus-events.ts';

/** How a problem is analysed. */
export interface OdeRequest {
  /** No test for stiffness: the solver of the numeric part is called `numeric`. */
  readonly disableStiffnessCheck?: boolean;
  /** Everything is integrated numerically. */
  readonly disableAnalyticSolver?: boolean;
  /** Right-hand sides that are kept as written: of all variables, or of some. */
  readonly preserveExpressions?: boolean | readonly string[];
  /** Whether the equations are integrated over the stimuli and drawn. */
  readonly plots?: boolean;
}

/** The result in the form of ODE-toolbox, and the plot if it was asked for. Without an error among the findings. */
export interface OdeAnalysis {
  readonly result: readonly OdeSolverEntry[];
  readonly undefinedNames: readonly string[];
  readonly stiffness?: StiffnessReport;
  readonly svg?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** An analysis, or the findings that say why there is none. */
export type OdeOutcome =
  | { readonly ok: true; readonly analysis: OdeAnalysis }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Analyses a problem of ODE-toolbox's JSON form. */
export async function analyseOde(source: SourceFile, request: OdeRequest = {}): Promise<OdeOutcome> {
  const read = readOdeProblem(source);
  if (!read.ok) return read;
  const { problem } = read;
  const solution = solveOdeProblem(problem, { disableAnalytic: request.disableAnalyticSolver === true });
  const diagnostics = [...read.diagnostics];
  const preserved = preservedOf(solution, request.preserveExpressions ?? false, source, diagnostics);
  if (preserved === undefined) return { ok: false, diagnostics };
  const needsNumbers = request.plots === true || isTested(solution, request);
  const mixed = needsNumbers ? mixedSystem(solution) : undefined;
  const stiffness = testStiffness(solution, request, mixed);
  const result = printOdeResult(solution, stiffness, preserved);
  const svg =
    request.plots === true ? await plot(solution, mixed!, stiffness, source, diagnostics) : undefined;
  if (svg === 'failed') return { ok: false, diagnostics };
  return {
    ok: true,
    analysis: {
      result,
      undefinedNames: problem.freeNames.map(({ name }) => name),
      ...(stiffness.report === undefined ? {} : { stiffness: stiffness.report }),
      ...(svg === undefined ? {} : { svg }),
      diagnostics,
    },
  };
}

function isTested({ numeric }: OdeSolution, { disableStiffnessCheck }: OdeRequest): boolean {
  return numeric.length > 0 && disableStiffnessCheck !== true;
}

interface Recommendation extends SolverRecommendation {
  readonly report?: StiffnessReport;
}

function testStiffness(
  solution: OdeSolution,
  request: OdeRequest,
  mixed: MixedResult | undefined,
): Recommendation {
  if (!isTested(solution, request)) {
    return { reason: 'not linear with constant coefficients; the stiffness test is switched off' };
  }
  const { problem } = solution;
  if (mixed === undefined || !mixed.ok) {
    return {
      reason: `not linear with constant coefficients; no stiffness test without numbers for ${(mixed?.missing ?? []).join(', ')}`,
    };
  }
  const events = eventsOf(problem.stimuli, problem.options.simulationTime);
  const report = assessOde(mixed.system, events, problem.options);
  if (report === undefined) {
    return {
      reason:
        'not linear with constant coefficients; no stiffness test, since an equation calls a function without derivative',
    };
  }
  return { verdict: report.verdict, reason: explain(report), report };
}

function explain({ verdict, reason, explicit, implicit, eigenvalues }: StiffnessReport): string {
  const rate = Number.isFinite(eigenvalues.largest)
    ? `; the fastest rate is ${short(eigenvalues.largest)}`
    : '';
  const steps = `an explicit method makes steps of ${short(explicit.averageStep)} on average, the shortest of ${short(explicit.leastStep)}`;
  const other = implicit === undefined ? '' : `, an implicit one of ${short(implicit.averageStep)}`;
  switch (reason) {
    case 'steps-long-enough':
      return `not linear with constant coefficients; ${steps}, which no implicit one could better by enough${rate}`;
    case 'steps-compared':
      return `not linear with constant coefficients; ${steps}${other}: ${verdict} is cheaper${rate}`;
    case 'explicit-fails':
      return `not linear with constant coefficients; an explicit method does not come to the end of the stimulus${rate}`;
    case 'implicit-fails':
      return `not linear with constant coefficients; an implicit method does not come to the end of the stimulus${rate}`;
    case 'both-fail':
      return `not linear with constant coefficients; neither an explicit nor an implicit method comes to the end of the stimulus${rate}`;
    default:
      return reason satisfies never;
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Variables whose right-hand sides are kept; undefined if a name means none. */
function preservedOf(
  { problem, numeric }: OdeSolution,
  choice: boolean | readonly string[],
  source: SourceFile,
  diagnostics: Diagnostic[],
): ReadonlySet<string> | undefined {
  if (choice === false) return new Set();
  const names = choice === true ? problem.variables.map(({ name }) => name) : choice;
  const preserved = new Set<string>();
  let isComplete = true;
  for (const name of names) {
    const variable = problem.variables.find((candidate) => candidate.name === name);
    if (variable === undefined) {
      const known = problem.variables.map((candidate) => candidate.name);
      const parameters = { name, suggestion: closestName(name, known) };
      diagnostics.push(createDiagnostic(odeProblemMessages, 'ode-unknown-variable', undefined, parameters));
      isComplete = false;
      continue;
    }
    const isNumeric = numeric.some(({ state }) => state === variable.states[0]);
    if (isNumeric && variable.states.length === 1) preserved.add(name);
    else if (choice !== true) {
      const problemText = isNumeric ? 'its equation is not of first order' : 'it is solved exactly';
      const place = { source, span: variable.span };
      const parameters = { name, problem: problemText };
      diagnostics.push(createDiagnostic(odeProblemMessages, 'ode-not-preserved', place, parameters));
    }
  }
  return isComplete ? preserved : undefined;
}

const PROBLEMS = Object.freeze({
  'not-finite': 'its slope is not a number there',
  'step-too-small': 'no step is short enough, as at a pole or a jump',
  'too-many-steps': 'it needs too many steps',
});

/** The plotting code is loaded when it is first needed. */
async function plot(
  solution: OdeSolution,
  mixed: MixedResult,
  { verdict }: Recommendation,
  source: SourceFile,
  diagnostics: Diagnostic[],
): Promise<string | 'failed'> {
  const { problem } = solution;
  if (!mixed.ok) {
    const names = mixed.missing.map((name) => `\`${name}\``);
    diagnostics.push(createDiagnostic(odeProblemMessages, 'ode-no-numbers', undefined, { names }));
    return 'failed';
  }
  const events = eventsOf(problem.stimuli, problem.options.simulationTime);
  const integration = integrateOde(mixed.system, events, problem.options, verdict === 'implicit');
  if (!integration.ok) {
    const { state, time, value, problem: kind } = integration;
    const [when, what] = [time, value].map((number) => Number(number.toPrecision(6)));
    const parameters = { name: state, time: when!, value: what!, problem: PROBLEMS[kind] };
    const variable = problem.variables.find(({ states }) => states.some(({ name }) => name === state));
    const place = variable === undefined ? undefined : { source, span: variable.span };
    diagnostics.push(createDiagnostic(odeProblemMessages, 'ode-integration-failed', place, parameters));
    return 'failed';
  }
  const { odeSvg } = await import('./ode-figure.ts');
  return odeSvg({ title: source.name, problem, system: mixed.system, course: integration.course, events });
}
