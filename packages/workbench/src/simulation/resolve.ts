import type { CheckedModel } from '@nestml/language';
import type { Backend } from '../backends/backend.ts';
import { reportFailure } from './failures.ts';
import type { Reporter } from './reporter.ts';
import type { QuantityInput, ResolvedRun, SimulationRequest } from './request.ts';
import { resolveRecord } from './resolve-record.ts';
import { resolveSettings } from './resolve-settings.ts';
import { resolveCurrents, resolvePoisson, resolveSpikes } from './resolve-stimuli.ts';
import { createTimeGrid, formatNs, type TimeGrid } from './time-grid.ts';

/**
 * Fits a request to a model: binds names, places times on the grid, converts everything to canonical units. Reports all
 * that does not fit, not only the first; the caller must not use the result if an error was reported.
 */
export function resolveRun(
  model: CheckedModel,
  request: SimulationRequest,
  backend: Backend,
  report: Reporter,
): ResolvedRun | undefined {
  const seed = readSeed(request.seed ?? 0, report);
  const values = resolveSettings(model, request.set ?? {}, report);
  const grid = createTimeGrid(request, report);
  if (grid === undefined || seed === undefined) return undefined;
  const layout = backend.layout(model, values, grid.stepNs);
  if (!layout.ok) {
    reportFailure(model, layout.failure, values, report);
    return undefined;
  }
  const recordEvery = request.every === undefined ? 1 : readInterval(request.every, grid, report);
  if (recordEvery === undefined) return undefined;
  const record = resolveRecord(model, request.record, layout.variableSize, layout.portSize, report);
  if (isTooMuch(record.length, recordEvery, grid, report)) return undefined;
  return {
    model,
    stepNs: grid.stepNs,
    steps: grid.steps,
    values,
    currents: resolveCurrents(model, request, grid, layout.portSize, report),
    spikes: resolveSpikes(model, request, grid, layout.portSize, report),
    poisson: resolvePoisson(model, request, layout.portSize, report),
    record,
    recordEvery,
    seed,
  };
}

/** Doubles that a run may record: 0.8 GB. */
const mostValues = 100_000_000;

function isTooMuch(quantities: number, recordEvery: number, grid: TimeGrid, report: Reporter): boolean {
  const values = quantities * Math.floor(grid.steps / recordEvery);
  if (values <= mostValues) return false;
  const every = formatNs(Math.ceil((quantities * grid.steps) / mostValues) * 10 * grid.stepNs);
  report('too-much-to-record', { values, most: mostValues, every });
  return true;
}

function readInterval(input: QuantityInput, grid: TimeGrid, report: Reporter): number | undefined {
  const steps = grid.place(input, 'the recording interval');
  if (steps === undefined || steps >= 1) return steps;
  report('time-out-of-range', {
    what: 'the recording interval',
    time: String(input),
    rule: 'the interval is at least one step',
  });
  return undefined;
}

function readSeed(seed: number, report: Reporter): number | undefined {
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  report('value-out-of-range', {
    what: 'the seed',
    value: String(seed),
    rule: 'a seed is a whole number from 0 to 2^53 - 1',
  });
  return undefined;
}
