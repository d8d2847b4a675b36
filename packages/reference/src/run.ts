import type { Span } from '@nestml/diagnostics';
import type { CheckedModel, KernelSymbol, PortSymbol, VariableSymbol } from '@nestml/language';

/** A value given from outside, in canonical units; an array for a vector. */
export type GivenValue = number | boolean | string | readonly number[];

/** Which port of a model, and which element if it is a vector port (from 0). */
export interface PortAddress {
  readonly port: PortSymbol;
  readonly element?: number;
}

/** A constant input to a continuous port during the steps `firstStep` … `endStep` − 1 (steps from 0; step n is (n·h, (n+1)·h]). */
export interface CurrentInput extends PortAddress {
  readonly firstStep: number;
  readonly endStep: number;
  /** In the canonical unit of the port; inputs that overlap add up. */
  readonly value: number;
}

/** A spike that arrives in step `step` (from 0), i.e. at time (step + 1)·h, with the weight that the port hands to the model. */
export interface SpikeInput extends PortAddress {
  readonly step: number;
  readonly weight: number;
}

/** Independent Poisson spikes during the whole run: in each step a number drawn with mean rate·h, all of one weight. */
export interface PoissonInput extends PortAddress {
  /** In 1/ms. */
  readonly rate: number;
  readonly weight: number;
}

/** What can be recorded: a state, parameter, internal or inline, or one convolution; `element` of a vector (port). */
export type Recordable =
  | { readonly kind: 'variable'; readonly symbol: VariableSymbol; readonly element?: number }
  | {
      readonly kind: 'convolution';
      readonly kernel: KernelSymbol;
      readonly port: PortSymbol;
      readonly element?: number;
    };

/** Identity of a neuron for random numbers (rule D14). */
export interface NeuronIdentity {
  readonly seed: number;
  readonly population: string;
  readonly index: number;
}

/** Identity of a synapse for random numbers (rule D14). */
export interface SynapseIdentity {
  readonly seed: number;
  /** Name of the connection. */
  readonly connection: string;
  /** Number of the presynaptic neuron in its population, from 0. */
  readonly source: number;
  /** Number of the postsynaptic neuron in its population, from 0. */
  readonly target: number;
  /** Number of the synapse among those of the connection that join the same two neurons, from 0. */
  readonly ordinal: number;
}

/** One run of one neuron from t = 0. All numbers in canonical units. */
export interface NeuronRun {
  readonly model: CheckedModel;
  /** Step length in ns, an integer ≥ 1 (rule D3: one clock). */
  readonly stepNs: number;
  readonly steps: number;
  /** Parameters, internals and initial states set by hand before the first step (rule D11). */
  readonly values: ReadonlyMap<VariableSymbol, GivenValue>;
  readonly currents: readonly CurrentInput[];
  /** Summed in this order where several reach one port in one step. */
  readonly spikes: readonly SpikeInput[];
  /** Summed after `spikes`, in this order. */
  readonly poisson: readonly PoissonInput[];
  readonly record: readonly Recordable[];
  /** Recorded at the ends of the steps recordEvery, 2·recordEvery, …; in steps, ≥ 1. */
  readonly recordEvery: number;
  readonly identity: NeuronIdentity;
  /** Of the integrator; the absolute one in the declared or the canonical unit of each variable, whichever is smaller. Default 1e-12 both. */
  readonly tolerance?: { readonly relative: number; readonly absolute: number };
}

/** Why a run ended early. Times in ms. */
export type RunFailure =
  | {
      /** A value became NaN or infinite. */
      readonly kind: 'not-finite';
      readonly variable: string;
      readonly value: number;
      readonly time: number;
      readonly span: Span;
      /** Last finite values of the states by written name, in canonical units. */
      readonly lastGood: ReadonlyMap<string, number>;
    }
  | {
      /** The integrator cannot meet its tolerance with any step that still advances time. */
      readonly kind: 'step-too-small';
      readonly variable: string;
      readonly time: number;
      readonly span: Span;
      readonly lastGood: ReadonlyMap<string, number>;
    }
  | {
      /** A guard does not hold for the values given. */
      readonly kind: 'guard';
      readonly symbol: VariableSymbol;
      readonly span: Span;
    }
  | {
      /** An index outside its vector, a vector size below 1, an endless loop, recursion too deep, an integer division by 0. */
      readonly kind: 'execution';
      readonly reason: string;
      readonly time: number;
      readonly span: Span;
    };

/** Something worth a warning that did not end the run. */
export type RunNotice =
  | { readonly kind: 'many-substeps'; readonly substeps: number; readonly time: number; readonly span: Span }
  | {
      readonly kind: 'integrated-twice';
      readonly variable: string;
      readonly time: number;
      readonly span: Span;
    };

/** What a run gave. After a failure: everything up to it. */
export interface NeuronOutcome {
  /** One array per entry of `record`, canonical units; booleans as 0 and 1. */
  readonly recorded: readonly Float64Array[];
  /** Numbers of the recorded steps (1-based: the value is at time n·h). */
  readonly recordedSteps: readonly number[];
  /** Numbers n of the steps (1-based) at whose end (time n·h) a spike was emitted; several in one step repeat. */
  readonly spikeSteps: readonly number[];
  /** Weights of the emitted spikes, in the declared unit of what was passed, default 1. */
  readonly spikeWeights: readonly number[];
  /** Output of print, println, info and warning. */
  readonly printed: readonly {
    readonly channel: 'print' | 'println' | 'info' | 'warning';
    readonly text: string;
    readonly time: number;
  }[];
  /** At most one notice per kind and variable. */
  readonly notices: readonly RunNotice[];
  readonly failure?: RunFailure;
}
