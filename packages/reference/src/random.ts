import type { Clock } from './clock.ts';
import { philox4x32, type Words2, type Words4 } from './philox.ts';
import { poissonFromBlocks } from './poisson.ts';
import { lowHighWords } from './random-key.ts';
import { firstUniform, secondUniform } from './uniform.ts';

/** Random numbers by place of use: the same call in the same step gives the same number in every run (rule D14). */
export interface RandomSource {
  /** Uniform in [0, 1). */
  readonly uniform: (callSite: number) => number;
  /** Normal with mean 0 and standard deviation 1. */
  readonly normal: (callSite: number) => number;
  /** Poisson with mean `lambda` ≥ 0, finite. */
  readonly poisson: (callSite: number, lambda: number) => number;
}

/** Random numbers under one key. Each call site counts the blocks that it took in the present step of the clock, from 0. */
export function createRandomSource(key: Words2, clock: Pick<Clock, 'step'>): RandomSource {
  let countedStep = clock.step;
  const blocksTaken = new Map<number, number>();
  const nextBlock = (callSite: number): Words4 => {
    if (clock.step !== countedStep) {
      blocksTaken.clear();
      countedStep = clock.step;
    }
    const draw = blocksTaken.get(callSite) ?? 0;
    blocksTaken.set(callSite, draw + 1);
    return philox4x32([draw, callSite, ...lowHighWords(clock.step)], key);
  };
  return {
    uniform: (callSite) => firstUniform(nextBlock(callSite)),
    normal: (callSite) => normalFromBlock(nextBlock(callSite)),
    poisson: (callSite, lambda) => poissonFromBlocks(lambda, () => nextBlock(callSite)),
  };
}

/** Box–Muller transform, cosine branch. Source: Box and Muller (1958), Annals of Mathematical Statistics 29:610. */
export function normalFromBlock(block: Words4): number {
  const radius = Math.sqrt(-2 * Math.log(1 - firstUniform(block)));
  return radius * Math.cos(2 * Math.PI * secondUniform(block));
}
