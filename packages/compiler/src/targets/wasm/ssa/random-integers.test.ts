import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantiate } from '../../../../test/wasm-run.ts';
import type { OperationName } from '../encoder/operations.table.ts';
import { createLanes } from './create-lanes.ts';
import { FunctionBuilder } from './function-builder.ts';
import type { Bits, Flavour, Lanes } from './lanes.ts';
import { lowerFunction } from './lower-function.ts';
import type { Value } from './value.ts';

const BITS_MEANING = {
  addBits: (a: bigint, b: bigint) => a + b,
  subBits: (a: bigint, b: bigint) => a - b,
  andBits: (a: bigint, b: bigint) => a & b,
  orBits: (a: bigint, b: bigint) => a | b,
  xorBits: (a: bigint, b: bigint) => a ^ b,
} as const;
type BitsName = keyof typeof BITS_MEANING;

type BitsTree =
  | { readonly kind: 'constant'; readonly value: bigint }
  | { readonly kind: 'input' }
  | { readonly kind: 'shift'; readonly left: boolean; readonly count: number; readonly a: BitsTree }
  | { readonly kind: 'binary'; readonly name: BitsName; readonly a: BitsTree; readonly b: BitsTree }
  | { readonly kind: 'select'; readonly a: BitsTree; readonly b: BitsTree; readonly c: BitsTree };

const int64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const bitsNames = Object.keys(BITS_MEANING) as BitsName[];
const { tree } = fc.letrec((tie: fc.LetrecTypedTie<{ readonly tree: BitsTree }>) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.constant({ kind: 'input' as const }),
    fc.record({ kind: fc.constant('constant' as const), value: int64 }),
    fc.record({
      kind: fc.constant('shift' as const),
      left: fc.boolean(),
      count: fc.nat({ max: 63 }),
      a: tie('tree'),
    }),
    fc.record({
      kind: fc.constant('binary' as const),
      name: fc.constantFrom(...bitsNames),
      a: tie('tree'),
      b: tie('tree'),
    }),
    fc.record({ kind: fc.constant('select' as const), a: tie('tree'), b: tie('tree'), c: tie('tree') }),
  ),
}));

function evaluate(node: BitsTree, input: bigint): bigint {
  const value = (inner: BitsTree): bigint => evaluate(inner, input);
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'input':
      return input;
    case 'shift': {
      const shifted = node.left ? value(node.a) << BigInt(node.count) : value(node.a) >> BigInt(node.count);
      return BigInt.asUintN(64, shifted);
    }
    case 'binary':
      return BigInt.asUintN(64, BITS_MEANING[node.name](value(node.a), value(node.b)));
    case 'select':
      return value(node.a) === value(node.b) ? value(node.b) : value(node.c);
    default:
      return node satisfies never;
  }
}

function emit(lanes: Lanes, node: BitsTree, input: Bits): Bits {
  const value = (inner: BitsTree): Bits => emit(lanes, inner, input);
  switch (node.kind) {
    case 'constant':
      return lanes.integer(node.value);
    case 'input':
      return input;
    case 'shift':
      return (node.left ? lanes.shiftLeft : lanes.shiftRight)(value(node.a), node.count);
    case 'binary':
      return lanes[node.name](value(node.a), value(node.b));
    case 'select': {
      const [a, b] = [value(node.a), value(node.b)];
      return lanes.selectBits(lanes.equalBits(a, b), b, value(node.c));
    }
    default:
      return node satisfies never;
  }
}

function run(flavour: Flavour, node: BitsTree, inputs: readonly [bigint, bigint]): readonly bigint[] {
  const builder = new FunctionBuilder('f', { parameters: ['i64', 'i64'], results: ['i64', 'i64'] });
  const lanes = createLanes(builder, flavour);
  const parameters = [builder.parameter(0, 'i64'), builder.parameter(1, 'i64')];
  const results: Value<'i64'>[] = [];
  if (flavour === 'pair') {
    const result = emit(lanes, node, lanes.gatherBits(parameters));
    results.push(lanes.bitsLane(result, 0), lanes.bitsLane(result, 1));
  } else {
    for (const parameter of parameters)
      results.push(lanes.bitsLane(emit(lanes, node, lanes.asBits(parameter)), 0));
  }
  const returned = instantiate([lowerFunction(builder.finish(...results))], 1).call('f', ...inputs);
  return Array.isArray(returned) ? returned.map((value) => BigInt.asUintN(64, value)) : [];
}

const I32_MEANING: Readonly<Partial<Record<OperationName, (a: number, b: number) => number>>> = {
  'i32.add': (a, b) => (a + b) | 0,
  'i32.sub': (a, b) => (a - b) | 0,
  'i32.mul': Math.imul,
  'i32.and': (a, b) => a & b,
  'i32.or': (a, b) => a | b,
  'i32.xor': (a, b) => a ^ b,
  'i32.shl': (a, b) => a << b,
  'i32.shr_s': (a, b) => a >> b,
  'i32.shr_u': (a, b) => (a >>> b) | 0,
  'i32.lt_s': (a, b) => Number(a < b),
  'i32.lt_u': (a, b) => Number(a >>> 0 < b >>> 0),
  'i32.ge_u': (a, b) => Number(a >>> 0 >= b >>> 0),
};

describe('random integer expressions', () => {
  it.each(['scalar', 'pair'] as const)('of 64 bits give what exact arithmetic gives, %s', (flavour) => {
    fc.assert(
      fc.property(tree, int64, int64, (node, a, b) => {
        expect(run(flavour, node, [a, b])).toEqual([evaluate(node, a), evaluate(node, b)]);
      }),
      { seed: 20_266, numRuns: 300 },
    );
  });

  it('of 32 bits give what JavaScript gives', () => {
    const names = Object.keys(I32_MEANING) as OperationName[];
    const step = fc.record({ name: fc.constantFrom(...names), a: fc.nat(), b: fc.nat() });
    const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), word, word, (steps, x, y) => {
        const builder = new FunctionBuilder('f', { parameters: ['i32', 'i32'], results: ['i32'] });
        const values = [builder.parameter(0, 'i32'), builder.parameter(1, 'i32')];
        const expected = [x, y];
        for (const { name, a, b } of steps) {
          const [i, j] = [a % values.length, b % values.length];
          const operands = [values[i], values[j]].flatMap((value) => (value === undefined ? [] : [value]));
          values.push(builder.operation('i32', name, operands));
          expected.push(I32_MEANING[name]?.(expected[i] ?? 0, expected[j] ?? 0) ?? 0);
        }
        const last = values.at(-1);
        if (last === undefined) throw new Error('no value');
        const { call } = instantiate([lowerFunction(builder.finish(last))], 1);
        expect(call('f', x, y)).toBe(expected.at(-1));
      }),
      { seed: 20_267, numRuns: 300 },
    );
  });
});
