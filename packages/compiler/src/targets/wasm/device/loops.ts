import type { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Value } from '../ssa/value.ts';

/** Runs the body for 0, `stride`, 2 · `stride`, … below `end` (signed), not at all if there is none. */
export function count(
  builder: FunctionBuilder,
  end: Value<'i32'>,
  body: (index: Value<'i32'>) => void,
  stride = 1,
): void {
  const index = builder.variable(builder.i32(0));
  builder.branch(builder.operation('i32', 'i32.gt_s', [end, builder.i32(0)]), () => {
    builder.loop(() => {
      const present = builder.read(index);
      body(present);
      const next = builder.operation('i32', 'i32.add', [present, builder.i32(stride)]);
      builder.write(index, next);
      return builder.operation('i32', 'i32.lt_s', [next, end]);
    });
  });
}
