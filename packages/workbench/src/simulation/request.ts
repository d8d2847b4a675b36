import type { Diagnostic } from '@nestml/diagnostics';
import type { NumericMethodName, StiffnessReport } from '@nestml/dynamics';
import type { CheckedModel, KernelSymbol, PortSymbol, VariableSymbol } from '@nestml/language';
import type { BackendOutcome } from '../backends/backend.ts';

/** A quantity as people give it: `"5 nS"`, or a plain number in the unit that the documentation of the field names. */
export type QuantityInput = string | number;

/** A constant current (or other continuous input) from `from` (default 0) up to `to` (default the end of the run). */
export interface CurrentStimulus {
  /** Name of a continuous port, `name[i]` for an element. */
  readonly port: string;
  /** Plain numbers are in the declared unit of the port. */
  readonly amplitude: QuantityInput;
  /** Plain numbers are in ms. */
  readonly from?: QuantityInput;
  readonly to?: QuantityInput;
}

/** Spikes that arrive at a spike port. The weight (default 1) is what the port hands to the model. */
export interface SpikeStimulus {
  readonly port: string;
  /** Plain numbers are in ms. */
  readonly times: readonly QuantityInput[];
  readonly weight?: number;
}

/** Poisson spikes at a spike port, during the whole run. */
export interface PoissonStimulus {
  readonly port: string;
  /** Plain numbers are in Hz. */
  readonly rate: QuantityInput;
  readonly weight?: number;
}

/** A value for a parameter or an initial state: one value, or one per element of a vector. */
export type ValueInput = QuantityInput | boolean | readonly QuantityInput[];

/** A run of one neuron, in the words of its user. */
export interface SimulationRequest {
  /** Plain numbers are in ms. */
  readonly duration: QuantityInput;
  /** Length of a step; default 0.1 ms. */
  readonly resolution?: QuantityInput;
  /** Parameters and initial states by name; plain numbers in the declared unit. */
  readonly set?: Readonly<Record<string, ValueInput>>;
  readonly currents?: readonly CurrentStimulus[];
  readonly spikes?: readonly SpikeStimulus[];
  readonly poisson?: readonly PoissonStimulus[];
  /** Names as written in the model; default: the first state that is a voltage, else the first state. */
  readonly record?: readonly string[];
  /** Interval of recording; default every step. */
  readonly every?: QuantityInput;
  /** Seed of the random numbers, an integer from 0 to 2^53 − 1; default 0. */
  readonly seed?: number;
  /** Move times to the nearest border of a step instead of refusing them. */
  readonly round?: boolean;
}

/** One element of a port. */
export interface PortAddress {
  readonly port: PortSymbol;
  readonly element?: number;
}

/** Something to record, and the unit in which its values are given out (undefined for plain numbers). */
export interface RecordedQuantity {
  /** As it is written: `V_m'`, `a[0]`, `convolve(K, exc)`. */
  readonly name: string;
  readonly what:
    | { readonly kind: 'variable'; readonly symbol: VariableSymbol; readonly element?: number }
    | {
        readonly kind: 'convolution';
        readonly kernel: KernelSymbol;
        readonly port: PortSymbol;
        readonly element?: number;
      };
}

/** What feeds a neuron, in canonical units. */
export interface RunInputs {
  readonly currents: readonly (PortAddress & {
    readonly firstStep: number;
    readonly endStep: number;
    readonly value: number;
  })[];
  readonly spikes: readonly (PortAddress & { readonly step: number; readonly weight: number })[];
  /** Rates in 1/ms. */
  readonly poisson: readonly (PortAddress & { readonly rate: number; readonly weight: number })[];
}

/**
 * A run that fits its model: names bound, times on the grid, all numbers in canonical units. What a backend takes.
 * Step n (from 0) is the interval (n·h, (n+1)·h].
 */
export interface ResolvedRun extends RunInputs {
  readonly model: CheckedModel;
  readonly stepNs: number;
  readonly steps: number;
  readonly values: ReadonlyMap<VariableSymbol, number | boolean | string | readonly number[]>;
  readonly record: readonly RecordedQuantity[];
  /** In steps. */
  readonly recordEvery: number;
  readonly seed: number;
}

/** Values of one recorded quantity, one per time of the result. */
export interface Trace {
  readonly name: string;
  /** Declared unit; undefined for a plain number. */
  readonly unit: string | undefined;
  readonly values: Float64Array;
}

/** A group of states that one solver advances, and why that one. */
export interface SolverReport {
  readonly states: readonly string[];
  readonly solver: string;
  /** What integrates them, if the solver is `numeric` or the reference interpreter. */
  readonly method?: NumericMethodName;
  /** What the choice of the method rests on, if it was left to the equations. */
  readonly stiffness?: StiffnessReport;
  readonly reason: string;
  /** The call that integrates the states, `integrate_odes(V_m)`. Absent: in every step, or not known. */
  readonly integratedBy?: string;
}

/** What a run of a neuron gave. After an error (see `diagnostics`), everything up to it. */
export interface SimulationResult {
  readonly model: CheckedModel;
  readonly run: ResolvedRun;
  readonly backend: string;
  readonly stepMs: number;
  readonly stopMs: number;
  /** How far it came: the end of the last step that was completed. Below `stopMs` only after an error. */
  readonly reachedMs: number;
  /** Ends of the recorded steps in ms: the value at a time is the state after the step that ends there. */
  readonly times: readonly number[];
  readonly traces: readonly Trace[];
  /** Times of the emitted spikes in ms (ends of steps). */
  readonly spikes: readonly number[];
  readonly solvers: readonly SolverReport[];
  /** Output of `print` and its relatives, in order. */
  readonly printed: BackendOutcome['printed'];
  readonly diagnostics: readonly Diagnostic[];
}
