/** Nanoseconds in a millisecond. */
export const NS_PER_MS = 1_000_000;

/** The one clock of a run (rule D3): whole steps of whole nanoseconds, never a sum of floating-point times. */
export interface Clock {
  readonly stepNs: number;
  /** Number n of the step (n·h, (n+1)·h] that is being made, from 0; −1 before the first. */
  step: number;
  /** Number of steps that are made at once, the last of which is `step`: the interval between two events of a synapse. Undefined is 1. */
  length?: number;
}

/** n steps in ms: the double nearest to n·h as long as n·h is below 2^53 ns. */
export function stepsToMs(stepNs: number, steps: number): number {
  return (steps * stepNs) / NS_PER_MS;
}

/** The end of the present step in ms, which is `t` in a neuron (rule D15). */
export function endOfStep(clock: Clock): number {
  return stepsToMs(clock.stepNs, clock.step + 1);
}

/** The start of the present step in ms, or of the first one of several that are made at once. */
export function startOfStep(clock: Clock): number {
  return stepsToMs(clock.stepNs, clock.step + 1 - lengthInSteps(clock));
}

/** The number of steps that are made at once: 1 in a neuron. */
export function lengthInSteps({ length = 1 }: Clock): number {
  return length;
}

/** The length in ms of what is made at once, which is `timestep()`. */
export function lengthInMs(clock: Clock): number {
  return stepsToMs(clock.stepNs, lengthInSteps(clock));
}

/** A time in ms as whole nanoseconds. */
export function roundToNs(ms: number): number {
  return Math.round(ms * NS_PER_MS);
}
