import { describe, expect, it } from 'vitest';
import { readCurrent, readNames, readPoisson, readSetting, readSpikes } from './phrases.ts';

describe('phrases of the command line', () => {
  it('reads a setting with unit, as truth value, and per element', () => {
    expect(readSetting('tau_m = 15 ms')).toEqual({ ok: true, value: { name: 'tau_m', value: '15 ms' } });
    expect(readSetting("g'=1 nS/ms")).toEqual({ ok: true, value: { name: "g'", value: '1 nS/ms' } });
    expect(readSetting('flag = true')).toEqual({ ok: true, value: { name: 'flag', value: true } });
    expect(readSetting('a = [1 mV, 2 mV]')).toEqual({
      ok: true,
      value: { name: 'a', value: ['1 mV', '2 mV'] },
    });
  });

  it('reads a current with none, one or both of its times', () => {
    expect(readCurrent('I = 300 pA')).toEqual({ ok: true, value: { port: 'I', amplitude: '300 pA' } });
    expect(readCurrent('I = -3e2 pA from 20 ms')).toEqual({
      ok: true,
      value: { port: 'I', amplitude: '-3e2 pA', from: '20 ms' },
    });
    expect(readCurrent('I=1 pA to 5 ms')).toEqual({
      ok: true,
      value: { port: 'I', amplitude: '1 pA', to: '5 ms' },
    });
    expect(readCurrent('I[1] = 1 nA  from 2 ms  to 0.1 s')).toEqual({
      ok: true,
      value: { port: 'I[1]', amplitude: '1 nA', from: '2 ms', to: '0.1 s' },
    });
  });

  it('reads spike times with and without a weight', () => {
    expect(readSpikes('p = 10 ms, 12.5 ms,40 ms weight -500')).toEqual({
      ok: true,
      value: { port: 'p', times: ['10 ms', '12.5 ms', '40 ms'], weight: -500 },
    });
    expect(readSpikes('p = 10')).toEqual({ ok: true, value: { port: 'p', times: ['10'] } });
  });

  it('reads a Poisson rate with and without a weight', () => {
    expect(readPoisson('p = 8000 Hz weight 20')).toEqual({
      ok: true,
      value: { port: 'p', rate: '8000 Hz', weight: 20 },
    });
    expect(readPoisson('p = 8 1/ms')).toEqual({ ok: true, value: { port: 'p', rate: '8 1/ms' } });
  });

  it('keeps the comma of a convolution inside its name', () => {
    expect(readNames('V_m, convolve(K, exc[0]),a[1]')).toEqual({
      ok: true,
      value: ['V_m', 'convolve(K, exc[0])', 'a[1]'],
    });
  });

  it.each([
    ['--set', readSetting('tau_m 15 ms')],
    ['--set', readSetting('= 15 ms')],
    ['--set', readSetting('a = [1, 2')],
    ['--set', readSetting('a = [1,,2]')],
    ['--current', readCurrent('I_stim')],
    ['--current', readCurrent('I = 1 pA to 5 ms from 2 ms')],
    ['--current', readCurrent('I = 1 pA from')],
    ['--spikes', readSpikes('p = 1 ms, , 2 ms')],
    ['--spikes', readSpikes('p = 1 ms weight heavy')],
    ['--spikes', readSpikes('p = weight 3')],
    ['--poisson', readPoisson('p = 8 Hz weight')],
    ['--record', readNames('V_m,,w')],
  ])('says how %s is written when it cannot be read', (option, phrase) => {
    expect(phrase.ok).toBe(false);
    if (phrase.ok) return;
    expect(phrase.diagnostic.code).toBe('option-form');
    expect(phrase.diagnostic.message).toContain(`${option} cannot be read`);
    expect(phrase.diagnostic.message).toContain('It is written as');
  });
});
