import { InternalError, type Span } from '@nestml/diagnostics';
import type { CheckedModel, PortSymbol, VariableSymbol } from '@nestml/language';
import type { ResolvedRun, RunInputs, SolverReport } from '../simulation/request.ts';

/** Why a run ended early. Times in ms, values in canonical units. */
export type BackendFailure =
  | {
      readonly kind: 'not-finite';
      readonly variable: string;
      readonly value: number;
      readonly time: number;
      readonly span: Span;
      readonly lastGood: ReadonlyMap<string, number>;
    }
  | {
      readonly kind: 'step-too-small';
      readonly variable: string;
      readonly time: number;
      readonly span: Span;
      readonly lastGood: ReadonlyMap<string, number>;
    }
  | { readonly kind: 'guard'; readonly symbol: VariableSymbol; readonly span: Span; readonly value?: number }
  | { readonly kind: 'execution'; readonly reason: string; readonly time: number; readonly span: Span };

/** Something worth a warning that did not end the run. */
export type BackendNotice =
  | {
      readonly kind: 'many-substeps';
      readonly substeps: number;
      readonly time: number;
      readonly span: Span;
      /** A solver by its name of `--solver` that could do with fewer; absent if there is none. */
      readonly cure?: string;
    }
  | {
      readonly kind: 'integrated-twice';
      readonly variable: string;
      readonly time: number;
      readonly span: Span;
    };

/** One output of a model. */
export interface Printed {
  readonly channel: 'print' | 'println' | 'info' | 'warning';
  readonly text: string;
  /** In ms. */
  readonly time: number;
}

/** What a backend gives back: plain arrays in canonical units. */
export interface BackendOutcome {
  /** One array per recorded quantity, one value per entry of `recordedSteps`. */
  readonly recorded: readonly Float64Array[];
  /** Numbers n of steps whose end, n·h, was recorded. */
  readonly recordedSteps: readonly number[];
  /** Numbers n of steps at whose end, n·h, a spike was emitted. */
  readonly spikeSteps: readonly number[];
  /** Output of `print` and its relatives, in order. */
  readonly printed: readonly Printed[];
  readonly notices: readonly BackendNotice[];
  readonly failure?: BackendFailure;
}

/** Sizes of the vectors of a model with parameters as set, or why they cannot be had (a guard that fails). */
export type Layout =
  | {
      readonly ok: true;
      /** Number of elements; undefined for a scalar. */
      readonly variableSize: (symbol: VariableSymbol) => number | undefined;
      readonly portSize: (port: PortSymbol) => number | undefined;
      /** Steps to be remembered of each state that equations read delayed, by written name. */
      readonly pastSteps: ReadonlyMap<string, number>;
    }
  | { readonly ok: false; readonly failure: BackendFailure };

/** Something that can run a checked model. All backends give the same spikes and traces (rules D1 to D15). */
export interface Backend {
  readonly name: string;
  layout(model: CheckedModel, values: ResolvedRun['values'], stepNs: number): Layout;
  /**
   * Neurons with the same values under different inputs, those of the run replaced: neuron number k has the inputs number k and its own
   * random numbers. A failure of one ends all.
   */
  runEach(run: ResolvedRun, inputs: readonly RunInputs[]): readonly BackendOutcome[];
  /** Which states are advanced by which solver, and why. */
  solvers(model: CheckedModel): readonly SolverReport[];
}

/** One neuron with the inputs of its run. */
export function runOnce(backend: Backend, run: ResolvedRun): BackendOutcome {
  const [outcome] = backend.runEach(run, [run]);
  if (outcome === undefined) throw new InternalError(`${backend.name} gives no outcome`);
  return outcome;
}
