import type { Diagnostic } from '@nestml/diagnostics';
import { describe, expect, it } from 'vitest';
import { createReporter } from './reporter.ts';
import type { SimulationRequest } from './request.ts';
import { createTimeGrid, roundedMs, type TimeGrid } from './time-grid.ts';

function gridOf(request: SimulationRequest): { grid: TimeGrid | undefined; findings: readonly Diagnostic[] } {
  const findings: Diagnostic[] = [];
  return { grid: createTimeGrid(request, createReporter(findings)), findings };
}

describe('the time grid', () => {
  it('counts steps in whole nanoseconds, so that decimals do not drift', () => {
    const { grid } = gridOf({ duration: '200 ms', resolution: '0.1 ms' });
    expect(grid?.stepNs).toBe(100_000);
    expect(grid?.steps).toBe(2000);
    for (let step = 0; step <= 2000; step += 1) expect(grid?.place(step / 10, 'time')).toBe(step);
  });

  it('takes times in any unit of time, and plain numbers as ms', () => {
    const { grid } = gridOf({ duration: '0.3 s', resolution: '50 us' });
    expect(grid?.steps).toBe(6000);
    expect(grid?.place(0.05, 'time')).toBe(1);
    expect(grid?.place('1500 us', 'time')).toBe(30);
  });

  it('refuses a time between two borders and names the nearest', () => {
    const { grid, findings } = gridOf({ duration: 10 });
    expect(grid?.place('0.26 ms', 'spike at')).toBeUndefined();
    expect(findings.map(({ code }) => code)).toEqual(['off-grid-time']);
    expect(findings[0]?.message).toContain('the nearest is 0.3 ms');
  });

  it('moves it there if asked, and says so', () => {
    const { grid, findings } = gridOf({ duration: 10, round: true });
    expect(grid?.place('0.26 ms', 'spike at')).toBe(3);
    expect(findings.map(({ code }) => code)).toEqual(['rounded-time']);
  });

  it.each([
    ['a step of 0', { duration: 1, resolution: 0 }, 'time-out-of-range'],
    ['a negative step', { duration: 1, resolution: '-0.1 ms' }, 'time-out-of-range'],
    ['half a nanosecond', { duration: 1, resolution: '0.0000005 ms' }, 'time-out-of-range'],
    ['a run of 0 ms', { duration: 0 }, 'time-out-of-range'],
    ['an endless run', { duration: 'inf ms' }, 'time-out-of-range'],
    ['a voltage as duration', { duration: '5 mV' }, 'value-unit-mismatch'],
    ['a word as duration', { duration: 'long' }, 'option-form'],
    ['a duration off the grid', { duration: '1.05 ms' }, 'off-grid-time'],
  ])('refuses %s', (_, request, code) => {
    const { grid, findings } = gridOf(request);
    expect(grid).toBeUndefined();
    expect(findings.map((finding) => finding.code)).toEqual([code]);
  });

  it('prints ends of steps without rounding noise', () => {
    expect([1, 3, 7].map((step) => roundedMs(step * 100_000))).toEqual([0.1, 0.3, 0.7]);
    // Beyond 12 digits the last ones are dropped.
    expect([999_999_999_999, 1_234_567_890_123].map(roundedMs)).toEqual([999_999.999999, 1_234_567.89012]);
  });
});
