import { expect, test } from 'vitest';
import { runText } from './run-text.ts';

const RATES = `model rate_neuron:
    state:
        V mV = -40 mV
    parameters:
        k mV = 10 mV
    equations:
        inline x real = (V + 40 mV) / k
        recordable inline opening 1/ms = 0.1 / ms * (V / mV + 40) / (1 - exp(-(V / mV + 40) / 10))
        recordable inline falling real = x / (exp(x) - 1)
        recordable inline pole real = 1 / (1 - exp(-x))
        V' = 0 mV/ms
    update:
        integrate_odes()
`;

const at = (V: number) => {
  const { trace, failure } = runText(RATES, { steps: 1, set: { V }, record: ['opening', 'falling'] });
  expect(failure).toBeUndefined();
  return { opening: trace('opening')[0], falling: trace('falling')[0] };
};

test('a quotient x/(exp(x) − 1) has its limit where it is 0/0 as written', () => {
  expect(at(-40)).toEqual({ opening: 1, falling: 1 });
});

test('near the removable singularity no digits are lost', () => {
  const x = 2 ** -30;
  const { opening, falling } = at(-40 + 10 * x);
  // x/(exp(x) − 1) = 1 − x/2 + x²/12 − …
  expect(falling).toBeCloseTo(1 - x / 2 + x ** 2 / 12, 15);
  expect(opening).toBeCloseTo(1 + x / 2 + x ** 2 / 12, 15);
});

test('a pole stays a pole', () => {
  const { trace } = runText(RATES, { steps: 1, record: ['pole'] });
  expect(trace('pole')[0]).toBe(Number.POSITIVE_INFINITY);
});
