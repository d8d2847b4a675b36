import type { OperationName } from './operations.table.ts';
import type { ValueType } from './value-type.ts';

/** Loads and stores by their names in the text format. */
export type LoadName =
  | 'i32.load'
  | 'i32.load8_u'
  | 'i32.load16_u'
  | 'i64.load'
  | 'f64.load'
  | 'v128.load'
  | 'v128.load64_splat';
export type StoreName = 'i32.store' | 'i32.store8' | 'i32.store16' | 'i64.store' | 'f64.store' | 'v128.store';

/** How a memory access is encoded: opcode, type of the value, bytes touched as a power of two. */
export interface MemoryAccess {
  readonly prefix: 0 | 0xfd;
  readonly opcode: number;
  readonly type: ValueType;
  readonly alignment: number;
}

/** Source: WebAssembly Core Specification 2.0, sections 5.4.7 and 5.4.9. */
export const LOADS: Readonly<Record<LoadName, MemoryAccess>> = Object.freeze({
  'i32.load': { prefix: 0, opcode: 0x28, type: 'i32', alignment: 2 },
  'i32.load8_u': { prefix: 0, opcode: 0x2d, type: 'i32', alignment: 0 },
  'i32.load16_u': { prefix: 0, opcode: 0x2f, type: 'i32', alignment: 1 },
  'i64.load': { prefix: 0, opcode: 0x29, type: 'i64', alignment: 3 },
  'f64.load': { prefix: 0, opcode: 0x2b, type: 'f64', alignment: 3 },
  'v128.load': { prefix: 0xfd, opcode: 0x00, type: 'v128', alignment: 4 },
  'v128.load64_splat': { prefix: 0xfd, opcode: 0x0a, type: 'v128', alignment: 3 },
});

/** Source: as for `LOADS`. */
export const STORES: Readonly<Record<StoreName, MemoryAccess>> = Object.freeze({
  'i32.store': { prefix: 0, opcode: 0x36, type: 'i32', alignment: 2 },
  'i32.store8': { prefix: 0, opcode: 0x3a, type: 'i32', alignment: 0 },
  'i32.store16': { prefix: 0, opcode: 0x3b, type: 'i32', alignment: 1 },
  'i64.store': { prefix: 0, opcode: 0x37, type: 'i64', alignment: 3 },
  'f64.store': { prefix: 0, opcode: 0x39, type: 'f64', alignment: 3 },
  'v128.store': { prefix: 0xfd, opcode: 0x0b, type: 'v128', alignment: 4 },
});

/** A constant; i64 as a signed 64-bit integer, v128 as its low and high 64 bits. */
export type Constant =
  | { readonly type: 'i32'; readonly value: number }
  | { readonly type: 'i64'; readonly value: bigint }
  | { readonly type: 'f64'; readonly value: number }
  | { readonly type: 'v128'; readonly value: readonly [low: bigint, high: bigint] };

/** One instruction of a function body in stack order. Labels count enclosing constructs, innermost 0. */
export type Instruction =
  | { readonly kind: 'constant'; readonly constant: Constant }
  | { readonly kind: 'operation'; readonly name: OperationName; readonly immediate: readonly number[] }
  | { readonly kind: 'load'; readonly name: LoadName; readonly offset: number }
  | { readonly kind: 'store'; readonly name: StoreName; readonly offset: number }
  | { readonly kind: 'local.get' | 'local.set' | 'local.tee'; readonly local: number }
  | { readonly kind: 'call'; readonly callee: string }
  | { readonly kind: 'block' | 'loop' | 'if' | 'else' | 'end' | 'drop' | 'unreachable' }
  | { readonly kind: 'br' | 'br_if'; readonly label: number };
