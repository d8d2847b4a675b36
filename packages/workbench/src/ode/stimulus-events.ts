import type { OdeStimulus, OdeSymbol } from '@nestml/compiler';

/** Spikes at one time: how many reach each variable. */
export interface StimulusEvent {
  readonly time: number;
  readonly targets: ReadonlyMap<OdeSymbol, number>;
}

/** ODE-toolbox has the same seed, but another generator. */
const SEED = 123;

/** All events in 0 ≤ t < duration, in order of time; every target of a Poisson stimulus gets spikes of its own. */
export function eventsOf(stimuli: readonly OdeStimulus[], duration: number): readonly StimulusEvent[] {
  const draw = createDraw(SEED);
  const events = new Map<number, Map<OdeSymbol, number>>();
  for (const stimulus of stimuli) {
    for (const target of new Set(stimulus.targets)) {
      for (const time of timesOf(stimulus, duration, draw)) {
        const targets = events.get(time) ?? new Map<OdeSymbol, number>();
        targets.set(target, (targets.get(target) ?? 0) + 1);
        events.set(time, targets);
      }
    }
  }
  return [...events].map(([time, targets]) => ({ time, targets })).toSorted((a, b) => a.time - b.time);
}

function timesOf(stimulus: OdeStimulus, duration: number, draw: () => number): readonly number[] {
  switch (stimulus.kind) {
    case 'list':
      return stimulus.times.filter((time) => time < duration);
    case 'regular': {
      const count = Math.ceil(duration * stimulus.rate) - 1;
      return Array.from({ length: Math.max(count, 0) }, (_, i) => (i + 1) / stimulus.rate);
    }
    case 'poisson': {
      const times: number[] = [];
      for (let time = gap(stimulus.rate, draw); time < duration; time += gap(stimulus.rate, draw)) {
        times.push(time);
      }
      return times;
    }
    default:
      return stimulus satisfies never;
  }
}

/** Exponentially distributed. */
function gap(rate: number, draw: () => number): number {
  return -Math.log(draw()) / rate;
}

/**
 * Uniform numbers in (0, 1): the multiplicative congruential generator with the multiplier 48271 modulo 2³¹ − 1, good enough for a
 * stimulus. Source: Park, Miller and Stockmeyer (1993), Communications of the ACM 36(7):105–110.
 */
function createDraw(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
