import type { CheckedModel } from '@nestml/language';
import type { SolverReport } from '../simulation/request.ts';

/** Which equations run, with which solver, and why; figures for the default parameters. */
export interface Analysis {
  readonly model: CheckedModel;
  /** Length of a step that the figures are for, ms. */
  readonly step_ms: number;
  /** The equations as written, one text per equation, for a terminal: several lines where there are fractions. */
  readonly equations: readonly string[];
  /** One entry for each group of states that one solver advances. */
  readonly solvers: readonly SolverGroup[];
  /** Everything of the linear parts that has time constants, system by system. */
  readonly modes: readonly SystemModes[];
  readonly events: readonly EventReport[];
  readonly removableSingularities: readonly RemovableSingularity[];
  /** Sentences about the length of the step. */
  readonly advice: readonly string[];
  /** The solved model as NESTML, in canonical units; comments say what the language cannot. */
  readonly text: string;
}

/** States that one solver advances for one reason. */
export interface SolverGroup extends Omit<SolverReport, 'integratedBy'> {
  /** The calls that integrate the states, `integrate_odes(V_m)`; `always` for convolutions. */
  readonly integratedBy: readonly string[];
}

/** The modes of a linear system x′ = A x + b at the default parameters. */
export interface SystemModes {
  readonly states: readonly string[];
  readonly modes: readonly Mode[];
}

/** An eigenvalue λ of A, in 1/ms; of a complex pair the one with a positive imaginary part. */
export interface Mode {
  readonly re: number;
  readonly im: number;
  /** How many eigenvalues are equal to it, within rounding. */
  readonly multiplicity: number;
}

/** What happens beside the equations: a handler of spikes, or a condition. */
export interface EventReport {
  /** As it is written: `onReceive(exc_spikes)`. */
  readonly on: string;
  /** Written names of what it assigns. */
  readonly assigns: readonly string[];
  readonly emits: boolean;
}

/** A product that is 0/0 at one value of its argument, and is computed without that (rule D21). */
export interface RemovableSingularity {
  readonly text: string;
  /** Line in the source, from 1. */
  readonly line: number;
  /** As it is computed. */
  readonly computedAs: string;
}
