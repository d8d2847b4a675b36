import { defineMathFunction, MATH_FUNCTIONS, type MathName, mathReference } from './math/math-functions.ts';
import { POISSON_FUNCTIONS } from './random/poisson.ts';
import { calleesOf, type SsaFunction } from './ssa/ssa-function.ts';

/** Adds the internal functions of mathematics and random numbers that these functions call, directly or not. */
export function withLibrary(functions: readonly SsaFunction[]): readonly SsaFunction[] {
  const library = libraryFunctions();
  const present = new Map(functions.map((ssa) => [ssa.name, ssa]));
  const pending = [...functions];
  for (let ssa = pending.pop(); ssa !== undefined; ssa = pending.pop()) {
    for (const callee of calleesOf(ssa)) {
      const define = present.has(callee) ? undefined : library.get(callee);
      if (define === undefined) continue;
      const added = define();
      present.set(callee, added);
      pending.push(added);
    }
  }
  return [...present.values()];
}

function libraryFunctions(): ReadonlyMap<string, () => SsaFunction> {
  const library = new Map(POISSON_FUNCTIONS);
  for (const name of Object.keys(MATH_FUNCTIONS) as MathName[]) {
    for (const flavour of ['scalar', 'pair'] as const) {
      library.set(mathReference(name, flavour).name, () => defineMathFunction(name, flavour));
    }
  }
  return library;
}
