import type { SourceFile, Span } from '@nestml/diagnostics';
import type {
  Coefficient,
  ExpressionNode,
  ExpressionPool,
  NumericMethodName,
  StiffnessReport,
} from '@nestml/dynamics';
import type { Effects, FunctionDefinition } from '../ir/functions.ts';
import type { Declaration, Delay, ModelPort, Pulse, Recordable } from '../ir/model.ts';
import type { Statement } from '../ir/statements.ts';
import type { ModelVariable } from '../ir/variables.ts';

/**
 * A neuron whose equations have solvers; a target names, lays out and prints it, and decides nothing. Guarantees, beyond those of
 * `Model`: no kernel, no pulse symbol and no equation of higher order is left; every `integrate` statement names a variant; every state
 * of a variant has exactly one solver and a reason; everything that is `fixed` below changes only when a parameter, an internal or the
 * resolution is set.
 */
export interface SolvedModel {
  readonly name: string;
  readonly source: SourceFile;
  readonly span: Span;
  readonly documentation: string;
  readonly pool: ExpressionPool;
  readonly time: ModelVariable;
  readonly resolution: ModelVariable;
  readonly states: readonly Declaration[];
  readonly parameters: readonly Declaration[];
  readonly internals: readonly Declaration[];
  readonly ports: readonly ModelPort[];
  readonly output: 'spike' | 'continuous' | 'none';
  readonly functions: readonly FunctionDefinition[];
  /** Each value from earlier ones; `t`, inputs and convolutions are 0 (rule D11). NaN ends the run, infinity is a value. */
  readonly initialisation: readonly Initialisation[];
  /** What has to be computed again when something is set. */
  readonly dependencies: readonly Dependency[];
  /** All must hold for the values that result, if any value was set from outside (rule D12). */
  readonly guards: readonly GuardOf[];
  readonly convolutions: readonly ConvolutionSystem[];
  /** What equations read of the past; the states are integrated or held like all others. */
  readonly delays: readonly Delay[];
  /** All countdowns of the model, whichever variants advance them. */
  readonly countdowns: readonly Countdown[];
  /** One for each distinct list of `integrate_odes(…)`; `IntegrateStatement.variant` is the index. */
  readonly variants: readonly IntegrationVariant[];
  readonly update: HandlerBody;
  readonly receiveHandlers: readonly SolvedReceiveHandler[];
  readonly conditionHandlers: readonly SolvedConditionHandler[];
  readonly recordables: readonly Recordable[];
  /** One step (t, t + h] in the order of rule D1. */
  readonly step: readonly StepAction[];
}

/** The value of a variable before the first step, unless it is set by hand; then truncated for an integer. */
export interface Initialisation {
  readonly variable: ModelVariable;
  readonly value: ExpressionNode;
}

/** `variable` is derived from `on` (directly). Of parameters, internals and states, for their initial values. */
export interface Dependency {
  readonly variable: ModelVariable;
  readonly on: readonly ModelVariable[];
}

export interface GuardOf {
  readonly variable: ModelVariable;
  readonly condition: ExpressionNode;
  readonly span: Span;
}

/**
 * x′ = A x + b, closed. `solveAffine` of @nestml/dynamics makes E and R from A and h when something in `fixedBy` or the resolution
 * changes; in a step x ← x + E x + R b, b evaluated at its beginning.
 */
export interface AffineSystem {
  /** In block-triangular order: a state depends on earlier ones and those of its own block. */
  readonly states: readonly ModelVariable[];
  /** Sizes of the blocks along the diagonal. */
  readonly blocks: readonly number[];
  /** The entries of A that are not zero by structure, row by row: expressions of parameters, internals and the resolution. */
  readonly coefficients: readonly Coefficient[];
  /** b, one per state; constant during a step: it may read ports and states that the variant does not integrate. */
  readonly input: readonly ExpressionNode[];
  /** Entries (row, column) of E and R that can be non-zero, row by row, size × size. */
  readonly couples: readonly boolean[];
  /** Parameters and internals in A. */
  readonly fixedBy: readonly ModelVariable[];
}

/** An affine system of a variant: it moves some of its states, the others only drive them. */
export interface AffineGroup {
  readonly system: AffineSystem;
  /**
   * Places in `system.states` of the states that are stored after the step. The others are convolutions, which advance in
   * `advanceConvolutions`, and countdowns, which count: they enter with their values at the begin of the step.
   */
  readonly moved: readonly number[];
}

/**
 * States of a convolution that depend on each other, a closed affine system without input; a sum of exponentials gives several. After
 * advancing: states[i] += weight · increments[i]; nothing is added if the weight is 0.
 */
export interface ConvolutionSystem {
  readonly kernel: string;
  readonly port: ModelVariable;
  /** Element of the port, from 0; 0 for a scalar port. */
  readonly element: number;
  readonly system: AffineSystem;
  /** Fixed expressions, one per state of the system. */
  readonly increments: readonly ExpressionNode[];
  readonly span: Span;
}

/**
 * A state with constant rate: value when set + rate · (number of steps it was integrated since then) · h, computed anew each time
 * (rule D3). Inside a step it moves with its rate.
 */
export interface Countdown {
  readonly state: ModelVariable;
  /** Fixed. */
  readonly rate: ExpressionNode;
  /** Rounded to 1 ns when set; with a rate of ±1 the sum is made in whole nanoseconds. */
  readonly isTime: boolean;
}

/** What one list of `integrate_odes(…)` does: affine groups, numeric system and countdowns read the values at the begin of the step. */
export interface IntegrationVariant {
  readonly index: number;
  /** The states that are integrated, first-order, in the order of the equations. */
  readonly states: readonly ModelVariable[];
  readonly isAll: boolean;
  /** Places of the calls. */
  readonly spans: readonly Span[];
  readonly countdowns: readonly Countdown[];
  readonly affine: readonly AffineGroup[];
  /** Absent if everything is exact. */
  readonly numeric?: NumericSystem;
  /**
   * They act after all new values are stored, each only if no call in this step has integrated its state before; a port without
   * weight in the step does nothing. In the order in which they act.
   */
  readonly pulses: readonly Pulse[];
  /** One for each state of the variant. */
  readonly solvers: readonly StateSolver[];
}

/** How a state is solved, and why, in words that follow its name. */
export interface StateSolver {
  readonly state: ModelVariable;
  readonly solver: 'countdown' | 'propagator' | 'numeric';
  readonly reason: string;
}

/** The part that is integrated numerically, with the exact parts that it reads as known functions of time (rule D13). */
export interface NumericSystem {
  readonly equations: readonly NumericEquation[];
  /**
   * Closed affine systems with states that the equations read inside the step: convolutions, affine groups of the variant,
   * countdowns. Their values at the time τ after the begin of the step are x + E(τ) x + R(τ) b.
   */
  readonly drivers: readonly NumericDriver[];
  /** What the equations read of the past: known functions of the time, too. */
  readonly delays: readonly Delay[];
  /** Relative tolerance of the local error, for adaptive methods. */
  readonly relativeTolerance: number;
  readonly method: IntegrationMethod;
  /** What the choice of the method rests on, if it was left to the equations and they could be tested (rule D13). */
  readonly stiffness?: StiffnessReport;
}

/** What integrates a numeric system, with what the method needs besides the right-hand sides. */
export type IntegrationMethod =
  | { readonly name: Exclude<NumericMethodName, 'rosenbrock' | 'exponential-euler'> }
  | { readonly name: 'rosenbrock'; readonly jacobian: Jacobian }
  | {
      readonly name: 'exponential-euler';
      /** One per equation: a in x′ = a·x + b, a and b free of x; absent if the equation has not this form. */
      readonly rates: readonly (ExpressionNode | undefined)[];
    };

/** Partial derivatives of the right-hand sides; what is not listed is 0 by structure. */
export interface Jacobian {
  /** With respect to the states of the system, row by row; rows and columns are places in `equations`. */
  readonly entries: readonly Coefficient[];
  /** With respect to states of drivers. Their slopes A y + b make the right-hand sides depend on the time. */
  readonly driven: readonly DrivenEntry[];
}

/** ∂f/∂y: `row` is a place in `equations`, y a state that a driver is read for. */
export interface DrivenEntry {
  readonly row: number;
  readonly state: ModelVariable;
  readonly value: ExpressionNode;
}

export interface NumericEquation {
  readonly state: ModelVariable;
  /**
   * Reads the states of the numeric system and of the drivers inside the step, through functions too; everything else is constant
   * during it.
   */
  readonly derivative: ExpressionNode;
  /** Canonical: 1e-6 of the declared or of the canonical unit, whichever is smaller (rule D13). For adaptive methods. */
  readonly absoluteTolerance: number;
}

export interface NumericDriver {
  readonly system: AffineSystem;
  /** Places in `system.states` of the states that the equations read. */
  readonly read: readonly number[];
}

export interface HandlerBody {
  readonly body: readonly Statement[];
  readonly effects: Effects;
}

/** Runs in a step in which at least one spike reached the port, whatever its weight; of a vector port that element, or any if absent. */
export interface SolvedReceiveHandler extends HandlerBody {
  readonly port: ModelVariable;
  readonly element?: number;
  readonly span: Span;
}

/** The effects include those of the condition. */
export interface SolvedConditionHandler extends HandlerBody {
  readonly condition: ExpressionNode;
  readonly span: Span;
}

/** One action of a step. */
export type StepAction =
  /** The spikes of the step are summed at their ports. */
  | { readonly kind: 'collectSpikes' }
  | { readonly kind: 'update' }
  | { readonly kind: 'receive'; readonly handler: number }
  /** All convolutions go to the end of the step, then receive its spikes. */
  | { readonly kind: 'advanceConvolutions' }
  | { readonly kind: 'condition'; readonly handler: number }
  /** Continuous ports take the value of the next step. */
  | { readonly kind: 'nextInputs' }
  | { readonly kind: 'record' };
