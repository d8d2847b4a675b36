import { describe, expect, it } from 'vitest';
import { instantiate, isValidModule } from '../../../../test/wasm-run.ts';
import { buildModule, type FunctionCode } from './build-module.ts';
import { type Instruction, LOADS, type LoadName, STORES, type StoreName } from './instruction.ts';
import { OPERATIONS, type OperationName, operationOf } from './operations.table.ts';

const MEMORY = { module: 'host', name: 'memory', minimumPages: 1 } as const;

function code(partial: Partial<FunctionCode>): FunctionCode {
  return { name: 'f', parameters: [], results: [], locals: [], instructions: [], ...partial };
}

function isValid(functions: readonly FunctionCode[]): boolean {
  return isValidModule(buildModule({ memory: MEMORY, imports: [], functions, exports: [] }));
}

function applied(name: OperationName): FunctionCode {
  const { operands, result, immediate } = operationOf(name);
  const operation: Instruction = {
    kind: 'operation',
    name,
    immediate: { none: [], lane: [1], shuffle: Array.from({ length: 16 }, (_, i) => i + 8) }[immediate],
  };
  return code({
    name,
    parameters: operands,
    results: [result],
    instructions: [...operands.map((_, local) => ({ kind: 'local.get', local }) as const), operation],
  });
}

describe('the module encoder', () => {
  it('writes a small module byte by byte as the specification says', () => {
    const bytes = buildModule({
      memory: { module: 'h', name: 'm', minimumPages: 1, maximumPages: 2, isShared: true },
      imports: [{ callee: 'log', module: 'h', name: 'l', parameters: ['f64'], results: [] }],
      functions: [
        code({
          name: 'f',
          parameters: ['i32'],
          results: ['f64'],
          locals: ['f64', 'f64', 'v128'],
          instructions: [
            { kind: 'local.get', local: 0 },
            { kind: 'load', name: 'f64.load', offset: 200 },
            { kind: 'constant', constant: { type: 'f64', value: 1 } },
            { kind: 'operation', name: 'f64.add', immediate: [] },
          ],
        }),
      ],
      exports: [{ name: 'run', callee: 'f' }],
    });
    const expected = [
      '00 61 73 6d 01 00 00 00', // magic, version
      '01 0a 02', // type section of 10 bytes, 2 types
      '60 01 7c 00', // (f64) -> ()
      '60 01 7f 01 7c', // (i32) -> (f64)
      '02 0f 02', // import section, 2 imports
      '01 68 01 6c 00 00', // "h" "l" function of type 0
      '01 68 01 6d 02 03 01 02', // "h" "m" shared memory 1..2
      '03 02 01 01', // function section: one function of type 1
      '07 07 01 03 72 75 6e 00 01', // export "run" = function 1
      '0a 18 01 16', // code section, one body of 22 bytes
      '02 02 7c 01 7b', // locals: 2 f64, 1 v128
      '20 00', // local.get 0
      '2b 03 c8 01', // f64.load align=8 offset=200
      '44 00 00 00 00 00 00 f0 3f', // f64.const 1
      'a0 0b', // f64.add, end
      '00 10 04 6e 61 6d 65', // custom section "name"
      '01 09 02 00 03 6c 6f 67 01 01 66', // functions 0 "log", 1 "f"
    ];
    expect([...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')).toBe(expected.join(' '));
    expect(isValidModule(bytes)).toBe(true);
  });

  it.each(Object.keys(OPERATIONS) as OperationName[])('encodes %s with the types of its table', (name) => {
    expect(isValid([applied(name)])).toBe(true);
  });

  it.each(Object.keys(LOADS) as LoadName[])('encodes %s', (name) => {
    const instructions: Instruction[] = [
      { kind: 'local.get', local: 0 },
      { kind: 'load', name, offset: 70_000 },
    ];
    expect(isValid([code({ parameters: ['i32'], results: [LOADS[name].type], instructions })])).toBe(true);
  });

  it.each(Object.keys(STORES) as StoreName[])('encodes %s', (name) => {
    const instructions: Instruction[] = [
      { kind: 'local.get', local: 0 },
      { kind: 'local.get', local: 1 },
      { kind: 'store', name, offset: 8 },
    ];
    expect(isValid([code({ parameters: ['i32', STORES[name].type], instructions })])).toBe(true);
  });

  it('keeps constants bit by bit', () => {
    const constants = [-0, 5e-324, Number.MAX_VALUE, -Infinity, 0.1].map((value, i) =>
      code({
        name: `c${i}`,
        results: ['f64'],
        instructions: [{ kind: 'constant', constant: { type: 'f64', value } }],
      }),
    );
    const { call } = instantiate(constants);
    expect(constants.map(({ name }) => call(name))).toEqual([-0, 5e-324, Number.MAX_VALUE, -Infinity, 0.1]);
  });

  it('keeps integers of both signs', () => {
    const values = [-(2n ** 63n), -1n, 64n, 2n ** 63n - 1n];
    const functions = values.map((value, i) =>
      code({
        name: `c${i}`,
        results: ['i64'],
        instructions: [{ kind: 'constant', constant: { type: 'i64', value } }],
      }),
    );
    const { call } = instantiate(functions);
    expect(functions.map(({ name }) => call(name))).toEqual(values);
  });

  it('reports a missing or doubled function as our mistake', () => {
    const caller = code({ instructions: [{ kind: 'call', callee: 'absent' }] });
    expect(() => isValid([caller])).toThrow('no function absent');
    expect(() => isValid([code({}), code({})])).toThrow('two functions f');
  });

  it('would fail its validation if an operand were missing', () => {
    const broken = code({
      results: ['f64'],
      instructions: [{ kind: 'operation', name: 'f64.add', immediate: [] }],
    });
    expect(isValid([broken])).toBe(false);
  });
});
