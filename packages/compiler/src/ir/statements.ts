import type { Span } from '@nestml/diagnostics';
import type { ExpressionNode } from '@nestml/dynamics';
import type { ModelFunction } from './functions.ts';
import type { ModelVariable } from './variables.ts';

/**
 * A statement of update, a handler or a function. Guarantees: values are canonical numbers or truth values of the kind of their target;
 * what goes into an integer is truncated by the expression (`x // 1`). Functions change no states, so that the order of evaluation inside
 * an expression decides nothing but the order of draws and prints, which is the order of the nodes' ids. A node that is shared between
 * two statements is evaluated anew in each.
 */
export type Statement =
  | SetStatement
  | LetStatement
  | IfStatement
  | ForStatement
  | WhileStatement
  | ReturnStatement
  | IntegrateStatement
  | EmitStatement
  | PrintStatement
  | CallStatement;

interface StatementBase {
  readonly span: Span;
}

/**
 * `target = value`. A state that becomes NaN or infinite ends the run, as does an integer that does. A vector without index gets the
 * value, evaluated once, in all elements. Setting a countdown starts its count anew (rule D3).
 */
export interface SetStatement extends StatementBase {
  readonly kind: 'set';
  /** A state or a local. */
  readonly target: ModelVariable;
  /** Element from 0, evaluated after the value; outside the vector it ends the run. */
  readonly index?: ExpressionNode;
  readonly value: ExpressionNode;
}

/** A local variable begins; it lives in its block. */
export interface LetStatement extends StatementBase {
  readonly kind: 'let';
  readonly variable: ModelVariable;
  /** 0 or false if the model gives none. */
  readonly value: ExpressionNode;
}

/** The first branch whose condition holds. */
export interface IfStatement extends StatementBase {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: ExpressionNode; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
}

/**
 * `variable = from; while (condition) { body; variable = next }`. Condition and next read the variable. More than 10,000,000 iterations
 * in a step end the run.
 */
export interface ForStatement extends StatementBase {
  readonly kind: 'for';
  /** A state or a local. */
  readonly variable: ModelVariable;
  readonly from: ExpressionNode;
  readonly condition: ExpressionNode;
  readonly next: ExpressionNode;
  readonly body: readonly Statement[];
}

/** More than 10,000,000 iterations in a step end the run. */
export interface WhileStatement extends StatementBase {
  readonly kind: 'while';
  readonly condition: ExpressionNode;
  readonly body: readonly Statement[];
}

/** Leaves the function, or the block of update or the handler. */
export interface ReturnStatement extends StatementBase {
  readonly kind: 'return';
  readonly value?: ExpressionNode;
}

/** `integrate_odes(…)`: advances the variables of a variant over the step. Only in update. */
export interface IntegrateStatement extends StatementBase {
  readonly kind: 'integrate';
  /** Number of the variant from 0: calls with the same list share one. */
  readonly variant: number;
}

/** `emit_spike(weight)`: a spike at the end of the step. */
export interface EmitStatement extends StatementBase {
  readonly kind: 'emit';
  /** A plain number: that in the declared unit of what was passed, 1 if nothing was. */
  readonly weight: ExpressionNode;
}

export interface PrintStatement extends StatementBase {
  readonly kind: 'print';
  readonly channel: 'print' | 'println' | 'info' | 'warning';
  readonly pieces: readonly (string | PrintedValue)[];
}

/** A number in its declared unit, followed by a blank and the unit if there is one; a truth value as `true` or `false`. */
export interface PrintedValue {
  /** Already converted to the declared unit. */
  readonly value: ExpressionNode;
  /** Empty for a plain number or a truth value. */
  readonly unit: string;
}

/** A function called for its effect. */
export interface CallStatement extends StatementBase {
  readonly kind: 'call';
  readonly function: ModelFunction;
  readonly arguments: readonly ExpressionNode[];
}
