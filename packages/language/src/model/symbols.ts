import type { Span } from '@nestml/diagnostics';
import type { Expression } from './expressions.ts';
import type { ValueType } from './types.ts';

/**
 * Something that holds a value. Symbols are compared by identity: one object per declared variable *and differential order*
 * (`V_m` and `V_m'` are two symbols with the same `name`).
 */
export interface VariableSymbol {
  readonly kind: 'variable';
  readonly role:
    | 'state'
    | 'parameter'
    | 'internal'
    | 'inline'
    | 'local'
    | 'functionParameter'
    | 'kernelState';
  /** Name without primes. */
  readonly name: string;
  /** Number of primes; 0 for all but states. */
  readonly order: number;
  /** As it is written, e.g. `V_m'`; what records, reports and `--set` call it. */
  readonly writtenName: string;
  /** Type of one element. */
  readonly type: ValueType;
  /** Number of elements of a vector: an integer expression over parameters and internals. Undefined for a scalar. */
  readonly size?: Expression;
  /** Place of the name in its declaration. */
  readonly declared: Span;
}

/** An input port. */
export interface PortSymbol {
  readonly kind: 'port';
  readonly name: string;
  readonly signal: 'spike' | 'continuous';
  /** Of a spike port; weights that reach an inhibitory port are positive inside the model. */
  readonly qualifier?: 'excitatory' | 'inhibitory';
  /** `1/s` for a spike port, the declared type otherwise. */
  readonly type: ValueType;
  readonly size?: Expression;
  readonly declared: Span;
  /** Comment of the declaration, for documentation; empty without one. */
  readonly documentation: string;
}

/** A variable of a kernel: the `K` of `kernel K = …`, or one of the variables of a kernel system. */
export interface KernelSymbol {
  readonly kind: 'kernel';
  readonly name: string;
  readonly declared: Span;
}

/** A function of the model. */
export interface FunctionSymbol {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly VariableSymbol[];
  readonly returnType: ValueType;
  readonly declared: Span;
}
