import { buildModule, type FunctionCode } from '../src/targets/wasm/encoder/build-module.ts';
import { createLanes } from '../src/targets/wasm/ssa/create-lanes.ts';
import { FunctionBuilder } from '../src/targets/wasm/ssa/function-builder.ts';
import type { Flavour, Lanes, Real } from '../src/targets/wasm/ssa/lanes.ts';
import { lowerFunction } from '../src/targets/wasm/ssa/lower-function.ts';

/** What these tests use of the host's WebAssembly, for which the type checker has no declarations. */
declare const WebAssembly: {
  readonly Memory: new (options: { readonly initial: number }) => TestMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean;
};

/** The memory of a test module. */
export interface TestMemory {
  readonly buffer: ArrayBuffer;
  readonly grow: (pages: number) => number;
}

/** Whether the host accepts the module. */
export function isValidModule(bytes: Uint8Array<ArrayBuffer>): boolean {
  return WebAssembly.validate(bytes);
}

const PAGE_BYTES = 65_536;

/** A module of these functions, each exported under its name, with its memory. */
export interface TestInstance {
  readonly memory: TestMemory;
  readonly call: (name: string, ...operands: readonly (number | bigint)[]) => unknown;
}

/** Builds, validates and instantiates a module. */
export function instantiate(functions: readonly FunctionCode[], pages = 16): TestInstance {
  const bytes = buildModule({
    memory: { module: 'host', name: 'memory', minimumPages: 1 },
    imports: [],
    functions,
    exports: functions
      .filter(({ parameters, results }) => ![...parameters, ...results].includes('v128'))
      .map(({ name }) => ({ name, callee: name })),
  });
  const memory = new WebAssembly.Memory({ initial: pages });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { host: { memory } });
  return {
    memory,
    call: (name, ...operands) => {
      const exported = instance.exports[name];
      if (typeof exported !== 'function') throw new Error(`no function ${name}`);
      return exported(...operands);
    },
  };
}

/** A function (input, output, bytes) that maps `arity` input arrays, one after the other, to the output array. */
export function defineMap(
  name: string,
  flavour: Flavour,
  arity: number,
  emit: (lanes: Lanes, operands: readonly Real[]) => Real,
): FunctionCode {
  const builder = new FunctionBuilder(name, { parameters: ['i32', 'i32', 'i32'], results: [] });
  const lanes = createLanes(builder, flavour);
  const [input, output, bytes] = [0, 1, 2].map((index) => builder.parameter(index, 'i32'));
  if (input === undefined || output === undefined || bytes === undefined) throw new Error('parameters');
  const position = builder.variable(builder.i32(0));
  builder.loop(() => {
    const offset = builder.read(position);
    const operands: Real[] = [];
    let address = builder.operation('i32', 'i32.add', [input, offset]);
    for (let operand = 0; operand < arity; operand += 1) {
      operands.push(lanes.load(address, 0));
      address = builder.operation('i32', 'i32.add', [address, bytes]);
    }
    lanes.store(builder.operation('i32', 'i32.add', [output, offset]), 0, emit(lanes, operands));
    const next = builder.operation('i32', 'i32.add', [offset, builder.i32(8 * lanes.width)]);
    builder.write(position, next);
    return builder.operation('i32', 'i32.lt_u', [next, bytes]);
  });
  return lowerFunction(builder.finish());
}

/** Maps arrays of equal length by a function of `defineMap`. */
export function runMap(
  instance: TestInstance,
  name: string,
  operands: readonly (readonly number[])[],
): readonly number[] {
  const [first = []] = operands;
  const padded = first.length + (first.length % 2);
  const bytes = 8 * padded;
  const needed = Math.ceil((bytes * (operands.length + 1)) / PAGE_BYTES);
  const present = instance.memory.buffer.byteLength / PAGE_BYTES;
  if (needed > present) instance.memory.grow(needed - present);
  const view = new Float64Array(instance.memory.buffer);
  operands.forEach((values, index) => {
    view.set(values, index * padded);
  });
  instance.call(name, 0, bytes * operands.length, bytes);
  const start = padded * operands.length;
  return Array.from(view.subarray(start, start + first.length));
}
