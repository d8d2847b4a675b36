import { describe, expect, it } from 'vitest';
import { instantiate } from '../../../../test/wasm-run.ts';
import type { FunctionCode } from '../encoder/build-module.ts';
import type { Signature } from '../encoder/value-type.ts';
import { FunctionBuilder } from './function-builder.ts';
import { lowerFunction } from './lower-function.ts';
import type { Value } from './value.ts';

function lowered(
  signature: Signature,
  build: (builder: FunctionBuilder) => readonly Value[],
  name = 'f',
): FunctionCode {
  const builder = new FunctionBuilder(name, signature);
  return lowerFunction(builder.finish(...build(builder)));
}

function kinds({ instructions }: FunctionCode): readonly string[] {
  return instructions.map((instruction) =>
    instruction.kind === 'operation' ? instruction.name : instruction.kind,
  );
}

const UNARY: Signature = { parameters: ['f64'], results: ['f64'] };
const BINARY: Signature = { parameters: ['f64', 'f64'], results: ['f64'] };

describe('lowering to stack form', () => {
  it('computes values used once on the stack, without locals', () => {
    const code = lowered(BINARY, (b) => {
      const [x, y] = [b.parameter(0, 'f64'), b.parameter(1, 'f64')];
      const sum = b.operation('f64', 'f64.add', [x, y]);
      return [b.operation('f64', 'f64.sqrt', [sum])];
    });
    expect(kinds(code)).toEqual(['local.get', 'local.get', 'f64.add', 'f64.sqrt']);
    expect(code.locals).toEqual([]);
  });

  it('shares equal operations, also with swapped operands', () => {
    const code = lowered(BINARY, (b) => {
      const [x, y] = [b.parameter(0, 'f64'), b.parameter(1, 'f64')];
      const product = b.operation('f64', 'f64.mul', [x, y]);
      const swapped = b.operation('f64', 'f64.mul', [y, x]);
      return [b.operation('f64', 'f64.sub', [product, swapped])];
    });
    expect(kinds(code).filter((kind) => kind === 'f64.mul')).toHaveLength(1);
    expect(code.locals).toEqual(['f64']);
  });

  it('tells 0 from −0', () => {
    const code = lowered({ parameters: [], results: ['f64'] }, (b) => [
      b.operation('f64', 'f64.div', [b.f64(1), b.operation('f64', 'f64.add', [b.f64(-0), b.f64(-0)])]),
    ]);
    expect(instantiate([code]).call('f')).toBe(Number.NEGATIVE_INFINITY);
  });

  it('drops what nothing depends on, variables included', () => {
    const code = lowered(UNARY, (b) => {
      const x = b.parameter(0, 'f64');
      const unused = b.variable(b.operation('f64', 'f64.sqrt', [x]));
      b.write(unused, b.operation('f64', 'f64.neg', [x]));
      b.load('f64.load', b.i32(0), 0);
      return [x];
    });
    expect(kinds(code)).toEqual(['local.get']);
  });

  it('reuses locals of values that are no longer needed', () => {
    const code = lowered(UNARY, (b) => {
      let x: Value<'f64'> = b.parameter(0, 'f64');
      for (let i = 0; i < 20; i += 1) {
        const doubled = b.operation('f64', 'f64.add', [x, b.f64(i)]);
        x = b.operation('f64', 'f64.mul', [doubled, doubled]);
      }
      return [x];
    });
    expect(code.locals.length).toBeLessThanOrEqual(2);
  });

  it('does not move a load past a store, nor a read past a write', () => {
    const code = lowered({ parameters: [], results: ['f64', 'f64'] }, (b) => {
      const address = b.i32(16);
      b.store('f64.store', address, 0, b.f64(1));
      const variable = b.variable(b.f64(10));
      b.loop(() => b.i32(0));
      const loaded = b.load('f64.load', address, 0);
      const read = b.read(variable);
      b.store('f64.store', address, 0, b.f64(2));
      b.write(variable, b.f64(20));
      return [{ id: loaded.id, type: 'f64' }, read];
    });
    expect(instantiate([code]).call('f')).toEqual([1, 10]);
  });

  it('leaves loops by a test at the bottom and blocks from inside', () => {
    const code = lowered({ parameters: ['i32'], results: ['i32'] }, (b) => {
      const limit = b.parameter(0, 'i32');
      const i = b.variable(b.i32(0));
      const sum = b.variable(b.i32(0));
      b.block((end) => {
        b.loop(() => {
          b.leave(end, b.operation('i32', 'i32.gt_s', [b.read(i), limit]));
          b.write(sum, b.operation('i32', 'i32.add', [b.read(sum), b.read(i)]));
          b.write(i, b.operation('i32', 'i32.add', [b.read(i), b.i32(1)]));
          return b.i32(1);
        });
      });
      return [b.read(sum)];
    });
    const { call } = instantiate([code]);
    expect([0, 1, 10, 100].map((n) => call('f', n))).toEqual([0, 1, 55, 5050]);
  });

  it('keeps values from before a loop alive until the loop ends', () => {
    const code = lowered(BINARY, (b) => {
      const [x, y] = [b.parameter(0, 'f64'), b.parameter(1, 'f64')];
      const before = b.operation('f64', 'f64.add', [x, y]);
      const total = b.variable(before);
      const round = b.variable(b.i32(0));
      b.loop(() => {
        const sum = b.operation('f64', 'f64.add', [b.read(total), before]);
        const square = b.operation('f64', 'f64.mul', [sum, sum]);
        b.write(total, b.operation('f64', 'f64.sqrt', [square]));
        b.write(round, b.operation('i32', 'i32.add', [b.read(round), b.i32(1)]));
        return b.operation('i32', 'i32.lt_s', [b.read(round), b.i32(3)]);
      });
      return [b.read(total)];
    });
    expect(instantiate([code]).call('f', 1, 2)).toBe(12);
  });

  it('loads vector constants of a loop once, before it', () => {
    const code = lowered({ parameters: ['i32'], results: [] }, (b) => {
      const address = b.parameter(0, 'i32');
      b.loop(() => {
        const loaded = b.load('v128.load', address, 0);
        b.store('v128.store', address, 0, b.operation('v128', 'f64x2.add', [loaded, b.f64x2(1, 2)]));
        return b.i32(0);
      });
      return [];
    });
    expect(kinds(code).slice(0, 3)).toEqual(['constant', 'local.set', 'loop']);
  });

  it('calls functions with several results and shares pure calls', () => {
    const callee = lowered(
      { parameters: ['f64'], results: ['f64', 'i32'] },
      (b) => [b.parameter(0, 'f64'), b.i32(7)],
      'two',
    );
    const pure = lowered(UNARY, (b) => [b.operation('f64', 'f64.neg', [b.parameter(0, 'f64')])], 'negate');
    const caller = lowered(UNARY, (b) => {
      const x = b.parameter(0, 'f64');
      const [value = x, count = b.i32(0)] = b.call(callee, [x]);
      const converted = b.operation('f64', 'f64.convert_i32_s', [count]);
      const negated = b.callPure('f64', pure, [value]);
      const again = b.callPure('f64', pure, [value]);
      return [b.operation('f64', 'f64.add', [converted, b.operation('f64', 'f64.mul', [negated, again])])];
    });
    expect(kinds(caller).filter((kind) => kind === 'call')).toHaveLength(2);
    expect(instantiate([callee, pure, caller]).call('f', 3)).toBe(16);
  });

  it('reports wrong types, wrong lanes and foreign values as our mistake', () => {
    const b = new FunctionBuilder('f', UNARY);
    expect(() => b.operation('f64', 'f64.add', [b.parameter(0, 'f64'), b.i32(1)])).toThrow('takes (f64,f64)');
    expect(() => b.operation('f64', 'f64x2.extract_lane', [b.f64x2(1, 2)], 2)).toThrow('immediate 2');
    expect(() => b.operation('f64', 'f64.neg', [{ id: 999, type: 'f64' }])).toThrow('another function');
    expect(() => b.parameter(0, 'i32')).toThrow('not i32');
    expect(() => b.finish()).toThrow('return takes (f64)');
    expect(() => b.leave({ label: 3 })).toThrow('not open');
  });
});
