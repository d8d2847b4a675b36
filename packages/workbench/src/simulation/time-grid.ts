import { formatQuantity } from '@nestml/units';
import type { Reporter } from './reporter.ts';
import type { QuantityInput, SimulationRequest } from './request.ts';
import { knownUnit, nsPerMs, readTime } from './values.ts';

/** The steps of a run, and how times are placed on them. */
export interface TimeGrid {
  readonly stepNs: number;
  readonly steps: number;
  /** Number of the border of steps that a time names (0 is the start of the run). Reports times off the grid. */
  place(input: QuantityInput, what: string): number | undefined;
}

/** A time in ms as it is printed: rounded to 12 significant digits, so that 3 · 0.1 ms is 0.3 ms. */
export function roundedMs(ns: number): number {
  const milliseconds = ns / nsPerMs;
  // Whole nanoseconds below 1e12 have at most 12 digits: their quotient is that decimal number already.
  return Number.isInteger(ns) && Math.abs(ns) < 1e12 ? milliseconds : Number(milliseconds.toPrecision(12));
}

/** A time for messages, e.g. `12.5 ms`. */
export function formatNs(ns: number): string {
  return formatQuantity(roundedMs(ns), knownUnit('ms'));
}

/** The grid of a request, or undefined after a report. */
export function createTimeGrid(request: SimulationRequest, report: Reporter): TimeGrid | undefined {
  const stepNs = readStep(request.resolution ?? 0.1, report);
  if (stepNs === undefined) return undefined;
  const place = createPlacement(stepNs, request.round ?? false, report);
  const steps = place(request.duration, 'the duration');
  if (steps === undefined) return undefined;
  if (steps < 1) {
    report('time-out-of-range', {
      what: 'the duration',
      time: String(request.duration),
      rule: 'a run lasts at least one step',
    });
    return undefined;
  }
  return { stepNs, steps, place };
}

/** The length of a step in ns, or undefined after a report. */
export function readStep(input: QuantityInput, report: Reporter): number | undefined {
  const time = readTime(input, 'the step', report);
  if (time === undefined) return undefined;
  if (time.ns >= 1 && time.isWhole) return time.ns;
  const rule = 'a step is a positive, whole number of nanoseconds (1 ns = 0.000001 ms)';
  report('time-out-of-range', { what: 'the step', time: time.text, rule });
  return undefined;
}

function createPlacement(stepNs: number, round: boolean, report: Reporter): TimeGrid['place'] {
  return (input, what) => {
    const time = readTime(input, what, report);
    if (time === undefined) return undefined;
    const border = Math.round(time.ns / stepNs);
    if (time.isWhole && border * stepNs === time.ns) return border;
    const parameters = { what, time: time.text, nearest: formatNs(border * stepNs) };
    if (round) {
      report('rounded-time', parameters);
      return border;
    }
    report('off-grid-time', { ...parameters, step: formatNs(stepNs) });
    return undefined;
  };
}
