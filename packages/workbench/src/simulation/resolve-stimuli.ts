import { type CheckedModel, closestName, type PortSymbol } from '@nestml/language';
import { dimensionless } from '@nestml/units';
import type { Reporter } from './reporter.ts';
import type { PortAddress, ResolvedRun, SimulationRequest, SpikeStimulus } from './request.ts';
import { formatNs, type TimeGrid } from './time-grid.ts';
import { fitQuantity, knownUnit, readQuantity } from './values.ts';

/** Sizes of the vector ports of a model with its parameters as set; undefined for a scalar port. */
export type PortSize = (port: PortSymbol) => number | undefined;

/** Splits `name[2]` into name and element; the element text is kept if it is no whole number. */
export function splitElement(text: string): { readonly name: string; readonly element: string | undefined } {
  const match = /^(?<name>[^[\]]+)\[(?<element>[^[\]]*)\]$/.exec(text.trim());
  if (match?.groups === undefined) return { name: text.trim(), element: undefined };
  return { name: match.groups['name']!.trim(), element: match.groups['element']!.trim() };
}

/** Checks an element against the size of a vector (undefined for a scalar). `null` after a report. */
export function checkElement(
  name: string,
  element: string | undefined,
  size: number | undefined,
  report: Reporter,
): number | undefined | null {
  if (size === undefined && element === undefined) return undefined;
  const number = element !== undefined && /^\d+$/.test(element) ? Number(element) : Number.NaN;
  if (size !== undefined && number < size) return number;
  report('element-needed', { name, size, given: element });
  return null;
}

/** The port that a stimulus names, of that signal; undefined after a report. */
export function findPort(
  model: CheckedModel,
  text: string,
  signal: 'spike' | 'continuous',
  sizeOf: PortSize,
  report: Reporter,
): PortAddress | undefined {
  const { name, element } = splitElement(text);
  const known = model.ports.filter((port) => port.signal === signal);
  const port = known.find((candidate) => candidate.name === name);
  if (port === undefined) {
    const names = known.map((candidate) => candidate.name);
    report('unknown-port', {
      name,
      kind: signal,
      model: model.name,
      suggestion: closestName(name, names),
      known: names,
    });
    return undefined;
  }
  const index = checkElement(name, element, sizeOf(port), report);
  if (index === null) return undefined;
  return index === undefined ? { port } : { port, element: index };
}

/** Currents on the grid: from a to b acts on the steps that begin at a ≤ t < b. */
export function resolveCurrents(
  model: CheckedModel,
  request: SimulationRequest,
  grid: TimeGrid,
  sizeOf: PortSize,
  report: Reporter,
): ResolvedRun['currents'] {
  return (request.currents ?? []).flatMap((stimulus) => {
    const address = findPort(model, stimulus.port, 'continuous', sizeOf, report);
    if (address === undefined) return [];
    const quantity = readQuantity(
      stimulus.amplitude,
      `the current into \`${address.port.name}\``,
      '300 pA',
      report,
    );
    if (quantity === undefined) return [];
    const { type, name } = address.port;
    const value = fitQuantity(quantity, type.kind === 'quantity' ? type.unit : dimensionless, name, report);
    const firstStep = grid.place(stimulus.from ?? 0, `the current into \`${name}\` from`);
    const lastStep =
      stimulus.to === undefined ? grid.steps : grid.place(stimulus.to, `the current into \`${name}\` to`);
    if (value === undefined || firstStep === undefined || lastStep === undefined) return [];
    if (!Number.isFinite(value)) {
      report('value-out-of-range', {
        what: `the current into \`${name}\``,
        value: String(stimulus.amplitude),
        rule: 'it must be finite',
      });
      return [];
    }
    if (firstStep < 0 || lastStep <= firstStep) {
      const time = `from ${stimulus.from ?? '0 ms'} to ${stimulus.to ?? request.duration}`;
      const rule = 'a current begins at 0 ms or later and ends after it begins';
      report('time-out-of-range', { what: `the current into \`${name}\``, time, rule });
      return [];
    }
    if (firstStep >= grid.steps) {
      report('stimulus-after-end', {
        what: `the current into \`${name}\``,
        end: formatNs(grid.steps * grid.stepNs),
      });
      return [];
    }
    return [{ ...address, firstStep, endStep: Math.min(lastStep, grid.steps), value }];
  });
}

/** Spikes on the grid: a spike at time t arrives in the step that ends at t, so t > 0. Spikes after the end get a warning. */
export function resolveSpikes(
  model: CheckedModel,
  request: SimulationRequest,
  grid: TimeGrid,
  sizeOf: PortSize,
  report: Reporter,
): ResolvedRun['spikes'] {
  return (request.spikes ?? []).flatMap((stimulus) => {
    const address = findPort(model, stimulus.port, 'spike', sizeOf, report);
    if (address === undefined || !hasFiniteWeight(stimulus, report)) return [];
    const weight = stimulus.weight ?? 1;
    const found = stimulus.times.flatMap((time) => {
      const border = grid.place(time, `the spike at \`${stimulus.port}\` at`);
      if (border === undefined) return [];
      if (border < 1) {
        const rule = `the first spike can arrive at the end of the first step`;
        report('time-out-of-range', {
          what: `the spike at \`${stimulus.port}\` at`,
          time: String(time),
          rule,
        });
        return [];
      }
      return [{ ...address, step: border - 1, weight }];
    });
    const inside = found.filter(({ step }) => step < grid.steps);
    if (inside.length < found.length) {
      const count = found.length - inside.length;
      const what = `${count} ${count === 1 ? 'spike' : 'spikes'} at \`${stimulus.port}\``;
      report('stimulus-after-end', { what, end: formatNs(grid.steps * grid.stepNs) });
    }
    return inside;
  });
}

/** Poisson inputs with rates in 1/ms. */
export function resolvePoisson(
  model: CheckedModel,
  request: SimulationRequest,
  sizeOf: PortSize,
  report: Reporter,
): ResolvedRun['poisson'] {
  return (request.poisson ?? []).flatMap((stimulus) => {
    const address = findPort(model, stimulus.port, 'spike', sizeOf, report);
    const what = `the rate at \`${stimulus.port}\``;
    const quantity = readQuantity(stimulus.rate, what, '8000 Hz', report);
    if (address === undefined || quantity === undefined || !hasFiniteWeight(stimulus, report)) return [];
    const rate = fitQuantity(quantity, knownUnit('Hz'), what, report);
    if (rate === undefined) return [];
    if (!(rate >= 0 && Number.isFinite(rate))) {
      report('value-out-of-range', {
        what,
        value: String(stimulus.rate),
        rule: 'a rate is finite and not negative',
      });
      return [];
    }
    return [{ ...address, rate, weight: stimulus.weight ?? 1 }];
  });
}

function hasFiniteWeight(stimulus: Pick<SpikeStimulus, 'port' | 'weight'>, report: Reporter): boolean {
  if (Number.isFinite(stimulus.weight ?? 1)) return true;
  const value = String(stimulus.weight);
  report('value-out-of-range', {
    what: `the weight at \`${stimulus.port}\``,
    value,
    rule: 'a weight is a finite number',
  });
  return false;
}
