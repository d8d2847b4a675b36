import type { AffineSystem, ModelVariable, SolvedModel } from '@nestml/compiler';
import { eigenvalues } from '@nestml/dynamics';
import type { Mode, SystemModes } from './analysis.ts';
import type { EvaluateAtDefaults } from './default-values.ts';

/** Eigenvalues of a defective matrix are found to a root of the rounding only. */
const SAME_EIGENVALUE = 1e-6;

/** The modes of all linear systems, each state once; systems whose coefficients have no value at the defaults are left out. */
export function modesOf(solved: SolvedModel, valuesOf: EvaluateAtDefaults): readonly SystemModes[] {
  const systems = [
    ...solved.convolutions.map(({ system }) => system),
    ...solved.variants.flatMap(({ affine }) => affine.map(({ system }) => system)),
  ];
  return withoutParts(systems).flatMap((system) => {
    const modes = modesOfSystem(system, valuesOf);
    return modes === undefined ? [] : [{ states: statesOf(system), modes }];
  });
}

/** Systems that are not part of a larger one, as convolutions are that drive a membrane. */
function withoutParts(systems: readonly AffineSystem[]): readonly AffineSystem[] {
  const seen = new Set<ModelVariable>();
  return [...systems]
    .sort((a, b) => b.states.length - a.states.length)
    .filter(({ states }) => {
      const isNew = states.some((state) => !seen.has(state));
      for (const state of states) seen.add(state);
      return isNew;
    });
}

function statesOf({ states }: AffineSystem): readonly string[] {
  return states.map(({ writtenName }) => writtenName);
}

function modesOfSystem(
  { states, coefficients }: AffineSystem,
  valuesOf: EvaluateAtDefaults,
): readonly Mode[] | undefined {
  const values = valuesOf(coefficients.map(({ value }) => value));
  if (values === undefined || !values.every(Number.isFinite)) return undefined;
  const matrix = new Float64Array(states.length ** 2);
  coefficients.forEach(({ row, column }, i) => {
    matrix[row * states.length + column] = values[i]!;
  });
  return joined(eigenvalues(matrix, states.length).filter(({ im }) => im >= 0));
}

/** Equal eigenvalues with their number, the fastest first. */
function joined(list: readonly { readonly re: number; readonly im: number }[]): readonly Mode[] {
  const modes: Mode[] = [];
  for (const { re, im } of [...list].sort((a, b) => sizeOf(b) - sizeOf(a))) {
    const place = modes.findIndex((mode) => isClose(mode.re, re) && isClose(mode.im, im));
    const known = modes[place];
    if (known === undefined) modes.push({ re, im, multiplicity: 1 });
    else modes[place] = { ...known, multiplicity: known.multiplicity + 1 };
  }
  return modes;
}

function sizeOf({ re, im }: { readonly re: number; readonly im: number }): number {
  return Math.hypot(re, im);
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME_EIGENVALUE * Math.max(Math.abs(a), Math.abs(b));
}
