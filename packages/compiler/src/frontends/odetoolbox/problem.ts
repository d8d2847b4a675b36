import type { Span } from '@nestml/diagnostics';
import type { ExpressionNode, ExpressionPool, ExpressionSymbol, KnownFactor } from '@nestml/dynamics';

/** A name of a problem. `free` names are defined nowhere: constants whose values are given elsewhere. */
export interface OdeSymbol extends ExpressionSymbol {
  readonly role: 'state' | 'parameter' | 'free';
}

/** A variable with its equation, x⁽ⁿ⁾ = expression. */
export interface OdeVariable {
  readonly name: string;
  /** Where its name stands on the left-hand side. */
  readonly span: Span;
  /** x, x′, …, x⁽ⁿ⁻¹⁾, named as in the result. */
  readonly states: readonly OdeSymbol[];
  readonly expression: ExpressionNode;
  /** One per state, of numbers and parameters. */
  readonly initial: readonly ExpressionNode[];
  /** The right-hand side as written, derivatives named as in the result; absent for functions of time. */
  readonly text?: string;
  /** Factors of the characteristic polynomial of a function of time. */
  readonly factors?: readonly KnownFactor[];
  /** At these the stiffness test and the plot put the variable back to its initial value. */
  readonly lowerBound?: ExpressionNode;
  readonly upperBound?: ExpressionNode;
}

export interface OdeParameter {
  readonly symbol: OdeSymbol;
  /** Of numbers and other parameters. */
  readonly value: ExpressionNode;
}

/** At each spike the initial value of every target is added to it. Times and rates are in units of the time of the equations. */
export type OdeStimulus =
  | { readonly kind: 'poisson' | 'regular'; readonly rate: number; readonly targets: readonly OdeSymbol[] }
  | { readonly kind: 'list'; readonly times: readonly number[]; readonly targets: readonly OdeSymbol[] };

/** Options that have a meaning here; names of ODE-toolbox in `options.ts`. */
export interface OdeOptions {
  readonly timeSymbol: string;
  readonly stepSymbol: string;
  /** Suffix of a name for each derivative. */
  readonly orderSuffix: string;
  readonly propagatorPrefix: string;
  /** Length of the stiffness test and the plot, > 0. */
  readonly simulationTime: number;
  /** Longest step of the test, > 0. */
  readonly longestStep: number;
  readonly absoluteTolerance: number;
  readonly relativeTolerance: number;
  readonly forbiddenNames: readonly string[];
}

/** A problem as ODE-toolbox states it, all names resolved. No error was found in it. */
export interface OdeProblem {
  readonly pool: ExpressionPool;
  readonly variables: readonly OdeVariable[];
  readonly parameters: readonly OdeParameter[];
  /** In the order in which they occur. */
  readonly freeNames: readonly OdeSymbol[];
  /** The step of the result. */
  readonly step: ExpressionSymbol;
  readonly stimuli: readonly OdeStimulus[];
  readonly options: OdeOptions;
}
