import type { SourceFile, Span } from '@nestml/diagnostics';
import type { Expression } from './expressions.ts';
import type { Statement } from './statements.ts';
import type { FunctionSymbol, KernelSymbol, PortSymbol, VariableSymbol } from './symbols.ts';

/**
 * A model in which every name is bound, every expression has a type with its dimension, all rules have run, and none found an
 * error. What can be run takes this, and nothing earlier.
 */
export interface CheckedModel {
  readonly name: string;
  /** A synapse if its name ends in `synapse`, unless stated otherwise when checking. */
  readonly kind: 'neuron' | 'synapse';
  readonly source: SourceFile;
  /** Place of the name. */
  readonly span: Span;
  /** The comment run above the model. */
  readonly documentation: string;
  /** All orders of all state variables, in the order of the text; variables of kernels are not among them. */
  readonly states: readonly Declaration[];
  readonly parameters: readonly Declaration[];
  readonly internals: readonly Declaration[];
  /** In the order of the text; an inline uses earlier ones only. */
  readonly inlines: readonly Inline[];
  readonly equations: readonly Equation[];
  readonly kernels: readonly Kernel[];
  readonly ports: readonly PortSymbol[];
  readonly output: 'spike' | 'continuous' | 'none';
  readonly functions: readonly FunctionDefinition[];
  /** In the order in which they run when several ports receive in one step: higher priority first (neurons), then the order of the text. */
  readonly receiveHandlers: readonly ReceiveHandler[];
  /** In the order of the text, which is the order in which they run. */
  readonly conditionHandlers: readonly ConditionHandler[];
  readonly update: readonly Statement[];
  /**
   * Parameters, internals and initial states in an order in which each uses only earlier ones (rule D11).
   */
  readonly initialisationOrder: readonly VariableSymbol[];
}

/** A declared state, parameter or internal. */
export interface Declaration {
  readonly symbol: VariableSymbol;
  /** Initial value; of every element, if the variable is a vector. */
  readonly value: Expression;
  /** Must hold whenever the value is set from outside (rule D12). */
  readonly guard?: Expression;
  /** `@homogeneous` and the like; `namespace::name` for free ones. */
  readonly decorators: readonly string[];
  /** Comment of the declaration; empty without one. */
  readonly documentation: string;
}

/** A named sub-expression. */
export interface Inline {
  readonly symbol: VariableSymbol;
  readonly value: Expression;
  readonly isRecordable: boolean;
  readonly decorators: readonly string[];
  readonly documentation: string;
}

/** `x^(n) = value`: an ordinary differential equation of order n ≥ 1. */
export interface Equation {
  /** `variables[k]` is the k-th derivative, k = 0 … n − 1. */
  readonly variables: readonly VariableSymbol[];
  readonly value: Expression;
  readonly span: Span;
  readonly documentation: string;
}

/** A kernel: the response to one spike of weight 1 at t = 0. */
export type Kernel = FunctionKernel | DeltaKernel | OdeKernel;

/** `kernel K = f(t)`. The expression uses `t` (ms since the spike), parameters, internals, constants and functions. */
export interface FunctionKernel {
  readonly kind: 'function';
  readonly symbol: KernelSymbol;
  readonly value: Expression;
  readonly span: Span;
  readonly documentation: string;
}

/** `kernel K = delta(t)`. */
export interface DeltaKernel {
  readonly kind: 'delta';
  readonly symbol: KernelSymbol;
  readonly span: Span;
  readonly documentation: string;
}

/**
 * A linear system of ODEs whose variables are increased by their initial values at each spike (times the weight) and start at 0.
 * Each variable has its own symbol, so that each can be convolved.
 */
export interface OdeKernel {
  readonly kind: 'ode';
  readonly components: readonly {
    readonly symbol: KernelSymbol;
    /** `variables[k]` is the k-th derivative; role `kernelState`; these occur in the right-hand sides. */
    readonly variables: readonly VariableSymbol[];
    /** Value of the highest derivative. */
    readonly value: Expression;
    /** Increments at a spike of weight 1, one per entry of `variables`. */
    readonly increments: readonly Expression[];
  }[];
  readonly span: Span;
  readonly documentation: string;
}

export interface FunctionDefinition {
  readonly symbol: FunctionSymbol;
  readonly body: readonly Statement[];
  readonly documentation: string;
}

/** Runs in a step in which at least one spike reached the port. */
export interface ReceiveHandler {
  readonly port: PortSymbol;
  /** Element of a vector port; every element if undefined. */
  readonly index?: number;
  readonly priority?: number;
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** Runs at the end of a step if the condition holds. */
export interface ConditionHandler {
  readonly condition: Expression;
  readonly body: readonly Statement[];
  readonly span: Span;
}
