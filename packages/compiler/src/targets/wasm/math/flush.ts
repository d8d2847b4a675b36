import type { Lanes, Real } from '../ssa/lanes.ts';

/** Far below any state of a model in canonical units, far above the subnormal numbers. */
const FLUSH_OFFSET = 1e-30;

/**
 * (x + 1e-30) − 1e-30: keeps a decaying state out of the subnormal numbers, which slow down some processors tenfold and
 * which WebAssembly cannot flush. Results are multiples of 2^−153 (8.8e-47) where |x| < 1e-30, so |x| below 4.4e-47
 * becomes 0, and the absolute error is at most 4.4e-47 there; elsewhere the relative error is at most 2^−52, and none
 * from 1e-13 on. Apply it to states that decay towards 0 and to nothing else.
 */
export function emitFlush(lanes: Lanes, x: Real): Real {
  const offset = lanes.constant(FLUSH_OFFSET);
  return lanes.sub(lanes.add(x, offset), offset);
}
