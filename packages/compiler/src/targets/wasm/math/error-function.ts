import type { Lanes, Real } from '../ssa/lanes.ts';
import { fastTwoSum, twoProduct, twoSum } from './double-double.ts';
import { ERF_SMALL, ERFC_CENTRE, ERFC_SCALED, ERFC_SCALED_LOW } from './error-function.table.ts';
import { emitProductWithExp } from './exponential.ts';
import { horner } from './polynomial.ts';
import { withSignOf } from './sign.ts';

/** The largest argument whose erfc is a normal number. */
const ERFC_LARGEST = 26.54325845425098;
/** Below it erfc is computed from erf. */
const ERFC_SMALL = 0.5;

/** erf x − x for |x| ≤ 1. */
function smallErfRest(lanes: Lanes, x: Real): Real {
  return lanes.mul(x, horner(lanes, ERF_SMALL, lanes.mul(x, x)));
}

/** erfc x for x ≥ 0.49 by e^(−x²) g((x − k)/(x + k))/(1 + 2x); larger x count as 26.54, below 0.49 without meaning. */
function erfcTail(lanes: Lanes, x: Real): Real {
  const { add, sub, mul, div, neg, constant } = lanes;
  const clamped = lanes.lesser(x, constant(ERFC_LARGEST));
  const centre = constant(ERFC_CENTRE);
  const t = div(sub(clamped, centre), add(clamped, centre));
  const [leading, ...tail] = ERFC_SCALED;
  const variable = add(mul(t, horner(lanes, tail, t)), constant(ERFC_SCALED_LOW));
  const numerator = fastTwoSum(lanes, constant(leading), variable);
  const denominator = twoSum(lanes, constant(1), mul(constant(2), clamped));
  const quotient = div(numerator.high, denominator.high);
  const back = twoProduct(lanes, quotient, denominator.high);
  const remainder = sub(sub(numerator.high, back.high), back.low);
  const lost = sub(add(numerator.low, remainder), mul(quotient, denominator.low));
  const square = twoProduct(lanes, clamped, clamped);
  // quotient + ε = quotient e^(ε/quotient) up to ε², so the exponential takes up what rounding took.
  const low = sub(div(lost, numerator.high), square.low);
  return emitProductWithExp(lanes, quotient, { high: neg(square.high), low });
}

/** The error function; −0 stays. */
export function emitErf(lanes: Lanes, x: Real): Real {
  const { constant, sub, add, abs } = lanes;
  const size = abs(x);
  const small = add(size, smallErfRest(lanes, size));
  const large = sub(constant(1), erfcTail(lanes, size));
  return withSignOf(lanes, lanes.select(lanes.le(size, constant(1)), small, large), x);
}

/** The complementary error function 1 − erf x, accurate for large x; results below 2^−1022 are 0. */
export function emitErfc(lanes: Lanes, x: Real): Real {
  const { constant, sub, abs, select } = lanes;
  const size = abs(x);
  const tail = erfcTail(lanes, size);
  const isZero = lanes.gt(size, constant(ERFC_LARGEST));
  const large = select(isZero, constant(0), tail);
  const twoSided = select(lanes.lt(x, constant(0)), sub(constant(2), large), large);
  const half = constant(0.5);
  const small = sub(half, lanes.add(sub(x, half), smallErfRest(lanes, x)));
  return select(lanes.lt(size, constant(ERFC_SMALL)), small, twoSided);
}
