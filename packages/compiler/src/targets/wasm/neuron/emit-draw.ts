import { InternalError, unreachable } from '@nestml/diagnostics';
import type { DrawNode } from '@nestml/dynamics';
import { emitNormal } from '../random/normal.ts';
import { type Counter, emitPhilox, type Key } from '../random/philox.ts';
import { emitPoisson } from '../random/poisson.ts';
import { emitFirstUniform } from '../random/uniform.ts';
import type { Bits, Real } from '../ssa/lanes.ts';
import { failWhere } from './emit-failure.ts';
import { activeWhere, type Frame, type Scope } from './frame.ts';

const LOW_WORD = 0xffff_ffffn;
const WORD_BITS = 32;

/** A random number of the active lanes by rule D14; only they count a draw. */
export function emitDraw({ name, callSite }: DrawNode, values: readonly Real[], scope: Scope): Real {
  const { frame } = scope;
  const { lanes } = frame;
  const [first = lanes.constant(0), second = lanes.constant(1)] = values;
  const cell = drawCell(frame, callSite);
  const taken = lanes.bitsOf(frame.cells.read(cell));
  const counter: Counter = [taken, lanes.integer(BigInt(callSite)), ...stepWords(frame)];
  const key = keyOf(frame);
  const advance = (next: Bits): void => {
    const counted = scope.mask === undefined ? next : lanes.selectBits(scope.mask, next, taken);
    frame.cells.write(cell, lanes.realOf(counted));
  };
  switch (name) {
    case 'random_uniform':
      advance(lanes.addBits(taken, lanes.integer(1n)));
      return lanes.add(first, lanes.mul(second, emitFirstUniform(lanes, emitPhilox(lanes, counter, key))));
    case 'random_normal':
      advance(lanes.addBits(taken, lanes.integer(1n)));
      return lanes.add(first, lanes.mul(second, emitNormal(lanes, emitPhilox(lanes, counter, key))));
    case 'random_poisson': {
      const isMean = lanes.and(
        lanes.ge(first, lanes.constant(0)),
        lanes.lt(first, lanes.constant(Number.POSITIVE_INFINITY)),
      );
      failWhere(scope, lanes.not(isMean), 'random', scope.place, first);
      const mean = lanes.keep(activeWhere(scope, isMean), first);
      const { value, nextDraw } = emitPoisson(lanes, mean, counter, key);
      advance(nextDraw);
      return value;
    }
    default:
      return unreachable(name);
  }
}

function drawCell({ setting }: Frame, callSite: number): number {
  const cell = setting.extras.draws.get(callSite);
  if (cell === undefined) throw new InternalError(`no counter for the random call ${callSite}`);
  return cell;
}

/** Low and high word of the number of the step, two's complement. */
function stepWords({ builder, lanes, step }: Frame): readonly [Bits, Bits] {
  const whole = builder.operation('i64', 'i64.trunc_sat_f64_s', [step]);
  const low = builder.operation('i64', 'i64.and', [whole, builder.i64(LOW_WORD)]);
  const high = builder.operation('i64', 'i64.shr_u', [whole, builder.i64(BigInt(WORD_BITS))]);
  return [lanes.splatBits(low), lanes.splatBits(high)];
}

function keyOf({ lanes, cells, setting }: Frame): Key {
  const column = setting.storage.randomKeyColumn;
  if (column === undefined) throw new InternalError('a model that draws has keys');
  const words = lanes.bitsOf(cells.read(column));
  return [lanes.andBits(words, lanes.integer(LOW_WORD)), lanes.shiftRight(words, WORD_BITS)];
}
