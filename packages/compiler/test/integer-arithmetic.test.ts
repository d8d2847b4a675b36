import { describe, expect, it } from 'vitest';
import { compareText } from './against-reference.ts';

function neuron(statements: readonly string[], parameters: readonly string[] = []): string {
  return `model integer_neuron:
    state:
        x real = 0
        y real = 0
        z integer = 0
    parameters:
        n integer = 0
${parameters.map((line) => `        ${line}\n`).join('')}    input:
        exc <- spike
    update:
${statements.map((line) => `        ${line}\n`).join('')}    function steady(k integer) integer:
        i integer = 0
        for i in 0 ... 3 step 1:
            i += 0
        return k
    function straight(k integer) integer:
        return k
    function share(a integer, b integer) integer:
        c integer = a // b
        return b == 0 ? -1 : c
`;
}

const RUN = { steps: 2, record: ['x', 'y', 'z'] };

describe('a division of integers by 0 ends the run (rule D8), whatever form the integers have:', () => {
  it.each([
    ['x = 7 // n'],
    ['x = 7 % n'],
    ['if steps(1 ms) % n == 0:\n            x = 1'],
    ['x = abs(n - 3) % n'],
    ['x = 5 // min(n, 3)'],
    ['x = max(n, -1) // n'],
    ['x = random_poisson(3) % n'],
    ['x = steady(5) % steady(n)'],
    ['x = straight(5) // straight(n)'],
    ['x = (n > 3 ? 2 : 5) // n'],
    ['x = 3 * 5 // n'],
    ['x = -z % n'],
    ['x = (5 & 4) // n'],
    ['z //= n'],
  ])('%s', (statement) => {
    const { compiled, reference } = compareText(neuron([statement]), RUN);
    expect(reference.failure).toMatchObject({ kind: 'execution' });
    expect(compiled.failure).toMatchObject({ kind: 'integerDivision' });
  });
});

describe('a division with a real on one side does not fail by 0:', () => {
  it.each([
    ['x = 3.0 // n > 5 ? 1 : 2'],
    ['x = 7 // 0.0 > 5 ? 1 : 2'],
    ['x = 3 / 1 // n > 5 ? 1 : 2'],
    ['x = r // n > 5 ? 1 : 2'],
    ['x = 4.0 % n == 0 ? 1 : 2'],
    ['x = steps(1 ms) * 1.0 // n > 5 ? 1 : 2'],
  ])('%s', (statement) => {
    const { compiled, reference, differences } = compareText(neuron([statement], ['r real = 2']), RUN);
    expect(reference.failure).toBeUndefined();
    expect(compiled.failure).toBeUndefined();
    expect(differences.get('x')?.absolute).toBe(0);
    expect(compiled.trace('x').at(-1)).not.toBe(0);
  });
});

describe('an integer is never a negative zero:', () => {
  it.each([
    ['a real that is cut', ['z = -0.4']],
    ['a quotient', ['z = -1 // 2']],
    ['a remainder', ['z = -4 % 2']],
    ['a rounded number', ['z = round(-0.4)']],
    ['a negation', ['z = -n']],
    ['a difference', ['z = -n - n']],
    ['a product', ['z = n * -3']],
    ['a choice', ['z = n == 0 ? -n : 1']],
  ])('%s', (_what, statements) => {
    const { compiled, reference } = compareText(neuron([...statements, 'x = 1 / z > 0 ? 1 : 2']), RUN);
    expect(reference.failure).toBeUndefined();
    expect(reference.recorded[0]?.at(-1)).toBe(1);
    expect(compiled.failure).toBeUndefined();
    expect(compiled.trace('x').at(-1)).toBe(1);
  });
});
