import type { VariableSymbol } from '@nestml/language';
import { expect, test } from 'vitest';
import { type Countdown, countdownValue, setCountdown } from './countdown.ts';

const symbol: VariableSymbol = {
  kind: 'variable',
  role: 'state',
  name: 'r',
  order: 0,
  writtenName: 'r',
  type: { kind: 'real' },
  declared: { start: 0, end: 1 },
};

function countdown(isTime: boolean): Countdown {
  const rate = { kind: 'constant', value: -1, type: { kind: 'real' }, span: { start: 0, end: 1 } } as const;
  return { symbol, rate, isTime, valueAtSet: 0, stepsSinceSet: 0 };
}

test.each([2, 3, 0.5, 0.07])('a timer of %d ms never misses the step in which it reaches 0', (duration) => {
  for (const stepNs of [100_000, 50_000, 10_000]) {
    const timer = countdown(true);
    setCountdown(timer, duration);
    const ns = Math.round(duration * 1e6);
    let steps = 0;
    while (countdownValue(timer, -1, { stepNs, step: 0 }) > 0) {
      timer.stepsSinceSet += 1;
      steps += 1;
    }
    expect(steps).toBe(Math.ceil(ns / stepNs));
    expect(countdownValue(timer, -1, { stepNs, step: 0 })).toBe((ns - steps * stepNs) / 1e6 + 0);
  }
});

test('a time is rounded to 1 ns when it is set, another state is not', () => {
  expect(setCountdown(countdown(true), 2.000_000_4)).toBe(2);
  expect(setCountdown(countdown(false), 2.000_000_4)).toBe(2.000_000_4);
});

test('other rates are multiplied by the whole time since the last assignment', () => {
  const growing = countdown(true);
  setCountdown(growing, 1);
  growing.stepsSinceSet = 30;
  expect(countdownValue(growing, 0.5, { stepNs: 100_000, step: 0 })).toBe(2.5);
  const plain = countdown(false);
  setCountdown(plain, 0.25);
  plain.stepsSinceSet = 3;
  expect(countdownValue(plain, -1, { stepNs: 100_000, step: 0 })).toBe(0.25 - 0.3);
});
