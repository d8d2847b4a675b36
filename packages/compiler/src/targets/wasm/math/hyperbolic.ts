import type { Lanes, Real } from '../ssa/lanes.ts';
import { twoSum } from './double-double.ts';
import { emitQuarterExpm1 } from './exponential.ts';
import { keepTiny, withSignOf } from './sign.ts';

/** From here on tanh rounds to 1. */
const TANH_SATURATION = 22;

/** sinh x = 2q + 2q/(4q + 1) with q = (e^|x| − 1)/4; infinity beyond ±710.4758; −0 stays. */
export function emitSinh(lanes: Lanes, x: Real): Real {
  const { add, mul, div, constant } = lanes;
  const { high, low } = emitQuarterExpm1(lanes, lanes.abs(x));
  const double = mul(constant(2), high);
  const second = mul(constant(2), div(high, add(mul(constant(4), high), constant(1))));
  const result = add(double, add(mul(constant(2), low), second));
  return keepTiny(lanes, x, withSignOf(lanes, result, x));
}

/** cosh x = 2p + 1/(8p) with p = e^|x|/4; infinity beyond ±710.4758. */
export function emitCosh(lanes: Lanes, x: Real): Real {
  const { add, mul, div, constant } = lanes;
  const { high, low } = emitQuarterExpm1(lanes, lanes.abs(x));
  const p = twoSum(lanes, high, constant(0.25));
  const second = div(constant(0.125), p.high);
  return add(mul(constant(2), p.high), add(mul(constant(2), add(p.low, low)), second));
}

/** tanh x = q/(q + 1/2) with q = (e^(2|x|) − 1)/4; −0 stays. */
export function emitTanh(lanes: Lanes, x: Real): Real {
  const { add, sub, mul, div, constant } = lanes;
  const clamped = lanes.lesser(lanes.abs(x), constant(TANH_SATURATION));
  const { high, low } = emitQuarterExpm1(lanes, mul(constant(2), clamped));
  const denominator = twoSum(lanes, high, constant(0.5));
  const quotient = div(high, denominator.high);
  // First-order correction for what rounding took from numerator and denominator.
  const lost = sub(low, mul(quotient, add(denominator.low, low)));
  const result = add(quotient, div(lost, denominator.high));
  return keepTiny(lanes, x, withSignOf(lanes, result, x));
}
