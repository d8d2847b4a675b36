import type { OdeSolution } from '@nestml/compiler';
import {
  differentiate,
  type ExpressionNode,
  type ExpressionSymbol,
  nodesBelow,
  solveAffine,
} from '@nestml/dynamics';
import { namesWithoutValue, odeValues, prepareEvaluator } from './ode-values.ts';
import type { StimulusEvent } from './stimulus-events.ts';

/**
 * A problem in numbers: exact states y′ = A y + b, numeric states x′ = f(x, y). States are given and written in these two orders.
 */
export interface MixedSystem {
  readonly exact: readonly ExpressionSymbol[];
  readonly numeric: readonly ExpressionSymbol[];
  readonly exactStart: Float64Array;
  readonly numericStart: Float64Array;
  /** Of the numeric states; infinite where there is none. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Writes the exact states a time after they were `start`. */
  readonly follow: (start: Float64Array, time: number, into: Float64Array) => void;
  readonly slopes: (numeric: Float64Array, exact: Float64Array, into: Float64Array) => void;
  readonly derivatives: MixedDerivatives | undefined;
  /** What an event adds. */
  readonly jumpsOf: (event: StimulusEvent) => {
    readonly exact: Float64Array;
    readonly numeric: Float64Array;
  };
}

/** Absent where an equation calls a function that has no derivative. */
export interface MixedDerivatives {
  /** Writes ∂fᵢ/∂xⱼ row by row. */
  readonly jacobian: (numeric: Float64Array, exact: Float64Array, into: Float64Array) => void;
  /** Writes Σ ∂f/∂y·y′. */
  readonly byExact: (numeric: Float64Array, exact: Float64Array, into: Float64Array) => void;
}

/** The system, or the names that have no number. */
export type MixedResult =
  | { readonly ok: true; readonly system: MixedSystem }
  | { readonly ok: false; readonly missing: readonly string[] };

/** Puts the numbers of the parameters into a solution. */
export function mixedSystem(solution: OdeSolution): MixedResult {
  const { problem, exact: groups, numeric: equations } = solution;
  const { values, numbersOf } = odeValues(problem);
  const exact = groups.flatMap(({ group }) => group.states);
  const numeric = equations.map(({ state }) => state);
  const initial = new Map(
    problem.variables.flatMap(({ states, initial: nodes }) =>
      states.map((state, i): [ExpressionSymbol, ExpressionNode] => [state, nodes[i]!]),
    ),
  );
  const bounds = problem.variables.flatMap(({ lowerBound, upperBound }) => [lowerBound, upperBound]);
  const constants = [
    ...initial.values(),
    ...bounds.filter((bound) => bound !== undefined),
    ...groups.flatMap(({ group }) => [...group.coefficients.map(({ value }) => value), ...group.input]),
  ];
  const slopes = equations.map(({ derivative }) => derivative);
  const known = new Set<ExpressionSymbol>([...values.keys(), ...exact, ...numeric]);
  const missing = [...namesWithoutValue(constants, values), ...namesWithoutValue(slopes, known)];
  if (missing.length > 0) return { ok: false, missing: [...new Set(missing)] };
  const startOf = (states: readonly ExpressionSymbol[]) =>
    numbersOf(states.map((state) => initial.get(state)!));
  const [exactStart, numericStart] = [startOf(exact), startOf(numeric)];
  const boundsOf = (side: 'lowerBound' | 'upperBound', without: number) =>
    Float64Array.from(numeric, (state) => {
      const bound = problem.variables.find(({ states }) => states[0] === state)?.[side];
      return bound === undefined ? without : numbersOf([bound])[0]!;
    });
  const affine = affineParts(solution, numbersOf);
  return {
    ok: true,
    system: {
      exact,
      numeric,
      exactStart,
      numericStart,
      lower: boundsOf('lowerBound', Number.NEGATIVE_INFINITY),
      upper: boundsOf('upperBound', Number.POSITIVE_INFINITY),
      follow: (start, time, into) => followParts(affine, start, time, into),
      slopes: joined(prepareEvaluator(slopes, [...numeric, ...exact], values), numeric.length, exact.length),
      derivatives: derivativesOf(solution, numeric, exact, values, affine),
      jumpsOf: ({ targets }) => {
        const jump = (states: readonly ExpressionSymbol[], start: Float64Array) =>
          Float64Array.from(states, (state, i) => (countOf(targets, state) || 0) * start[i]!);
        return { exact: jump(exact, exactStart), numeric: jump(numeric, numericStart) };
      },
    },
  };
}

function countOf(targets: ReadonlyMap<ExpressionSymbol, number>, state: ExpressionSymbol): number {
  return targets.get(state) ?? 0;
}

/** One group of exact states; `offset` is the place of its first state. */
interface AffinePart {
  readonly offset: number;
  readonly size: number;
  readonly matrix: Float64Array;
  readonly input: Float64Array;
}

function affineParts(
  { exact }: OdeSolution,
  numbersOf: (nodes: readonly ExpressionNode[]) => Float64Array,
): readonly AffinePart[] {
  let offset = 0;
  return exact.map(({ group }) => {
    const size = group.states.length;
    const matrix = new Float64Array(size * size);
    const entries = numbersOf(group.coefficients.map(({ value }) => value));
    group.coefficients.forEach(({ row, column }, i) => {
      matrix[row * size + column] = entries[i]!;
    });
    const part = { offset, size, matrix, input: numbersOf(group.input) };
    offset += size;
    return part;
  });
}

/** y(t) = y + E y + R b; NaN where the solution is not finite. */
function followParts(
  parts: readonly AffinePart[],
  start: Float64Array,
  time: number,
  into: Float64Array,
): void {
  for (const { offset, size, matrix, input } of parts) {
    const solution = solveAffine(matrix, size, time);
    for (let row = 0; row < size; row += 1) {
      if (solution.kind === 'not-finite') {
        into[offset + row] = Number.NaN;
        continue;
      }
      const { increment, response, remainder } = solution.propagator;
      let sum = remainder[row]! * start[offset + row]!;
      for (let column = 0; column < size; column += 1) {
        const entry = row * size + column;
        if (column !== row) sum += increment[entry]! * start[offset + column]!;
        if (input[column] !== 0) sum += response[entry]! * input[column]!;
      }
      into[offset + row] = sum;
    }
  }
}

type Function = (numeric: Float64Array, exact: Float64Array, into: Float64Array) => void;

/** An evaluator of both kinds of states. */
function joined(
  evaluate: (inputs: Float64Array, results: Float64Array) => void,
  numericSize: number,
  exactSize: number,
): Function {
  const inputs = new Float64Array(numericSize + exactSize);
  return (numeric, exact, into) => {
    inputs.set(numeric);
    inputs.set(exact, numericSize);
    evaluate(inputs, into);
  };
}

function derivativesOf(
  { problem: { pool }, numeric: equations }: OdeSolution,
  numeric: readonly ExpressionSymbol[],
  exact: readonly ExpressionSymbol[],
  values: ReadonlyMap<ExpressionSymbol, number>,
  affine: readonly AffinePart[],
): MixedDerivatives | undefined {
  const slopesBy = (symbols: readonly ExpressionSymbol[]) =>
    equations.flatMap(({ derivative }) => symbols.map((symbol) => differentiate(pool, derivative, symbol)));
  const found = [...slopesBy(numeric), ...slopesBy(exact)];
  const nodes = found.flatMap((slope) => (slope.kind === 'derivative' ? [slope.expression] : []));
  if (nodes.length < found.length) return undefined;
  // Conditions of the right-hand sides can hold calls that the derivatives keep.
  if (nodesBelow(nodes).some(({ kind }) => kind === 'call')) return undefined;
  const prepare = (roots: readonly ExpressionNode[]) =>
    joined(prepareEvaluator(roots, [...numeric, ...exact], values), numeric.length, exact.length);
  const own = numeric.length ** 2;
  const [jacobian, driven] = [prepare(nodes.slice(0, own)), prepare(nodes.slice(own))];
  const partials = new Float64Array(numeric.length * exact.length);
  const speeds = new Float64Array(exact.length);
  return {
    jacobian,
    byExact: (states, exactStates, into) => {
      driven(states, exactStates, partials);
      writeSpeeds(affine, exactStates, speeds);
      for (let row = 0; row < numeric.length; row += 1) {
        into[row] = speeds.reduce((sum, speed, i) => sum + partials[row * exact.length + i]! * speed, 0);
      }
    },
  };
}

function writeSpeeds(parts: readonly AffinePart[], states: Float64Array, into: Float64Array): void {
  for (const { offset, size, matrix, input } of parts) {
    for (let row = 0; row < size; row += 1) {
      let sum = input[row]!;
      for (let column = 0; column < size; column += 1) {
        sum += matrix[row * size + column]! * states[offset + column]!;
      }
      into[offset + row] = sum;
    }
  }
}
