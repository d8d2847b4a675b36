import { unreachable } from '@nestml/diagnostics';
import type { BitNode } from '@nestml/dynamics';
import type { Lanes, Real } from '../ssa/lanes.ts';
import type { Value } from '../ssa/value.ts';

const TWO_TO_32 = 2 ** 32;

/** A bit operation on the numbers modulo 2^32, lane by lane: shift counts differ between lanes. */
export function emitBit(lanes: Lanes, left: Real, operator: BitNode['operator'], right: Real): Real {
  const { builder } = lanes;
  const [a, b] = [modulo(lanes, left), modulo(lanes, right)];
  return perLane(lanes, (lane) =>
    builder.operation('i32', operationOf(operator), [word(lanes, a, lane), word(lanes, b, lane)]),
  );
}

/** All 32 bits inverted. */
export function emitBitNot(lanes: Lanes, operand: Real): Real {
  const { builder } = lanes;
  const a = modulo(lanes, operand);
  return perLane(lanes, (lane) =>
    builder.operation('i32', 'i32.xor', [word(lanes, a, lane), builder.i32(-1)]),
  );
}

function operationOf(operator: BitNode['operator']) {
  switch (operator) {
    case '&':
      return 'i32.and';
    case '|':
      return 'i32.or';
    case '^':
      return 'i32.xor';
    case '<<':
      return 'i32.shl';
    case '>>':
      return 'i32.shr_s';
    default:
      return unreachable(operator);
  }
}

/** The whole part modulo 2^32; what is not finite becomes NaN, which counts as 0. */
function modulo({ sub, mul, floor, trunc, constant }: Lanes, operand: Real): Real {
  const whole = trunc(operand);
  const multiple = floor(mul(whole, constant(1 / TWO_TO_32)));
  return sub(whole, mul(multiple, constant(TWO_TO_32)));
}

function word(lanes: Lanes, real: Real, lane: number): Value<'i32'> {
  return lanes.builder.operation('i32', 'i32.trunc_sat_f64_u', [lanes.lane(real, lane)]);
}

function perLane(lanes: Lanes, emit: (lane: number) => Value<'i32'>): Real {
  const values = Array.from({ length: lanes.width }, (_, lane) =>
    lanes.builder.operation('f64', 'f64.convert_i32_s', [emit(lane)]),
  );
  return lanes.gather(values);
}
