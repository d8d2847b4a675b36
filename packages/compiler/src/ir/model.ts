import type { SourceFile, Span } from '@nestml/diagnostics';
import type { ExpressionNode, ExpressionPool } from '@nestml/dynamics';
import type { Unit } from '@nestml/units';
import type { FunctionDefinition } from './functions.ts';
import type { Statement } from './statements.ts';
import type { ModelVariable } from './variables.ts';

/**
 * The intermediate representation of a neuron: what runs, and nothing else. Guarantees: all numbers are canonical and all conversions
 * are multiplications and divisions; all expressions are nodes of one pool whose symbols are `ModelSymbol`s and whose callees are
 * `Callee`s; inlines are expanded; strings occur in `print` only.
 *
 * Passes take a model to a model. The pool is shared between them and only grows.
 */
export interface Model {
  readonly name: string;
  readonly source: SourceFile;
  /** Place of the name. */
  readonly span: Span;
  readonly documentation: string;
  readonly pool: ExpressionPool;
  /** `t` of statements, conditions and inlines. */
  readonly time: ModelVariable;
  readonly resolution: ModelVariable;
  /** All orders of all states, in the order of the text. */
  readonly states: readonly Declaration[];
  readonly parameters: readonly Declaration[];
  readonly internals: readonly Declaration[];
  /** Parameters, internals and states in an order in which each initial value uses only earlier ones (rule D11). */
  readonly initialisationOrder: readonly ModelVariable[];
  readonly equations: readonly Equation[];
  /** Kernels that are convolved. None after `lower-convolutions`. */
  readonly kernels: readonly Kernel[];
  /** None before `lower-convolutions`. */
  readonly convolutions: readonly Convolution[];
  /** None before `lower-pulses`. */
  readonly pulses: readonly Pulse[];
  /** What equations read of the past. */
  readonly delays: readonly Delay[];
  /** The distinct lists of `integrate_odes(…)`, in the order of the text. */
  readonly integrations: readonly Integration[];
  readonly ports: readonly ModelPort[];
  readonly output: 'spike' | 'continuous' | 'none';
  readonly functions: readonly FunctionDefinition[];
  readonly update: readonly Statement[];
  /** In the order in which they run. */
  readonly receiveHandlers: readonly ReceiveHandler[];
  /** In the order in which they run. */
  readonly conditionHandlers: readonly ConditionHandler[];
  /** What can be recorded, names unique: states, inlines, parameters, internals, convolutions. */
  readonly recordables: readonly Recordable[];
}

/** A declared state, parameter or internal. */
export interface Declaration {
  readonly variable: ModelVariable;
  /** Initial value, truncated for an integer; for a vector that of every element, evaluated once. */
  readonly value: ExpressionNode;
  /** Must hold whenever any value is set from outside (rule D12). */
  readonly guard?: Guard;
  readonly decorators: readonly string[];
  readonly documentation: string;
}

export interface Guard {
  readonly condition: ExpressionNode;
  readonly span: Span;
}

/** x⁽ⁿ⁾ = value. After `lower-to-first-order` n is 1. */
export interface Equation {
  /** x, x′, …, x⁽ⁿ⁻¹⁾. */
  readonly states: readonly ModelVariable[];
  readonly value: ExpressionNode;
  /** n of the equation as written. */
  readonly order: number;
  readonly span: Span;
}

/** The response to one spike of weight 1 at time 0; its name is unique. Kernels that are delta pulses are pulses already. */
export type Kernel = FunctionKernel | SystemKernel;

/** K(t), a plain number, as an expression of `age`, parameters and internals. */
export interface FunctionKernel {
  readonly kind: 'function';
  readonly name: string;
  readonly age: ModelVariable;
  readonly value: ExpressionNode;
  readonly span: Span;
  /** Places of the parts of the value, as far as they are known. */
  readonly places: ReadonlyMap<ExpressionNode, Span>;
}

/** A linear homogeneous system of ODEs with coefficients of parameters and internals. */
export interface SystemKernel {
  readonly kind: 'system';
  /** Names of all components, joined. */
  readonly name: string;
  /** The equations are free of it. */
  readonly age: ModelVariable;
  readonly components: readonly {
    readonly name: string;
    /** All orders below that of the equation. */
    readonly states: readonly ModelVariable[];
    readonly value: ExpressionNode;
    /** One per state: what a spike of weight 1 adds. */
    readonly increments: readonly ExpressionNode[];
  }[];
  readonly span: Span;
  /** Places of the parts of the equations, as far as they are known. */
  readonly places: ReadonlyMap<ExpressionNode, Span>;
}

/**
 * The convolution of the spikes at one element of a port with a kernel: x′ = A x between spikes, x ← x + weight · increments at a spike,
 * 0 at the start. It always advances and always receives, whatever is integrated (rule D2).
 */
export interface Convolution {
  /** The kernel, as messages name it. */
  readonly kernel: string;
  readonly port: ModelVariable;
  /** From 0; 0 for a scalar port. */
  readonly element: number;
  /** States of role `convolution`, first order. */
  readonly states: readonly ModelVariable[];
  /** One per state: its derivative, linear in the states, with coefficients of parameters and internals. */
  readonly derivatives: readonly ExpressionNode[];
  /** One per state, of parameters and internals. */
  readonly increments: readonly ExpressionNode[];
  readonly span: Span;
}

/** At a spike of weight w at the element of the port, the state jumps by coefficient · w, after the integration (rule D2). */
export interface Pulse {
  readonly state: ModelVariable;
  readonly port: ModelVariable;
  readonly element: number;
  /** Free of pulses. Evaluated after the integration, all coefficients before the first jump, convolutions at the begin of the step. */
  readonly coefficient: ExpressionNode;
  /** Place of the equation. */
  readonly span: Span;
}

/** `x(t - d)` in equations (rule D16). */
export interface Delay {
  /** Of role `delayed`; stands for the value in expressions. */
  readonly variable: ModelVariable;
  /** x, of order 0, no vector. */
  readonly state: ModelVariable;
  /** d in ms, of parameters and internals. */
  readonly delay: ExpressionNode;
  /** Place of the first use. */
  readonly span: Span;
}

/** One list of `integrate_odes(…)`. */
export interface Integration {
  /** The variables of order 0 in the order of the equations; all orders of each from `lower-to-first-order` on. */
  readonly states: readonly ModelVariable[];
  /** Written without arguments. */
  readonly isAll: boolean;
  /** Places of the calls. */
  readonly spans: readonly Span[];
}

/** An input port. */
export interface ModelPort {
  /** Of role `spikePort` or `continuousPort`. */
  readonly variable: ModelVariable;
  readonly qualifier?: 'excitatory' | 'inhibitory';
  readonly documentation: string;
}

/** Runs in a step in which at least one spike reached the port, whatever its weight. */
export interface ReceiveHandler {
  readonly port: ModelVariable;
  /** Element of a vector port; any element if absent, and then once. */
  readonly element?: number;
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** Runs at the end of a step in which the condition holds. */
export interface ConditionHandler {
  readonly condition: ExpressionNode;
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** A value that can be recorded at the end of a step (rule D1, item 6). A recorded NaN ends the run. */
export interface Recordable {
  /** Written name: `V_m`, `g'`, `convolve(K, exc[0])`. A vector is recorded element by element, `a[0]`, `a[1]`, … */
  readonly name: string;
  readonly source: 'state' | 'parameter' | 'internal' | 'inline' | 'convolution';
  /** Declared unit; the value is canonical. */
  readonly unit: Unit;
  /** A scalar as an expression, as statements see it at the end of the step; a vector as its variable. */
  readonly value: { readonly scalar: ExpressionNode } | { readonly vector: ModelVariable };
  readonly span: Span;
}
