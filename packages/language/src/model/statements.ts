import type { Span } from '@nestml/diagnostics';
import type { Expression } from './expressions.ts';
import type { FunctionSymbol, VariableSymbol } from './symbols.ts';

/** A checked statement; names bound and expressions as in `Expression`. */
export type Statement =
  | DeclareStatement
  | AssignStatement
  | IfStatement
  | ForStatement
  | WhileStatement
  | ReturnStatement
  | IntegrateStatement
  | EmitSpikeStatement
  | PrintStatement
  | CallStatement;

interface StatementBase {
  readonly span: Span;
}

/** A local variable comes into being; without a value it starts as 0, false or the empty string. */
export interface DeclareStatement extends StatementBase {
  readonly kind: 'declare';
  readonly symbol: VariableSymbol;
  readonly value?: Expression;
}

/**
 * `target = value`. A compound assignment `x += e` is checked into `x = x + e`: the target occurs in `value`.
 * A vector target without index assigns every element.
 */
export interface AssignStatement extends StatementBase {
  readonly kind: 'assign';
  readonly target: VariableSymbol;
  readonly index?: Expression;
  readonly value: Expression;
}

/** The first branch whose condition holds. */
export interface IfStatement extends StatementBase {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: Expression; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
}

/** `variable` is assigned from, from + step, … while it is < `to` (or > for a negative step). */
export interface ForStatement extends StatementBase {
  readonly kind: 'for';
  readonly variable: VariableSymbol;
  readonly from: Expression;
  readonly to: Expression;
  readonly step: number;
  readonly body: readonly Statement[];
}

export interface WhileStatement extends StatementBase {
  readonly kind: 'while';
  readonly condition: Expression;
  readonly body: readonly Statement[];
}

export interface ReturnStatement extends StatementBase {
  readonly kind: 'return';
  readonly value?: Expression;
}

/** `integrate_odes(…)`: advance these variables over the step; all orders of each. Without arguments: all variables with an ODE. */
export interface IntegrateStatement extends StatementBase {
  readonly kind: 'integrate';
  /** The variables of order 0 whose equations are integrated, in the order of the equations. */
  readonly variables: readonly VariableSymbol[];
  /** Written without arguments. */
  readonly isAll: boolean;
}

/** `emit_spike()`; the weight is the number in its declared unit, default 1. */
export interface EmitSpikeStatement extends StatementBase {
  readonly kind: 'emitSpike';
  readonly weight?: Expression;
}

/** `print`, `println`, `info`, `warning`: the text with the value of each `{name}` put in, number and declared unit. */
export interface PrintStatement extends StatementBase {
  readonly kind: 'print';
  readonly channel: 'print' | 'println' | 'info' | 'warning';
  /** Literal pieces and values in turn. */
  readonly pieces: readonly (string | Expression)[];
}

/** A function called for its effect. */
export interface CallStatement extends StatementBase {
  readonly kind: 'call';
  readonly function: FunctionSymbol;
  readonly arguments: readonly Expression[];
}
