import type { SolvedModel } from '@nestml/compiler';
import type { Mode, SystemModes } from './analysis.ts';

/** Steps per time constant from which on a course is well resolved by its recorded values. */
const WELL_RESOLVED = 5;

/** Sentences about the length of a step, for the linear parts whose modes are known. */
export function stepAdvice(
  solved: SolvedModel,
  modes: readonly SystemModes[],
  stepMs: number,
): readonly string[] {
  const fastest = fastestDecay(modes);
  const isExact = solved.variants.every(({ numeric }) => numeric === undefined);
  return [
    ...(fastest === undefined ? [] : [resolution(fastest, stepMs, isExact)]),
    ...oscillations(modes, stepMs),
    ...growth(modes),
  ];
}

interface Decay {
  readonly states: readonly string[];
  readonly timeConstant: number;
}

function fastestDecay(modes: readonly SystemModes[]): Decay | undefined {
  const decays = modes.flatMap(({ states, modes: own }) =>
    own.filter(({ re }) => re < 0).map(({ re }) => ({ states, timeConstant: -1 / re })),
  );
  return decays.sort((a, b) => a.timeConstant - b.timeConstant)[0];
}

function resolution({ states, timeConstant }: Decay, stepMs: number, isExact: boolean): string {
  const times = timeConstant / stepMs;
  const names = states.length > 3 ? `${states.slice(0, 3).join(', ')}, …` : states.join(', ');
  const head = `h = ${stepMs} ms resolves the fastest time constant of the linear parts, ${short(timeConstant)} ms (${names}), ${timesInWords(times)}`;
  if (times >= WELL_RESOLVED) return `${head}.`;
  const exact = isExact
    ? 'The values at the ends of steps are exact at any step; '
    : 'The solution does not suffer; ';
  return `${head}. ${exact}what happens between them is not recorded, and spikes are emitted at ends of steps only: take h ≤ ${short(timeConstant / WELL_RESOLVED)} ms to see it.`;
}

function timesInWords(times: number): string {
  if (times < 1) return 'not even once';
  const whole = Math.floor(times * (1 + 1e-9));
  return whole === 1 ? 'once' : whole === 2 ? 'twice' : `${whole} times`;
}

function oscillations(modes: readonly SystemModes[], stepMs: number): readonly string[] {
  return modes.flatMap(({ states, modes: own }) =>
    own
      .filter(({ im }) => im > 0 && Math.PI / im < stepMs)
      .map(
        (mode) =>
          `${states.join(', ')}: the period of ${short(periodOf(mode))} ms is shorter than two steps; the record shows a slower oscillation that is not there.`,
      ),
  );
}

function growth(modes: readonly SystemModes[]): readonly string[] {
  return modes.flatMap(({ states, modes: own }) =>
    own
      .filter(({ re }) => re > 0)
      .map(
        ({ re }) =>
          `${states.join(', ')}: grows by a factor of e in ${short(1 / re)} ms; without a reset it has no bound.`,
      ),
  );
}

/** 2π/ω in ms. */
export function periodOf({ im }: Mode): number {
  return (2 * Math.PI) / im;
}

/** Four significant digits. */
export function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
