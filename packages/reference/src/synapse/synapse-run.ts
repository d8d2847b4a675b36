import type { CheckedModel, PortSymbol, SynapseRoles, VariableSymbol } from '@nestml/language';
import type {
  GivenValue,
  NeuronOutcome,
  NeuronRun,
  PortAddress,
  Recordable,
  RunFailure,
  RunNotice,
  SynapseIdentity,
} from '../run.ts';

/** Spikes that arrive at a modulatory port, or an element of it. */
export interface ModulatoryInput extends PortAddress {
  /** Times of arrival in ns, ascending. */
  readonly times: readonly number[];
}

/** What the postsynaptic neuron shows to a continuous port. */
export interface SignalInput extends PortAddress {
  /** Entry n is the value recorded at n·h, canonical; entry 0 the initial value. Long enough for all that is read. */
  readonly values: ArrayLike<number>;
}

/**
 * One run of one synapse between two neurons whose spikes are known, from t = 0. All times are whole ns and multiples of the step, those of
 * spikes at least one step; all values are canonical.
 */
export interface SynapseRun {
  readonly model: CheckedModel;
  /** Of this model. */
  readonly roles: SynapseRoles;
  /** Step of the neurons in ns, an integer ≥ 1 (rule D3: one clock). */
  readonly stepNs: number;
  /** Delay of the connection in ns, dendritic: what the postsynaptic neuron does reaches the synapse that much later (rule D5). */
  readonly delayNs: number;
  /** Times at which the presynaptic neuron emits, in ns, ascending; one that repeats is several spikes. */
  readonly pre: readonly number[];
  /** Times at which the postsynaptic neuron emits, in ns, ascending; without a port for them they have no effect. */
  readonly post: readonly number[];
  readonly modulatory: readonly ModulatoryInput[];
  /** A continuous port, or element of one, that is not bound is 0. */
  readonly signals: readonly SignalInput[];
  /** Parameters, internals and initial states set by hand before the first event (rule D11). */
  readonly values: ReadonlyMap<VariableSymbol, GivenValue>;
  readonly identity: SynapseIdentity;
  readonly record: readonly Recordable[];
  /** Times in ns at which they are recorded, from 0 on, ascending. */
  readonly recordAt: readonly number[];
  /** Of the integrator, as for a neuron. */
  readonly tolerance?: NonNullable<NeuronRun['tolerance']>;
}

/** What the run of a synapse gave. After a failure: everything up to it. */
export interface SynapseOutcome {
  /** The weight after the handler of each presynaptic spike, canonical; empty if no variable is the weight. */
  readonly weights: Float64Array;
  /** What the synapse sent, in order: time of emission in ns, weight as the number in the declared unit of what was passed, default 1. */
  readonly emitted: readonly { readonly timeNs: number; readonly weight: number }[];
  /** One array per entry of `record`, canonical units; booleans as 0 and 1. */
  readonly recorded: readonly Float64Array[];
  /** The times of `recordAt` that were reached. */
  readonly recordedNs: readonly number[];
  /** Output of print, println, info and warning. */
  readonly printed: NeuronOutcome['printed'];
  /** At most one notice per kind and variable. */
  readonly notices: readonly RunNotice[];
  readonly failure?: RunFailure;
}

/** One spike as the synapse sees it. */
export interface SynapseEvent {
  /** When it acts, in ns on the clock of the synapse: a postsynaptic spike one delay after it was emitted. */
  readonly at: number;
  /** What `t` is in its handler, in ns: for a postsynaptic spike without the delay (rule D15). */
  readonly time: number;
  readonly port: PortSymbol;
  readonly element: number;
}
