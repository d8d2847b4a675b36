import type { CheckedModel, RoleOptions, SynapseRoles } from '@nestml/language';
import type {
  PortAddress,
  QuantityInput,
  RecordedQuantity,
  ResolvedRun,
  SimulationRequest,
  SimulationResult,
} from '../request.ts';

/** What every run of a synapse on its way to a neuron takes, whichever spikes the two neurons emit. */
export interface ConnectionRequest extends Pick<SimulationRequest, 'resolution' | 'seed' | 'round'> {
  /** Delay of the connection, at least one step; plain numbers are in ms. Default one step, or the value of the variable that is the delay. */
  readonly delay?: QuantityInput;
  /** Initial value of the weight; a plain number is in its declared unit. */
  readonly weight?: QuantityInput;
  /** Parameters and initial states of the synapse. */
  readonly set?: SimulationRequest['set'];
  /** Parameters and initial states of the neuron. */
  readonly setNeuron?: SimulationRequest['set'];
  /** Inputs to continuous ports of the synapse that are not bound, and of the neuron. */
  readonly currents?: SimulationRequest['currents'];
  /** Spikes at the modulatory ports of the synapse, without a weight, and at ports of the neuron. */
  readonly spikes?: SimulationRequest['spikes'];
  /** Poisson spikes at ports of the neuron. */
  readonly poisson?: SimulationRequest['poisson'];
  /** Port of the neuron that receives what the synapse sends, `name[i]` for an element; default by the sign of the weight (rule D20). */
  readonly port?: string;
  /** What continuous ports of the synapse are bound to, by port (or element): a variable, inline or convolution of the neuron. */
  readonly bind?: Readonly<Record<string, string>>;
  /** Who is who in the synapse, where the text does not decide it (rule D18). */
  readonly roles?: RoleOptions;
}

/** A run of a synapse between two neurons, of which the presynaptic one is a list of spikes. */
export interface PairRequest extends ConnectionRequest {
  /** Times at which the presynaptic neuron emits; plain numbers are in ms. */
  readonly pre: readonly QuantityInput[];
  /** Times at which the neuron is made to emit, whatever its membrane does. Absent: it emits by itself. */
  readonly post?: readonly QuantityInput[];
  /** Default: 50 ms after the last spike has arrived. */
  readonly duration?: QuantityInput;
  /** Names of the neuron, and of the synapse (`synapse.NAME` where both have one); the weight is always recorded. */
  readonly record?: readonly string[];
  /** Interval of recording of the neuron; default every step. */
  readonly every?: QuantityInput;
}

/** Where what a synapse sends goes (rule D20). */
export type Receiver =
  | { readonly kind: 'nowhere' }
  /** Weights go raw. */
  | { readonly kind: 'port'; readonly address: PortAddress }
  /** Negative weights go to the inhibitory port, without their sign. */
  | { readonly kind: 'by-sign'; readonly excitatory: PortAddress; readonly inhibitory: PortAddress };

/** A continuous port of a synapse and what it shows of the neuron. */
export interface BoundSignal {
  readonly address: PortAddress;
  readonly quantity: RecordedQuantity;
}

/** A spike on its way to the neuron; `step` is that at whose end it was sent, from 1. */
export interface SentSpike {
  readonly step: number;
  readonly weight: number;
}

/** A synapse and a neuron that fit each other and their request; times in steps, values canonical. */
export interface ResolvedPair {
  /** Its `spikes` are those at modulatory ports, its `currents` the inputs of continuous ports that are not bound. */
  readonly synapse: ResolvedRun;
  readonly roles: SynapseRoles;
  /** Without what the synapse sends. */
  readonly neuron: ResolvedRun;
  readonly receiver: Receiver;
  readonly signals: readonly BoundSignal[];
  /** At least 1. */
  readonly delaySteps: number;
  /** Numbers of the steps at whose ends the presynaptic neuron emits, from 1, ascending. */
  readonly pre: readonly number[];
  /** The same of the neuron; undefined if it emits by itself. */
  readonly post: readonly number[] | undefined;
}

/** What a run of a pair gave. After an error, everything up to it. */
export interface PairResult {
  /** Traces of the neuron, and the times at which it emitted. */
  readonly neuron: SimulationResult;
  /** One entry per presynaptic spike, at its emission: the weight after its handler; `spikes` are those that the synapse has sent. */
  readonly synapse: SimulationResult;
  /** In ms, with the number in the declared unit of what was sent. */
  readonly sent: readonly { readonly timeMs: number; readonly weight: number }[];
  readonly delayMs: number;
  /** Name of the weight; undefined if no variable is known to be it. */
  readonly weight: string | undefined;
  /** Emissions in ms, of presynaptic spikes and others that reach the synapse, by port. */
  readonly inputs: readonly { readonly name: string; readonly times: readonly number[] }[];
  readonly diagnostics: SimulationResult['diagnostics'];
}

/** The models of a pair. */
export interface PairModels {
  readonly synapse: CheckedModel;
  readonly neuron: CheckedModel;
}
