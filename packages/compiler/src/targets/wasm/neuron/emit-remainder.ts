import { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Lanes, Real } from '../ssa/lanes.ts';
import type { FunctionReference, SsaFunction } from '../ssa/ssa-function.ts';

const REMAINDER: FunctionReference = Object.freeze({
  name: 'neuron.remainder',
  parameters: ['f64', 'f64'],
  results: ['f64'],
} as const);

/** The exact remainder of left / right, with the sign of left; NaN for a divisor 0 or a dividend that is not finite. */
export function emitRemainder(lanes: Lanes, left: Real, right: Real): Real {
  const values = Array.from({ length: lanes.width }, (_, lane) =>
    lanes.builder.callPure('f64', REMAINDER, [lanes.lane(left, lane), lanes.lane(right, lane)]),
  );
  return lanes.gather(values);
}

/**
 * The function behind `emitRemainder`: long division in binary. The divisor is doubled up to the dividend and subtracted on the way
 * back; both are exact.
 */
export function defineRemainder(): SsaFunction {
  const builder = new FunctionBuilder(REMAINDER.name, REMAINDER);
  const [dividend, divisor] = [builder.parameter(0, 'f64'), builder.parameter(1, 'f64')];
  const size = builder.operation('f64', 'f64.abs', [divisor]);
  const rest = builder.variable(builder.operation('f64', 'f64.abs', [dividend]));
  const multiple = builder.variable(size);
  const doubled = () => builder.operation('f64', 'f64.add', [builder.read(multiple), builder.read(multiple)]);
  const isRegular = builder.operation('i32', 'i32.and', [
    builder.operation('i32', 'f64.gt', [size, builder.f64(0)]),
    builder.operation('i32', 'f64.lt', [builder.read(rest), builder.f64(Number.POSITIVE_INFINITY)]),
  ]);
  builder.branch(
    isRegular,
    () => {
      builder.loop(() => {
        const isBelow = builder.operation('i32', 'f64.le', [doubled(), builder.read(rest)]);
        builder.branch(isBelow, () => builder.write(multiple, doubled()));
        return isBelow;
      });
      builder.loop(() => {
        const present = builder.read(multiple);
        const fits = builder.operation('i32', 'f64.ge', [builder.read(rest), present]);
        builder.branch(fits, () => {
          builder.write(rest, builder.operation('f64', 'f64.sub', [builder.read(rest), present]));
        });
        builder.write(multiple, builder.operation('f64', 'f64.mul', [present, builder.f64(0.5)]));
        return builder.operation('i32', 'f64.gt', [present, size]);
      });
    },
    () => builder.write(rest, builder.f64(Number.NaN)),
  );
  return builder.finish(builder.operation('f64', 'f64.copysign', [builder.read(rest), dividend]));
}
