import type { FunctionBuilder } from './function-builder.ts';
import type { Value } from './value.ts';

/** A double per lane: f64 or f64x2. */
export interface Real {
  readonly role: 'real';
  readonly value: Value;
}

/** A truth value per lane: i32 0 or 1, or all bits of the lane set or clear. */
export interface Mask {
  readonly role: 'mask';
  readonly value: Value;
}

/** 64 bits per lane: i64 or i64x2. */
export interface Bits {
  readonly role: 'bits';
  readonly value: Value;
}

/** One lane in scalar types, or two lanes in vectors. */
export type Flavour = 'scalar' | 'pair';

/**
 * Emits the same computation for one lane (f64) or two (f64x2). Every operation rounds alike in both flavours, so a
 * kernel written once gives the same bits; only the payload and sign of NaN are left open by WebAssembly.
 */
export interface Lanes {
  readonly builder: FunctionBuilder;
  readonly flavour: Flavour;
  /** Number of lanes, 1 or 2. */
  readonly width: number;

  /** Marks values of the flavour's types as what they are. */
  readonly asReal: (value: Value) => Real;
  readonly asBits: (value: Value) => Bits;
  readonly asMask: (value: Value) => Mask;

  readonly constant: (value: number) => Real;
  /** The same double in every lane. */
  readonly splat: (value: Value<'f64'>) => Real;
  readonly lane: (real: Real, lane: number) => Value<'f64'>;
  readonly load: (address: Value, offset: number) => Real;
  readonly store: (address: Value, offset: number, real: Real) => void;

  readonly add: (a: Real, b: Real) => Real;
  readonly sub: (a: Real, b: Real) => Real;
  readonly mul: (a: Real, b: Real) => Real;
  readonly div: (a: Real, b: Real) => Real;
  readonly neg: (a: Real) => Real;
  readonly abs: (a: Real) => Real;
  readonly sqrt: (a: Real) => Real;
  readonly floor: (a: Real) => Real;
  readonly ceil: (a: Real) => Real;
  readonly trunc: (a: Real) => Real;
  /** Nearest integer, ties to even. */
  readonly nearest: (a: Real) => Real;
  /** IEEE minimum and maximum: NaN if one is NaN, −0 < 0. */
  readonly minimum: (a: Real, b: Real) => Real;
  readonly maximum: (a: Real, b: Real) => Real;
  /** b < a ? b : a, and a < b ? b : a; cheaper than `minimum` and `maximum`, a NaN in a is kept. */
  readonly lesser: (a: Real, b: Real) => Real;
  readonly greater: (a: Real, b: Real) => Real;

  readonly eq: (a: Real, b: Real) => Mask;
  readonly ne: (a: Real, b: Real) => Mask;
  readonly lt: (a: Real, b: Real) => Mask;
  readonly gt: (a: Real, b: Real) => Mask;
  readonly le: (a: Real, b: Real) => Mask;
  readonly ge: (a: Real, b: Real) => Mask;
  readonly and: (a: Mask, b: Mask) => Mask;
  readonly or: (a: Mask, b: Mask) => Mask;
  readonly xor: (a: Mask, b: Mask) => Mask;
  readonly not: (a: Mask) => Mask;
  readonly truth: (value: boolean) => Mask;
  /** The first where the mask is true, else the second. */
  readonly select: (mask: Mask, a: Real, b: Real) => Real;
  readonly selectBits: (mask: Mask, a: Bits, b: Bits) => Bits;
  /** a where the mask is true, else +0. */
  readonly keep: (mask: Mask, a: Real) => Real;
  /** An i32 that is not 0 where some lane is true. */
  readonly any: (mask: Mask) => Value<'i32'>;
  /** An i32 whose bit i is lane i. */
  readonly laneMask: (mask: Mask) => Value<'i32'>;

  readonly bitsOf: (real: Real) => Bits;
  readonly realOf: (bits: Bits) => Real;
  readonly integer: (value: bigint) => Bits;
  /** The same 64 bits in every lane. */
  readonly splatBits: (value: Value<'i64'>) => Bits;
  readonly bitsLane: (bits: Bits, lane: number) => Value<'i64'>;
  readonly addBits: (a: Bits, b: Bits) => Bits;
  readonly subBits: (a: Bits, b: Bits) => Bits;
  readonly andBits: (a: Bits, b: Bits) => Bits;
  readonly orBits: (a: Bits, b: Bits) => Bits;
  readonly xorBits: (a: Bits, b: Bits) => Bits;
  readonly shiftLeft: (a: Bits, count: number) => Bits;
  readonly shiftRight: (a: Bits, count: number) => Bits;
  readonly equalBits: (a: Bits, b: Bits) => Mask;

  /** The lanes as a vector; one lane fills both halves. */
  readonly vectorOf: (bits: Bits) => Value<'v128'>;
  /** Reads lanes from the low end of a vector of doubles, or of 64-bit words. */
  readonly realOfVector: (vector: Value<'v128'>) => Real;
  readonly bitsOfVector: (vector: Value<'v128'>) => Bits;
  /** One value per lane, as many as there are lanes. */
  readonly gather: (values: readonly Value<'f64'>[]) => Real;
  readonly gatherBits: (values: readonly Value<'i64'>[]) => Bits;
}
