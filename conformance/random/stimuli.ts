import type { SimulationRequest } from '@nestml/workbench';
import type { Draft, DraftPort } from './draft.ts';
import { digits, setting } from './quantities.ts';

/** All of a request but what is recorded. */
export type Stimulation = Omit<SimulationRequest, 'record'>;

const resolutions = [0.01, 0.02, 0.05, 0.1, 0.1, 0.1, 0.2, 0.25, 0.5, 1];

/** Currents, spikes, Poisson input and settings for a model. */
export function createStimulation(draft: Draft): Stimulation {
  const { choose, ports } = draft;
  const resolution = choose.pick(resolutions);
  const steps = Math.round(Math.min(50 / resolution, choose.between(80, 220)));
  const duration = Number((steps * resolution).toPrecision(10));
  const onGrid = (time: number): number =>
    Number((Math.min(steps, Math.max(1, Math.round(time / resolution))) * resolution).toPrecision(10));
  const timing: Timing = { duration, onGrid };
  const spikePorts = ports.filter(({ kind }) => kind !== 'continuous');
  return {
    duration,
    resolution,
    currents: ports
      .filter(({ kind }) => kind === 'continuous')
      .flatMap((port) => currentsOf(draft, port, timing)),
    spikes: spikePorts.flatMap((port) => spikesOf(draft, port, timing)),
    poisson: spikePorts.flatMap((port) => poissonOf(draft, port)),
    set: settingsOf(draft),
    seed: choose.below(1_000_000),
  };
}

interface Timing {
  readonly duration: number;
  /** The nearest end of a step. */
  readonly onGrid: (time: number) => number;
}

function currentsOf(
  { choose, features }: Draft,
  { name, scale }: DraftPort,
  { duration, onGrid }: Timing,
): NonNullable<Stimulation['currents']> {
  return Array.from({ length: choose.below(4) }, () => {
    features.add('current');
    const from = onGrid(choose.between(0, duration * 0.7));
    const to = onGrid(from + choose.between(0.1, 0.7) * duration);
    const amplitude = setting(choose, scale * choose.between(-0.3, 1), 'pA');
    return { port: name, amplitude, from, ...(to > from ? { to } : {}) };
  });
}

function namesOf({ name, size }: DraftPort): readonly string[] {
  return size === undefined ? [name] : Array.from({ length: size }, (_, index) => `${name}[${index}]`);
}

function weightOf({ choose, features }: Draft, { kind, scale }: DraftPort): number {
  const weight = Number(digits(scale * choose.between(0.2, 1.6)));
  if (kind !== 'signed' || choose.chance(0.6)) return weight;
  features.add('negative weight');
  return -weight;
}

function spikesOf(
  draft: Draft,
  port: DraftPort,
  { duration, onGrid }: Timing,
): NonNullable<Stimulation['spikes']> {
  const { choose, features } = draft;
  return namesOf(port).flatMap((name) =>
    Array.from({ length: choose.below(4) }, () => {
      const times = Array.from({ length: 1 + choose.below(12) }, () => onGrid(choose.between(0, duration)));
      if (choose.chance(0.3)) times.push(times[0]!, times[0]!);
      if (new Set(times).size < times.length) features.add('spikes in one step');
      return {
        port: name,
        times: times.toSorted((one, other) => one - other),
        weight: weightOf(draft, port),
      };
    }),
  );
}

function poissonOf(draft: Draft, port: DraftPort): NonNullable<Stimulation['poisson']> {
  const { choose, features } = draft;
  return choose.some(namesOf(port), 0.2).map((name) => {
    features.add('Poisson input');
    return { port: name, rate: choose.pick([80, 300, '0.5 kHz', 20_000]), weight: weightOf(draft, port) / 4 };
  });
}

function settingsOf(draft: Draft): NonNullable<Stimulation['set']> {
  const { choose, features, settable } = draft;
  const chosen = choose.some(settable, 0.08);
  const vectors = choose.some(draft.vectorSettings, 0.4).map(([name, value, feature]) => {
    features.add(feature);
    return [name, value] as const;
  });
  return Object.fromEntries([
    ...vectors,
    ...chosen.map(({ name, value, unit, isParameter }) => {
      features.add(isParameter ? 'parameter set' : 'initial value set');
      return [name, setting(choose, value * choose.between(0.85, 1.15), unit)] as const;
    }),
  ]);
}
