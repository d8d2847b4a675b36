import { InternalError } from '@nestml/diagnostics';
import type { OperationName } from '../encoder/operations.table.ts';
import type { ValueType } from '../encoder/value-type.ts';
import { bitsOfDouble, type FunctionBuilder } from './function-builder.ts';
import type { Bits, Flavour, Lanes, Mask, Real } from './lanes.ts';
import type { Value } from './value.ts';

/** The value type that holds a `Real` of a flavour. */
export function realType(flavour: Flavour): ValueType {
  return TYPES[flavour].real;
}

/** The value type that holds a `Bits` of a flavour. */
export function bitsType(flavour: Flavour): ValueType {
  return TYPES[flavour].bits;
}

/** Lanes of a flavour in a function under construction. */
export function createLanes(builder: FunctionBuilder, flavour: Flavour): Lanes {
  const emit = createEmitters(builder, flavour);
  const operations = flavour === 'scalar' ? scalarOperations(builder, emit) : pairOperations(builder, emit);
  return {
    builder,
    flavour,
    width: flavour === 'scalar' ? 1 : 2,
    asReal,
    asBits,
    asMask,
    ...arithmetic(emit),
    ...comparisons(emit),
    ...integers(emit),
    ...operations,
    constant: remember(operations.constant),
  };
}

/** A map of numbers takes −0 for 0, which is another constant. */
function remember(constant: (value: number) => Real): (value: number) => Real {
  const known = new Map<number, Real>();
  return (value) => {
    if (value === 0) return constant(value);
    const existing = known.get(value);
    if (existing !== undefined) return existing;
    const created = constant(value);
    known.set(value, created);
    return created;
  };
}

const TYPES = Object.freeze({
  scalar: { real: 'f64', bits: 'i64', mask: 'i32' },
  pair: { real: 'v128', bits: 'v128', mask: 'v128' },
} as const);

const ALL_SET = (1n << 64n) - 1n;

function asReal(value: Value): Real {
  return { role: 'real', value };
}

function asBits(value: Value): Bits {
  return { role: 'bits', value };
}

function asMask(value: Value): Mask {
  return { role: 'mask', value };
}

type Operand = Real | Mask | Bits;

/** Operations by the type of their result; `f64` and `i64` name the lanes' shapes. */
interface Emitters {
  readonly f64: 'f64' | 'f64x2';
  readonly i64: 'i64' | 'i64x2';
  /** What combines masks and bits bit by bit: the prefixes of their operations. */
  readonly maskPrefix: 'i32' | 'v128';
  readonly bitsPrefix: 'i64' | 'v128';
  readonly real: (name: OperationName, ...operands: Operand[]) => Real;
  readonly mask: (name: OperationName, ...operands: Operand[]) => Mask;
  readonly bits: (name: OperationName, ...operands: Operand[]) => Bits;
}

function createEmitters(builder: FunctionBuilder, flavour: Flavour): Emitters {
  const types = TYPES[flavour];
  const values = (operands: readonly Operand[]): readonly Value[] => operands.map(({ value }) => value);
  const isScalar = flavour === 'scalar';
  return {
    f64: isScalar ? 'f64' : 'f64x2',
    i64: isScalar ? 'i64' : 'i64x2',
    maskPrefix: isScalar ? 'i32' : 'v128',
    bitsPrefix: isScalar ? 'i64' : 'v128',
    real: (name, ...operands) => asReal(builder.operation(types.real, name, values(operands))),
    mask: (name, ...operands) => asMask(builder.operation(types.mask, name, values(operands))),
    bits: (name, ...operands) => asBits(builder.operation(types.bits, name, values(operands))),
  };
}

type Arithmetic = Pick<
  Lanes,
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'neg'
  | 'abs'
  | 'sqrt'
  | 'floor'
  | 'ceil'
  | 'trunc'
  | 'nearest'
  | 'minimum'
  | 'maximum'
>;

function arithmetic({ f64, real }: Emitters): Arithmetic {
  return {
    add: (a, b) => real(`${f64}.add`, a, b),
    sub: (a, b) => real(`${f64}.sub`, a, b),
    mul: (a, b) => real(`${f64}.mul`, a, b),
    div: (a, b) => real(`${f64}.div`, a, b),
    neg: (a) => real(`${f64}.neg`, a),
    abs: (a) => real(`${f64}.abs`, a),
    sqrt: (a) => real(`${f64}.sqrt`, a),
    floor: (a) => real(`${f64}.floor`, a),
    ceil: (a) => real(`${f64}.ceil`, a),
    trunc: (a) => real(`${f64}.trunc`, a),
    nearest: (a) => real(`${f64}.nearest`, a),
    minimum: (a, b) => real(`${f64}.min`, a, b),
    maximum: (a, b) => real(`${f64}.max`, a, b),
  };
}

type Comparisons = Pick<Lanes, 'eq' | 'ne' | 'lt' | 'gt' | 'le' | 'ge' | 'and' | 'or' | 'xor' | 'equalBits'>;

function comparisons({ f64, i64, maskPrefix, mask }: Emitters): Comparisons {
  return {
    eq: (a, b) => mask(`${f64}.eq`, a, b),
    ne: (a, b) => mask(`${f64}.ne`, a, b),
    lt: (a, b) => mask(`${f64}.lt`, a, b),
    gt: (a, b) => mask(`${f64}.gt`, a, b),
    le: (a, b) => mask(`${f64}.le`, a, b),
    ge: (a, b) => mask(`${f64}.ge`, a, b),
    and: (a, b) => mask(`${maskPrefix}.and`, a, b),
    or: (a, b) => mask(`${maskPrefix}.or`, a, b),
    xor: (a, b) => mask(`${maskPrefix}.xor`, a, b),
    equalBits: (a, b) => mask(`${i64}.eq`, a, b),
  };
}

type Integers = Pick<Lanes, 'addBits' | 'subBits' | 'andBits' | 'orBits' | 'xorBits'>;

function integers({ i64, bitsPrefix, bits }: Emitters): Integers {
  return {
    addBits: (a, b) => bits(`${i64}.add`, a, b),
    subBits: (a, b) => bits(`${i64}.sub`, a, b),
    andBits: (a, b) => bits(`${bitsPrefix}.and`, a, b),
    orBits: (a, b) => bits(`${bitsPrefix}.or`, a, b),
    xorBits: (a, b) => bits(`${bitsPrefix}.xor`, a, b),
  };
}

function atLane<Item>(values: readonly Item[], lane: number): Item {
  const value = values[lane];
  if (value === undefined) throw new InternalError(`no value for lane ${lane}`);
  return value;
}

type FlavourOperations = Omit<
  Lanes,
  | keyof Arithmetic
  | keyof Comparisons
  | keyof Integers
  | 'builder'
  | 'flavour'
  | 'width'
  | 'asReal'
  | 'asBits'
  | 'asMask'
>;

function scalarOperations(builder: FunctionBuilder, { real, mask, bits }: Emitters): FlavourOperations {
  const f64 = (value: Real): Value<'f64'> => ({ id: value.value.id, type: 'f64' });
  const i32 = (value: Mask): Value<'i32'> => ({ id: value.value.id, type: 'i32' });
  const choose = (condition: Mask, a: Real, b: Real): Real => real('f64.select', a, b, condition);
  const shift = (a: Bits, count: number): readonly [Bits, Bits] => [a, asBits(builder.i64(BigInt(count)))];
  return {
    constant: (value) => asReal(builder.f64(value)),
    splat: asReal,
    lane: f64,
    load: (address, offset) => asReal(builder.load('f64.load', address, offset)),
    store: (address, offset, { value }) => builder.store('f64.store', address, offset, value),
    lesser: (a, b) => choose(mask('f64.lt', b, a), b, a),
    greater: (a, b) => choose(mask('f64.lt', a, b), b, a),
    not: (a) => mask('i32.eqz', a),
    truth: (value) => asMask(builder.i32(value ? 1 : 0)),
    select: choose,
    selectBits: (condition, a, b) => bits('i64.select', a, b, condition),
    keep: (condition, a) => choose(condition, a, asReal(builder.f64(0))),
    any: i32,
    laneMask: i32,
    bitsOf: (a) => bits('i64.reinterpret_f64', a),
    realOf: (a) => real('f64.reinterpret_i64', a),
    integer: (value) => asBits(builder.i64(value)),
    splatBits: asBits,
    bitsLane: ({ value }) => ({ id: value.id, type: 'i64' }),
    shiftLeft: (a, count) => bits('i64.shl', ...shift(a, count)),
    shiftRight: (a, count) => bits('i64.shr_u', ...shift(a, count)),
    vectorOf: ({ value }) => builder.operation('v128', 'i64x2.splat', [value]),
    realOfVector: (vector) => asReal(builder.operation('f64', 'f64x2.extract_lane', [vector], 0)),
    bitsOfVector: (vector) => asBits(builder.operation('i64', 'i64x2.extract_lane', [vector], 0)),
    gather: (values) => asReal(atLane(values, 0)),
    gatherBits: (values) => asBits(atLane(values, 0)),
  };
}

function pairOperations(builder: FunctionBuilder, { real, mask, bits }: Emitters): FlavourOperations {
  const both = (value: bigint): Value => builder.v128(value, value);
  const shift = (name: 'i64x2.shl' | 'i64x2.shr_u', { value }: Bits, count: number): Bits =>
    asBits(builder.operation('v128', name, [value, builder.i32(count)]));
  return {
    constant: (value) => asReal(both(bitsOfDouble(value))),
    splat: (value) => asReal(builder.operation('v128', 'f64x2.splat', [value])),
    lane: ({ value }, lane) => builder.operation('f64', 'f64x2.extract_lane', [value], lane),
    load: (address, offset) => asReal(builder.load('v128.load', address, offset)),
    store: (address, offset, { value }) => builder.store('v128.store', address, offset, value),
    lesser: (a, b) => real('f64x2.pmin', a, b),
    greater: (a, b) => real('f64x2.pmax', a, b),
    not: (a) => mask('v128.not', a),
    truth: (value) => asMask(both(value ? ALL_SET : 0n)),
    select: (condition, a, b) => real('v128.bitselect', a, b, condition),
    selectBits: (condition, a, b) => bits('v128.bitselect', a, b, condition),
    keep: (condition, a) => real('v128.and', condition, a),
    // One instruction and a test on x86; v128.any_true takes five.
    any: ({ value }) => builder.operation('i32', 'i64x2.bitmask', [value]),
    laneMask: ({ value }) => builder.operation('i32', 'i64x2.bitmask', [value]),
    bitsOf: ({ value }) => asBits(value),
    realOf: ({ value }) => asReal(value),
    integer: (value) => asBits(both(value)),
    splatBits: (value) => asBits(builder.operation('v128', 'i64x2.splat', [value])),
    bitsLane: ({ value }, lane) => builder.operation('i64', 'i64x2.extract_lane', [value], lane),
    shiftLeft: (a, count) => shift('i64x2.shl', a, count),
    shiftRight: (a, count) => shift('i64x2.shr_u', a, count),
    vectorOf: ({ value }) => ({ id: value.id, type: 'v128' }),
    realOfVector: asReal,
    bitsOfVector: asBits,
    gather: (values) => {
      const first = builder.operation('v128', 'f64x2.splat', [atLane(values, 0)]);
      return asReal(builder.operation('v128', 'f64x2.replace_lane', [first, atLane(values, 1)], 1));
    },
    gatherBits: (values) => {
      const first = builder.operation('v128', 'i64x2.splat', [atLane(values, 0)]);
      return asBits(builder.operation('v128', 'i64x2.replace_lane', [first, atLane(values, 1)], 1));
    },
  };
}
