import type { PortSymbol } from '@nestml/language';
import type { ResolvedRun } from '../simulation/request.ts';
import { formatNs, roundedMs } from '../simulation/time-grid.ts';
import { toDeclared, unitOf } from '../simulation/values.ts';

/** What a port received in a run, in words: `2 spikes of weight 800 at 85 and 90 ms`; empty for nothing. */
export function stimulusText(port: PortSymbol, run: ResolvedRun): string {
  return [...currentTexts(port, run), ...spikeTexts(port, run), ...poissonTexts(port, run)].join('; ');
}

/** An element of a vector port is named in front. */
function addressed(port: PortSymbol, element: number | undefined, text: string): string {
  return element === undefined ? text : `${port.name}[${element}]: ${text}`;
}

function shownNumber(value: number): number {
  return Number(value.toPrecision(12));
}

function currentTexts(port: PortSymbol, run: ResolvedRun): readonly string[] {
  const unit = unitOf(port.type)?.text;
  return run.currents
    .filter((current) => current.port === port)
    .map(({ value, element, firstStep, endStep }) => {
      const amount = `${shownNumber(toDeclared(value, port.type))}${unit === undefined ? '' : ` ${unit}`}`;
      const [from, to] = [formatNs(firstStep * run.stepNs), formatNs(endStep * run.stepNs)];
      return addressed(port, element, `${amount} from ${from} to ${to}`);
    });
}

/** Of more spikes, only the first and the last time is said. */
const MOST_TIMES = 8;

/** Spikes of the same element and weight together. */
function spikeTexts(port: PortSymbol, run: ResolvedRun): readonly string[] {
  const groups = new Map<string, { element: number | undefined; weight: number; times: number[] }>();
  for (const { port: target, element, weight, step } of run.spikes) {
    if (target !== port) continue;
    const key = `${element} ${weight}`;
    const group = groups.get(key) ?? { element, weight, times: [] };
    group.times.push(roundedMs((step + 1) * run.stepNs));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ element, weight, times }) => {
    const count = `${times.length} ${times.length === 1 ? 'spike' : 'spikes'} of weight ${weight}`;
    return addressed(port, element, `${count} ${timesText([...times].sort((a, b) => a - b))}`);
  });
}

function timesText(times: readonly number[]): string {
  const last = times.at(-1);
  if (times.length > MOST_TIMES) return `from ${times[0]} to ${last} ms`;
  if (times.length === 1) return `at ${last} ms`;
  return `at ${times.slice(0, -1).join(', ')} and ${last} ms`;
}

function poissonTexts(port: PortSymbol, run: ResolvedRun): readonly string[] {
  return run.poisson
    .filter((input) => input.port === port)
    .map(({ rate, weight, element }) =>
      addressed(port, element, `Poisson spikes at ${shownNumber(rate * 1000)} Hz, weight ${weight}`),
    );
}
