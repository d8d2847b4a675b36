import { describe, expect, it } from 'vitest';
import { checkedModel, checkText, codesOf } from './check-support.ts';

/** A model from blocks of lines, in the order that is given. */
function modelOf(blocks: Readonly<Record<string, readonly string[]>>): string {
  const lines = Object.entries(blocks).flatMap(([name, entries]) => [
    `    ${name}:`,
    ...entries.map((entry) => `        ${entry}`),
  ]);
  return ['model test_neuron:', ...lines, ''].join('\n');
}

function errorsOf(text: string): readonly string[] {
  return codesOf(checkText(text).diagnostics.filter((finding) => finding.class === 'error'));
}

const count = 20_000;
const chain = (first: string, next: (before: string) => string) =>
  Array.from({ length: count }, (_, index) => `i${index} ${index === 0 ? first : next(`i${index - 1}`)}`);

describe('models of any length', () => {
  it('may have long chains of inlines in an equation', () => {
    const text = modelOf({
      state: ['x real = 0'],
      equations: [
        ...chain('1/s = spikes', (before) => `1/s = 2 * ${before}`).map((line) => `inline ${line}`),
        `x' = i${count - 1}`,
      ],
      input: ['spikes <- spike'],
      update: ['integrate_odes()'],
    });
    expect(errorsOf(text)).toEqual([]);
  });

  it('may have long chains of inlines in an initial value', () => {
    const text = modelOf({
      state: [`x real = i${count - 1}`],
      parameters: ['p real = 1'],
      equations: [...chain('real = p', (before) => `real = 2 * ${before}`).map((line) => `inline ${line}`)],
    });
    expect(checkedModel(text).initialisationOrder.map(({ name }) => name)).toEqual(['p', 'x']);
  });

  it('may have long chains of functions in an initial value', () => {
    const functions = Array.from({ length: count }, (_, index) => [
      `    function f${index}() real:`,
      `        return ${index === 0 ? 'p' : `f${index - 1}()`}`,
    ]).flat();
    const text = modelOf({ state: [`x real = f${count - 1}()`], parameters: ['p real = 1'] });
    expect(
      checkedModel(`${text}${functions.join('\n')}\n`).initialisationOrder.map(({ name }) => name),
    ).toEqual(['p', 'x']);
  });

  it('may have long chains of parameters', () => {
    const text = modelOf({ parameters: chain('real = 1', (before) => `real = ${before}`).reverse() });
    expect(checkedModel(text).initialisationOrder[0]?.name).toBe('i0');
  });

  it('may have many statements, and many findings', () => {
    const many = Array.from({ length: 140_000 }, () => 'x = 1');
    expect(errorsOf(modelOf({ state: ['x real = 0'], update: many }))).toEqual([]);
    expect(errorsOf(modelOf({ state: ['x mV = 0 mV'], update: many }))).toHaveLength(many.length);
  });
});

describe('the order of initial values', () => {
  const orderOf = (blocks: Readonly<Record<string, readonly string[]>>) =>
    checkedModel(modelOf(blocks)).initialisationOrder.map(({ name }) => name);

  it('has the size of a vector before the vector', () => {
    expect(orderOf({ parameters: ['a[n] real = 1', 'n integer = 2'] })).toEqual(['n', 'a']);
    expect(orderOf({ parameters: ['a[n] real = 1'], internals: ['n integer = m', 'm integer = 2'] })).toEqual(
      ['m', 'n', 'a'],
    );
  });

  it('has the size of a port before what uses the port', () => {
    const order = orderOf({
      parameters: ['a real = x', 'n integer = 2'],
      equations: ['kernel K = exp(-t / 1 ms)', 'inline x real = convolve(K, exc[0])'],
      input: ['exc[n] <- spike'],
    });
    expect(order).toEqual(['n', 'a']);
  });
});

describe('the size of a vector', () => {
  it.each([
    ['a[10000000] real = 0', []],
    ['a[10000001] real = 0', ['vector-size']],
    ['a[1000000000] mV = 0 mV', ['vector-size']],
    ['a[0] real = 0', ['vector-size']],
  ])('is from 1 to ten million: %s', (declaration, expected) => {
    expect(errorsOf(modelOf({ state: [declaration] }))).toEqual(expected);
    expect(errorsOf(modelOf({ internals: [declaration] }))).toEqual(expected);
  });

  it.each(['10000001', '0', '-1'])('is so too if a variable has it: %s', (size) => {
    for (const block of ['state', 'internals', 'input']) {
      const vector = block === 'input' ? 'a[n] <- spike' : 'a[n] real = 0';
      expect(errorsOf(modelOf({ parameters: [`n integer = ${size}`], [block]: [vector] }))).toEqual([
        'vector-size',
      ]);
    }
  });

  it('of a port has the same limits', () => {
    expect(errorsOf(modelOf({ input: ['a[10000001] <- spike'] }))).toEqual(['vector-size']);
  });
});
