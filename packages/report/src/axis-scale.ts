import { scaleLinear } from 'd3-scale';
import type { Domain } from './figure.ts';
import { labelTicks } from './tick-labels.ts';

/** A linear axis with its ticks; labels are written with the ASCII minus sign. */
export interface AxisScale {
  readonly domain: Domain;
  readonly ticks: readonly Tick[];
  /** A tick is at label · 10^exponent + offset; both are 0 for ordinary magnitudes. */
  readonly exponent: number;
  readonly offset: number;
  /** Position of a value, 0 at the low and 1 at the high end; outside that range for values outside the domain. */
  readonly share: (value: number) => number;
}

export interface Tick {
  readonly value: number;
  readonly share: number;
  readonly label: string;
}

/** An axis over exactly `domain`, with about `count` ticks at round numbers, at least two. */
export function axisScale(domain: Domain, count: number): AxisScale {
  const [low, high] = domain;
  const share = scaleLinear([low, high], [0, 1]);
  const values = roundValues(domain, count);
  const { labels, exponent, offset } = labelTicks(values);
  const ticks = values.map((value, i) => ({ value, share: share(value), label: labels[i] ?? '' }));
  return { domain, ticks, exponent, offset, share: (value) => share(value) };
}

/** The axis of a panel without data: no ticks, since any would be invented. */
export const EMPTY_SCALE: AxisScale = { domain: [0, 1], ticks: [], exponent: 0, offset: 0, share: () => 0 };

/**
 * As `axisScale`, with the domain extended to the next round numbers, so that both ends are ticks. Of more ticks than
 * have `most` places only every second, third … remains, both ends among them where that leaves more than two.
 */
export function roundAxisScale(domain: Domain, count: number, most: number): AxisScale {
  const [low, high] = scaleLinear().domain(domain).nice(count).domain();
  const scale = axisScale([low ?? domain[0], high ?? domain[1]], count);
  const gaps = scale.ticks.length - 1;
  const least = Math.max(1, Math.ceil(gaps / Math.max(1, most - 1)));
  let every = least;
  while (every < gaps / 2 && gaps % every !== 0) every++;
  if (gaps % every !== 0) every = least;
  return { ...scale, ticks: scale.ticks.filter((_tick, i) => i % every === 0) };
}

function roundValues(domain: Domain, count: number): number[] {
  const scale = scaleLinear().domain(domain);
  for (let wanted = Math.max(2, count); wanted < count + 10; wanted++) {
    const values = scale.ticks(wanted);
    if (values.length >= 2) return values;
  }
  return [...domain];
}
