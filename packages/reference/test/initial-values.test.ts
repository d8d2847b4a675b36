import { expect, test } from 'vitest';
import { initialValues } from '../src/index.ts';
import { modelOf, runText, symbolOf, valuesOf } from './run-text.ts';

const DERIVED = `model derived_neuron:
    state:
        V mV = E_L + shift
        w real = 2 * k
    parameters:
        tau ms = 2 * tau_fast
        tau_fast ms = 5 ms [[tau_fast > 0 ms]]
        E_L mV = -70 mV
        V_th mV = -50 mV [[V_th > E_L]]
        V_min mV = -inf
        n integer = 2 [[n < 10]]
        a[n] real = 1.5 [[a[0] > 0]]
    internals:
        k real = tau / (1 ms) + a[0]
        shift mV = 0.01 V
    output:
        spike
    update:
        w += 0
`;

/** Initial values by written name, with values set by hand. */
function derive(given: Parameters<typeof valuesOf>[1]) {
  const model = modelOf(DERIVED);
  const result = initialValues(model, valuesOf(model, given));
  if ('failure' in result) return { failure: result.failure };
  return { value: (name: string) => result.values.get(symbolOf(model, name)) };
}

test('parameters, internals and states are derived in any order, in canonical units', () => {
  const { value } = derive({});
  expect(['tau', 'tau_fast', 'k', 'w', 'V', 'V_min'].map((name) => value?.(name))).toEqual([
    10,
    5,
    11.5,
    23,
    -60,
    Number.NEGATIVE_INFINITY,
  ]);
  expect(value?.('a')).toEqual([1.5, 1.5]);
});

test('setting a parameter derives everything again that was not set by hand', () => {
  const { value } = derive({ tau_fast: 3, w: 7, E_L: -80 });
  expect(['tau', 'k', 'w', 'V'].map((name) => value?.(name))).toEqual([6, 7.5, 7, -70]);
  expect(derive({ tau: 4, tau_fast: 3 }).value?.('k')).toBe(5.5);
  expect(derive({ n: 3 }).value?.('a')).toEqual([1.5, 1.5, 1.5]);
  expect(derive({ a: [2, 3] }).value?.('k')).toBe(12);
});

test('a guard that does not hold refuses all values, whichever value broke it', () => {
  const text = (given: Parameters<typeof valuesOf>[1]) => {
    const { failure } = derive(given);
    return failure?.kind === 'guard' ? failure.symbol.writtenName : failure?.kind;
  };
  expect(text({ tau_fast: 0 })).toBe('tau_fast');
  expect(text({ E_L: -40 })).toBe('V_th');
  expect(text({ a: [-1, 1] })).toBe('a');
  expect(text({ E_L: -40, V_th: -30 })).toBeUndefined();
});

test('a guard is checked before a run, and nothing runs if it does not hold', () => {
  const { failure, recordedSteps } = runText(DERIVED, { steps: 5, set: { tau_fast: -1 }, record: ['V'] });
  expect(failure).toMatchObject({ kind: 'guard' });
  expect(recordedSteps).toEqual([]);
});

test('vectors take an array of their size or one value for all elements', () => {
  expect(derive({ a: 4 }).value?.('a')).toEqual([4, 4]);
  const reasonOf = ({ failure }: ReturnType<typeof derive>) =>
    failure?.kind === 'execution' ? failure.reason : undefined;
  expect(reasonOf(derive({ a: [1, 2, 3] }))).toContain('2 elements, but 3');
  expect(reasonOf(derive({ n: 0 }))).toContain('integer ≥ 1');
  expect(reasonOf(derive({ V: [1] }))).toContain('no vector');
});

test('a value that is not a number is refused with its name', () => {
  const text = DERIVED.replace('shift mV = 0.01 V', 'shift mV = 1 mV * ln(-tau / (1 ms))');
  const result = initialValues(modelOf(text), new Map());
  expect('failure' in result && result.failure).toMatchObject({
    kind: 'not-finite',
    variable: 'shift',
    time: 0,
  });
});

test('a vector of more than 10,000,000 elements is refused before it is made', () => {
  for (const n of [10_000_001, 2 ** 53]) {
    const { failure } = derive({ n });
    expect(failure?.kind === 'execution' && failure.reason).toBe(
      `the size of a must be at most 10,000,000, not ${n}`,
    );
  }
});

test('a value that uses an element of a vector follows the size of the vector, wherever each is declared', () => {
  const text = `model ordered_neuron:
    state:
        s real = a[n - 1] + b[0]
    parameters:
        b[m] real = a[1] * m
        a[n] real = 2 * n
        m integer = n + 1
        n integer = 2
    output:
        spike
    update:
        s += 0
`;
  const model = modelOf(text);
  const result = initialValues(model, valuesOf(model, { n: 4 }));
  if ('failure' in result) throw new Error(JSON.stringify(result.failure));
  expect(result.values.get(symbolOf(model, 'a'))).toEqual([8, 8, 8, 8]);
  expect(result.values.get(symbolOf(model, 'b'))).toEqual([40, 40, 40, 40, 40]);
  expect(result.values.get(symbolOf(model, 's'))).toBe(48);
});
