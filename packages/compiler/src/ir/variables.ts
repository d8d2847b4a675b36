import type { Span } from '@nestml/diagnostics';
import type { ExpressionNode, ExpressionSymbol } from '@nestml/dynamics';
import type { Unit } from '@nestml/units';

/**
 * What a variable is:
 * - `state`, `parameter`, `internal`: stored per instance (parameters and internals once, where they are homogeneous);
 * - `local`: a local variable or a parameter of a function;
 * - `kernelState`: a variable of a kernel given by equations; none is left after `lower-convolutions`;
 * - `convolution`: a state of a convolution, stored per instance, 0 at the start;
 * - `delayed`: a state as it was some time ago, `x(t - d)`, in equations; what it stands for is in `Model.delays`;
 * - `continuousPort`: the current input, constant during a step;
 * - `spikePort`: the sum of the weights that arrive in the step, a plain number (a statement's `p` is this / 1000, rule D2);
 * - `time`: `t` of the neuron, the end of the step, ms; `age`: `t` of a kernel, the time since the spike, ms;
 * - `resolution`: the length h of the step, ms.
 */
export type VariableRole =
  | 'state'
  | 'parameter'
  | 'internal'
  | 'local'
  | 'kernelState'
  | 'convolution'
  | 'delayed'
  | 'continuousPort'
  | 'spikePort'
  | 'time'
  | 'age'
  | 'resolution';

/**
 * A variable of a model. The object is the identity. All values are numbers in the canonical unit of `unit`, or truth values;
 * `name` and `writtenName` are equal for what the model declares, and need not be unique for locals.
 */
export interface ModelVariable extends ExpressionSymbol {
  readonly role: VariableRole;
  /** As the user writes it: `V_m'`, `convolve(K, exc)`. */
  readonly writtenName: string;
  /** Whether only whole numbers are stored; every assignment in the model truncates explicitly. */
  readonly isInteger: boolean;
  /** The declared unit, in which values are set, recorded and printed; `dimensionless` for plain numbers and truth values. */
  readonly unit: Unit;
  /** Number of elements of a vector, an expression of parameters and internals; absent for a scalar. */
  readonly size?: ExpressionNode;
  /** Place of the declaration; for a convolution that of its kernel. */
  readonly span: Span;
}

/** One element of a vector, chosen by a literal index. Indices that are computed are calls of `ElementOf` instead. */
export interface ElementSymbol extends ExpressionSymbol {
  readonly role: 'element';
  readonly vector: ModelVariable;
  /** From 0. Whether the vector is that long is known when its size is, see `Plan`. */
  readonly element: number;
}

/**
 * A spike port, or `convolve` with a delta kernel, on the right-hand side of an equation: a train of pulses in 1/ms whose integral
 * over a spike is its weight. None is left after `lower-pulses`.
 */
export interface PulseSymbol extends ExpressionSymbol {
  readonly role: 'pulse';
  readonly port: ModelVariable;
  /** Element of the port, from 0; 0 for a scalar port. */
  readonly element: number;
}

/** `convolve(kernel, port)`. None is left after `lower-convolutions`. */
export interface ConvolveSymbol extends ExpressionSymbol {
  readonly role: 'convolve';
  /** Name of the kernel in the model. */
  readonly kernel: string;
  /** Which of the kernel's variables; 0 for a kernel that is a function. */
  readonly component: number;
  readonly port: ModelVariable;
  readonly element: number;
  /** Place of the first use. */
  readonly span: Span;
}

/** All symbols that occur in the expressions of a model. */
export type ModelSymbol = ModelVariable | ElementSymbol | PulseSymbol | ConvolveSymbol;
