import { createSourceFile } from '@nestml/diagnostics';
import { check, parse } from '@nestml/language';
import { expect, test } from 'vitest';
import { solveModel } from './compile-model.ts';

test.each([
  ['A', 1e-6],
  ['V', 1e-6],
  ['mV', 1e-6],
  ['nV', 1e-12],
  ['real', 1e-6],
])('the absolute tolerance of a state in %s is %d canonical units', (unit, expected) => {
  const text = `model numeric_neuron:
    state:
        x ${unit} = 0
        y real = 0.5
    equations:
        x' = -x * y**2 / (1 ms)
        y' = -y**2 / (1 ms)
    output:
        spike
    update:
        integrate_odes()
`;
  const [checked] = check(parse(createSourceFile('test.nestml', text))).models;
  const { model } = solveModel(checked!);
  const equation = model?.variants[0]?.numeric?.equations.find(({ state }) => state.name === 'x');
  expect(equation?.absoluteTolerance).toBeCloseTo(expected, 20);
});
