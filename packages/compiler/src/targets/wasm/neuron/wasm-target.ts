import type { Span } from '@nestml/diagnostics';
import { vectorsOf } from '../../../plan/create-plan.ts';
import type { Plan } from '../../../plan/plan.ts';
import { statementsOfModel } from '../../../solved/expressions-of-model.ts';
import type { SolvedModel } from '../../../solved/solved-model.ts';
import { planElimination } from './sparse-elimination.ts';
import { sizeOf } from './storage.ts';

/** Something that a target cannot do, at its place in the model. */
export interface Limitation {
  /** What the model does, as the end of a sentence: `prints`. */
  readonly what: string;
  readonly span: Span;
}

/** Elements of all vectors together, since each has code of its own: more take seconds to compile. */
const MOST_ELEMENTS = 2000;

/** Multiplications in an elimination, since each is written out: more take seconds to compile. */
const MOST_MULTIPLICATIONS = 100_000;

/** Where equations are so many and so closely coupled that the elimination of the Rosenbrock method would be too long. */
function closeSystems({ variants }: SolvedModel): readonly Limitation[] {
  return variants.flatMap(({ numeric, spans: [span] }) => {
    if (numeric?.method.name !== 'rosenbrock' || span === undefined) return [];
    const size = numeric.equations.length;
    const { steps } = planElimination(size, numeric.method.jacobian.entries);
    const count = steps.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0);
    const what = `couples ${size} equations too closely for the Rosenbrock method`;
    return count > MOST_MULTIPLICATIONS ? [{ what, span }] : [];
  });
}

/** What compiles to WebAssembly, and what does not. */
export const wasmTarget = Object.freeze({
  name: 'wasm',
  /** Places that keep a model from being compiled; none if it can be. */
  limitations: (model: SolvedModel): readonly Limitation[] => {
    const prints = statementsOfModel(model).flatMap(({ kind, span }) =>
      kind === 'print' ? [{ what: 'prints', span }] : [],
    );
    return [...prints, ...closeSystems(model)];
  },
  /** Places of vectors that are too long with the sizes of a plan, the longest first; none if the plan can be compiled. */
  limitationsOfPlan: ({ model, usage }: Plan): readonly Limitation[] => {
    const vectors = vectorsOf(model)
      .map((vector) => ({ vector, size: sizeOf(vector, usage.sizes) }))
      .sort((a, b) => b.size - a.size);
    const total = vectors.reduce((sum, { size }) => sum + size, 0);
    if (total <= MOST_ELEMENTS) return [];
    return vectors.slice(0, 1).map(({ vector: { writtenName, span } }) => ({
      what: `has vectors of ${total} elements together, most of them ${writtenName}; at most ${MOST_ELEMENTS} can be compiled`,
      span,
    }));
  },
});
