import { emitLog } from '../math/logarithm.ts';
import { emitCos } from '../math/trigonometric.ts';
import type { Lanes, Real } from '../ssa/lanes.ts';
import type { RandomBlock } from './philox.ts';
import { emitFirstUniform, emitSecondUniform } from './uniform.ts';

/**
 * A normal number with mean 0 and standard deviation 1 from one block: sqrt(−2 ln(1 − u)) cos(2π v).
 * Source: Box and Muller (1958), Annals of Mathematical Statistics 29:610.
 */
export function emitNormal(lanes: Lanes, block: RandomBlock): Real {
  const { sub, mul, constant } = lanes;
  const complement = sub(constant(1), emitFirstUniform(lanes, block));
  const radius = lanes.sqrt(mul(constant(-2), emitLog(lanes, complement)));
  return mul(radius, emitCos(lanes, mul(constant(2 * Math.PI), emitSecondUniform(lanes, block))));
}
