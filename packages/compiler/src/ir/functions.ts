import type { Span } from '@nestml/diagnostics';
import type { UserFunction } from '@nestml/dynamics';
import type { Statement } from './statements.ts';
import type { ModelVariable } from './variables.ts';

/**
 * A function of the model as expressions call it. Pure means: the value depends on the arguments, parameters and internals, and
 * nothing is printed or drawn. No function changes a state. Arguments are converted to the types of the parameters by the caller's expressions.
 */
export interface ModelFunction extends UserFunction {
  readonly kind: 'function';
  readonly parameters: readonly ModelVariable[];
  /** Whether it returns something; a function without value is called by `call` statements alone. */
  readonly hasValue: boolean;
  readonly span: Span;
}

/** The body of a function, lowered once. Recursion is possible; more than 250 calls inside each other end the run (rule D9). */
export interface FunctionDefinition {
  readonly function: ModelFunction;
  readonly body: readonly Statement[];
  readonly documentation: string;
}

/**
 * The element of a vector that an index selects: a call with one argument, the index from 0. It is impure, since it reads a variable; an
 * index outside the vector ends the run, with the place `span`.
 */
export interface ElementOf extends UserFunction {
  readonly kind: 'elementOf';
  readonly vector: ModelVariable;
  readonly isPure: false;
  readonly isElement: true;
  readonly span: Span;
}

/** Whatever a `CallNode` of a model calls. */
export type Callee = ModelFunction | ElementOf;

/** What statements do, the functions that they call included. Variables in the order of the first occurrence. */
export interface Effects {
  /** States, convolutions, ports, the time and the resolution that are read; parameters and internals too. */
  readonly reads: readonly ModelVariable[];
  /** States that are assigned; integration is listed separately. */
  readonly writes: readonly ModelVariable[];
  /** Indices of the integration variants that are used. */
  readonly integrates: readonly number[];
  readonly emits: boolean;
  /** Call sites of random numbers. */
  readonly draws: readonly number[];
  readonly prints: boolean;
}
