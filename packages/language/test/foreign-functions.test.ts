import { describe, expect, it } from 'vitest';
import { checkText } from './check-support.ts';
import { afterFix } from './edited-model.ts';

function model(value: string): string {
  return `model m:\n    parameters:\n        x real = 2\n        y real = ${value}\n`;
}

function finding(value: string) {
  return checkText(model(value)).diagnostics.find(({ code }) => code === 'foreign-function')!;
}

describe('the spike of old synapses', () => {
  it('is said to be emitted today', () => {
    expect(finding('deliver_spike(1, 1 ms)').message).toBe(
      'There is no function `deliver_spike`; write `emit_spike(weight)`.',
    );
  });
});

describe('a square root', () => {
  it.each([
    ['sqrt(x)', '(x)**0.5'],
    ['sqrt(x)**2', '((x)**0.5)**2'],
    ['sqrt(x) ** 2', '((x)**0.5) ** 2'],
    ['2**sqrt(x)', '2**(x)**0.5'],
  ])('is written as a power that keeps its value: %s', (wrong, right) => {
    const found = finding(wrong);
    expect(afterFix(model(wrong), found)).toBe(model(right));
  });

  it('of two arguments gets no fix', () => {
    expect(finding('sqrt(x, 2)').fixes).toEqual([]);
  });
});
