import {
  type AffineGroup,
  type ClosedForm,
  type ClosedFormCase,
  closedForm,
  type ExpressionNode,
  ExpressionPool,
  type ExpressionSymbol,
  environmentOf,
  evaluate,
  evaluateAll,
  type KnownFactor,
  partitionSystem,
  printExpression,
  solveAffine,
} from '../src/index.ts';
import { parseExpression } from './parse-expression.ts';

/** A system of which all states are solved exactly, with its closed form. */
export interface ClosedSystem {
  readonly pool: ExpressionPool;
  readonly group: AffineGroup;
  readonly form: ClosedForm;
  readonly step: ExpressionSymbol;
  readonly symbols: ReadonlyMap<string, ExpressionSymbol>;
}

/** Factors of the characteristic polynomial as texts, by the first state of the block. */
export type KnownTexts = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

/**
 * Reads equations x′ = text, by the names of their states, and solves the only group that they form. Names of no state are parameters;
 * `h` is the step.
 */
export function closedSystem(
  equations: Readonly<Record<string, string>>,
  known: KnownTexts = {},
): ClosedSystem {
  const pool = new ExpressionPool();
  const texts = [...Object.values(equations), ...Object.values(known).flat().flatMap(Object.values)];
  const names = texts.flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []);
  const symbols = new Map(
    ['h', ...Object.keys(equations), ...names].map((name): [string, ExpressionSymbol] => [
      name,
      { name, value: 'number' },
    ]),
  );
  const read = (text: string) => parseExpression(pool, text, [...symbols.values()]);
  const derivatives = Object.entries(equations).map(([name, text]) => ({
    state: symbols.get(name)!,
    derivative: read(text),
  }));
  const { affine } = partitionSystem(pool, derivatives, () => 'fixed');
  const [group] = affine;
  if (group === undefined || affine.length !== 1) throw new Error('not one group');
  const factors = Object.entries(known).map(([name, list]): [ExpressionSymbol, readonly KnownFactor[]] => [
    symbols.get(name)!,
    list.map(({ rate, centre, square }): KnownFactor => {
      if (rate !== undefined) return { kind: 'rate', rate: read(rate) };
      return { kind: 'pair', centre: read(centre!), square: read(square!) };
    }),
  ]);
  const step = symbols.get('h')!;
  return { pool, group, form: closedForm(pool, group, step, new Map(factors)), step, symbols };
}

/** The cases, or an error. */
export function casesOf({ form }: ClosedSystem): readonly ClosedFormCase[] {
  if (form.kind === 'none') throw new Error(`no closed form: ${form.because}`);
  return form.cases;
}

/** The cases whose conditions hold, of which there must be one. */
export function casesThatHold(
  system: ClosedSystem,
  values: Readonly<Record<string, number>>,
): readonly ClosedFormCase[] {
  return casesOf(system).filter(({ conditions }) =>
    conditions.every((condition) => evaluateAll([condition], environment(system, values))[0] === true),
  );
}

/** Whether an equality holds for which there is no case. */
export function isExcluded(system: ClosedSystem, values: Readonly<Record<string, number>>): boolean {
  const excluded = system.form.kind === 'closed' ? system.form.excluded : [];
  return evaluateAll(excluded, environment(system, values)).includes(true);
}

function environment({ symbols }: ClosedSystem, values: Readonly<Record<string, number>>) {
  const named = Object.entries(values).map(([name, value]): [ExpressionSymbol, number] => [
    symbols.get(name) ?? { name, value: 'number' },
    value,
  ]);
  return environmentOf(new Map(named));
}

/** P, then those columns of R that have an input, by columns of `undefined` for the others; row by row. */
export interface PropagatorValues {
  readonly propagator: readonly number[];
  readonly response: readonly (number | undefined)[];
}

/** What the case says. */
export function valuesOfCase(
  system: ClosedSystem,
  one: ClosedFormCase,
  values: Readonly<Record<string, number>>,
): PropagatorValues {
  const bound = environment(system, values);
  const numberOf = (node: ExpressionNode | undefined) => (node === undefined ? 0 : evaluate(node, bound));
  const hasInput = system.group.input.map((_, j) => one.responses.some((row) => row[j] !== undefined));
  return {
    propagator: one.propagators.flatMap((row) => row.map(numberOf)),
    response: one.responses.flatMap((row) =>
      row.map((node, j) => (hasInput[j] ? numberOf(node) : undefined)),
    ),
  };
}

/** The same from the numeric solution. */
export function valuesOfSolution(
  system: ClosedSystem,
  values: Readonly<Record<string, number>>,
): PropagatorValues {
  const { states, coefficients } = system.group;
  const size = states.length;
  const bound = environment(system, values);
  const matrix = new Float64Array(size * size);
  for (const { row, column, value } of coefficients) matrix[row * size + column] = evaluate(value, bound);
  const solution = solveAffine(matrix, size, values['h']!);
  if (solution.kind !== 'solved') throw new Error('the numeric solution overflows');
  const { increment, response, remainder } = solution.propagator;
  const propagator = Array.from(increment, (entry, i) =>
    i % (size + 1) === 0 ? remainder[i % size]! : entry,
  );
  return { propagator, response: [...response] };
}

/**
 * The largest difference of two propagators, relative to the largest entry of the second, P and R each for itself; infinity if an entry
 * is not a finite number.
 */
export function mismatch(found: PropagatorValues, expected: PropagatorValues): number {
  return Math.max(
    relative(found.propagator, expected.propagator),
    relative(found.response, expected.response),
  );
}

function relative(found: readonly (number | undefined)[], expected: readonly (number | undefined)[]): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [largest, difference] = [0, 0];
  found.forEach((value, i) => {
    if (value === undefined) return;
    largest = Math.max(largest, Math.abs(expected[i]!));
    const own = Math.abs(value - expected[i]!);
    difference = Number.isNaN(own) ? Number.POSITIVE_INFINITY : Math.max(difference, own);
  });
  return difference === 0 ? 0 : difference / largest;
}

/** The mismatch of the one case that holds with the numeric solution; infinity if none or several hold. */
export function mismatchAt(system: ClosedSystem, values: Readonly<Record<string, number>>): number {
  const [one, ...others] = casesThatHold(system, values);
  if (one === undefined || others.length > 0) return Number.POSITIVE_INFINITY;
  return mismatch(valuesOfCase(system, one, values), valuesOfSolution(system, values));
}

/** Conditions and entries of all cases as text, for reading: `P 1 0 = …`. */
export function printCases(system: ClosedSystem): readonly string[] {
  return casesOf(system).flatMap(({ conditions, propagators, responses }) => {
    const entries = (letter: string, matrix: ClosedFormCase['propagators']) =>
      matrix.flatMap((row, i) =>
        row.flatMap((node, j) =>
          node === undefined ? [] : [`${letter} ${i} ${j} = ${printExpression(node)}`],
        ),
      );
    const when = conditions.map((condition) => printExpression(condition)).join(' and ');
    return [`if ${when}`, ...entries('P', propagators), ...entries('R', responses)];
  });
}
