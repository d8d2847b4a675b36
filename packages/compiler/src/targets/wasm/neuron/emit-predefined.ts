import { InternalError, unreachable } from '@nestml/diagnostics';
import type { MathFunction } from '@nestml/dynamics';
import { emitExp, emitExprelr } from '../math/exponential.ts';
import { type MathName, mathReference } from '../math/math-functions.ts';
import { withSignOf } from '../math/sign.ts';
import { realType } from '../ssa/create-lanes.ts';
import type { Lanes, Real } from '../ssa/lanes.ts';

/**
 * A predefined function; `exp` and `exprelr` in place, the longer ones by a call. In right-hand sides the sign of a zero that `min` and `max` give is
 * open, which makes them shorter: stages wait for them.
 */
export function emitPredefined(
  lanes: Lanes,
  name: MathFunction,
  values: readonly Real[],
  isRightHandSide = false,
): Real {
  const at = (index: number): Real => {
    const value = values[index];
    if (value === undefined) throw new InternalError(`${name} needs an argument ${index}`);
    return value;
  };
  const unlessNaN = (b: Real, chosen: Real): Real => lanes.select(lanes.eq(b, b), chosen, b);
  const minimum = isRightHandSide ? (a: Real, b: Real) => unlessNaN(b, lanes.lesser(a, b)) : lanes.minimum;
  const maximum = isRightHandSide ? (a: Real, b: Real) => unlessNaN(b, lanes.greater(a, b)) : lanes.maximum;
  switch (name) {
    case 'exp':
      return emitExp(lanes, at(0));
    case 'exprelr':
      return emitExprelr(lanes, at(0));
    case 'ln':
      return callMath(lanes, 'log', at(0));
    case 'log10':
    case 'sin':
    case 'cos':
    case 'tan':
    case 'sinh':
    case 'cosh':
    case 'tanh':
    case 'erf':
    case 'erfc':
    case 'expm1':
      return callMath(lanes, name, at(0));
    case 'min':
      return minimum(at(0), at(1));
    case 'max':
      return maximum(at(0), at(1));
    case 'clip':
      return minimum(maximum(at(0), at(1)), at(2));
    case 'abs':
      return lanes.abs(at(0));
    case 'ceil':
      return lanes.ceil(at(0));
    case 'floor':
      return lanes.floor(at(0));
    case 'round':
      return emitRound(lanes, at(0));
    default:
      return unreachable(name);
  }
}

/** A function of the module's library. */
export function callMath(lanes: Lanes, name: MathName, ...values: readonly Real[]): Real {
  const { builder, flavour } = lanes;
  const operands = values.map(({ value }) => value);
  return lanes.asReal(builder.callPure(realType(flavour), mathReference(name, flavour), operands));
}

/** Halves away from zero. The fraction is compared, since x + 0.5 may round up. */
function emitRound(lanes: Lanes, x: Real): Real {
  const whole = lanes.trunc(x);
  const isHalf = lanes.ge(lanes.abs(lanes.sub(x, whole)), lanes.constant(0.5));
  return lanes.add(whole, lanes.keep(isHalf, withSignOf(lanes, lanes.constant(1), x)));
}

/** base to the power of the exponent; small whole constants by multiplication, within 1 ulp per factor. */
export function emitPower(
  lanes: Lanes,
  base: Real,
  constant: number | undefined,
  exponent: () => Real,
): Real {
  const square = () => lanes.mul(base, base);
  switch (constant) {
    case 2:
      return square();
    case 3:
      return lanes.mul(square(), base);
    case 4:
      return lanes.mul(square(), square());
    default:
      return callMath(lanes, 'pow', base, exponent());
  }
}
