import type { Span } from '@nestml/diagnostics';
import type {
  FunctionDefinition,
  IntegrateStatement,
  KernelSymbol,
  PortSymbol,
  Statement,
  VariableSymbol,
} from '@nestml/language';
import type { Clock } from './clock.ts';
import type { Program } from './program.ts';
import type { RandomSource } from './random.ts';
import type { NeuronOutcome } from './run.ts';
import type { Store } from './store.ts';
import type { OwnedValue, Value } from './values.ts';

/** The inputs as an expression sees them; they differ between statements, the inside of an integration, and initial values. */
export interface Signals {
  /** Value of one element of a port in canonical units: 1/ms for a spike port. */
  readonly port: (port: PortSymbol, element: number) => number;
  /** Number of elements of a port. */
  readonly portSize: (port: PortSymbol) => number;
  /** Sum over the past spikes of weight · kernel. */
  readonly convolution: (kernel: KernelSymbol, port: PortSymbol, element: number) => number;
  /** Value of a state variable a delay (ms) ago. */
  readonly delayed: (symbol: VariableSymbol, delay: number) => number;
}

/** What statements may do to the neuron. Equations, kernels, guards and initial values may do nothing (`noEffects`). */
export interface Effects {
  /** `value` for a vector: its elements, which then belong to the state. */
  readonly assignState: (symbol: VariableSymbol, value: OwnedValue, span: Span) => void;
  readonly assignElement: (symbol: VariableSymbol, element: number, value: Value, span: Span) => void;
  readonly integrate: (statement: IntegrateStatement) => void;
  readonly emitSpike: (weight: number, span: Span) => void;
  readonly print: (channel: Channel, text: string, span: Span) => void;
  /** Called before each iteration of a loop. */
  readonly countIteration: (loop: Statement) => void;
}

export type Channel = NeuronOutcome['printed'][number]['channel'];

/** Calls a function of the model with values for its parameters. */
export type FunctionCaller = (
  definition: FunctionDefinition,
  values: readonly Value[],
  environment: Environment,
) => Value;

/** Everything that the value of an expression depends on. */
export interface Environment {
  readonly program: Program;
  readonly clock: Clock;
  /** `t` in ms: the end of the step, or in a kernel the time since the spike (rule D15). Undefined: the end of the step. */
  readonly time?: number;
  readonly store: Store;
  /** Values of inlines that were computed while nothing that they depend on could change; absent where it could. */
  readonly inlineValues?: Map<VariableSymbol, Value>;
  /** Local variables and function parameters of the block or call that is being executed. */
  readonly locals: Map<VariableSymbol, Value>;
  /** Number of calls of functions that are under way. */
  readonly callDepth: number;
  readonly signals: Signals;
  readonly random: RandomSource;
  readonly effects: Effects;
  readonly call: FunctionCaller;
}
