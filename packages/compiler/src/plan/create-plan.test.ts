import { describe, expect, it } from 'vitest';
import { checkedModel, libraryModel, solvedModel } from '../../test/models.ts';
import { solveModel } from '../passes/compile-model.ts';
import { createPlan, type PlanResult, type UsageRequest } from './create-plan.ts';

const vectors = `
model vectors_neuron:
    state:
        x[n] real = 0
        y real = 0

    parameters:
        n integer = 3
        a[2] real = 1

    input:
        exc[n] <- spike

    update:
        y = x[2] + a[1] + exc[0] * 1 s
`;

function keyOf(result: PlanResult): string {
  if ('plan' in result) return result.plan.key;
  throw new Error(result.problem);
}

function planOf(text: string, request?: UsageRequest): PlanResult {
  return createPlan(solvedModel(checkedModel(text)), request);
}

const sizes = { x: 3, a: 2, exc: 3 };

describe('the key of a plan', () => {
  it('is the same for the same model, compiled twice and commented anew', () => {
    const commented = vectors
      .replace('y real = 0', 'y real = 0  # a comment')
      .replace('update:', '# more\n    update:');
    expect(keyOf(planOf(commented, { sizes }))).toBe(keyOf(planOf(vectors, { sizes })));
  });

  it('is the same whatever the order of names', () => {
    const [first, second] = [
      { sizes, recorded: ['y', 'x[1]'], perInstance: ['n', 'a'] },
      { sizes: { exc: 3, a: 2, x: 3 }, recorded: ['x[1]', 'y', 'y'], perInstance: ['a', 'n'] },
    ].map((request) => keyOf(planOf(vectors, request)));
    expect(first).toBe(second);
  });

  it.each([
    ['an initial value', 'y real = 0', 'y real = 1'],
    ['a name', 'y real = 0', 'z real = 0'],
    ['a statement', 'x[2]', 'x[1]'],
    ['a unit', 'a[2] real = 1', 'a[2] real = 2'],
  ])('differs with %s', (_what, before, after) => {
    const changed = vectors
      .replace(before, after)
      .replace('y = x', before.startsWith('y') && after.startsWith('z') ? 'z = x' : 'y = x');
    expect(keyOf(planOf(changed, { sizes }))).not.toBe(keyOf(planOf(vectors, { sizes })));
  });

  it('depends on the method of the solver, not on how it was chosen', () => {
    const [tested, stated, other] = (['auto', 'dormand-prince', 'rosenbrock'] as const).map((solver) => {
      const { model } = solveModel(libraryModel('izhikevich'), { solver });
      return keyOf(createPlan(model!));
    });
    expect(tested).toBe(stated);
    expect(other).not.toBe(stated);
  });

  it('differs with the usage', () => {
    const model = solvedModel(libraryModel('iaf_psc_alpha'));
    const keys = [{}, { recorded: ['V_m'] }, { perInstance: ['tau_m'] }].map((request) =>
      keyOf(createPlan(model, request)),
    );
    expect(new Set(keys).size).toBe(3);
  });
});

describe('a plan is refused', () => {
  it.each([
    ['without the size of a vector', { sizes: { x: 3, a: 2 } }, 'the size of exc is not stated'],
    [
      'with a size that is none',
      { sizes: { ...sizes, x: 0 } },
      'the size of x must be an integer ≥ 1, not 0',
    ],
    ['with a size that contradicts the model', { sizes: { ...sizes, a: 3 } }, 'a has 2 elements, not 3'],
    [
      'with a vector that is too short',
      { sizes: { ...sizes, x: 2 } },
      'x has the elements 0 to 1; there is no element 2',
    ],
    ['with the size of a scalar', { sizes: { ...sizes, y: 2 } }, 'vectors_neuron has no vector y'],
    ['with an unknown parameter', { sizes, perInstance: ['y'] }, 'vectors_neuron has no parameter y'],
    [
      'with an unknown recordable',
      { sizes, recorded: ['x[3]'] },
      'vectors_neuron has nothing to record that is called x[3]',
    ],
  ])('%s', (_how, request, problem) => {
    // Only an element that is not there is a mistake of the model; all else is one of who asks.
    const isOfModel = problem.includes('there is no element');
    expect(planOf(vectors, request)).toMatchObject({ problem, isOfModel });
  });
});
