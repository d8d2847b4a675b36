import type { ValueType } from './value-type.ts';

/** What follows an opcode: nothing, the number of a lane, or the sixteen byte indices of a shuffle. */
export type ImmediateKind = 'none' | 'lane' | 'shuffle';

/** A pure operation: how it is encoded, its operand types and result. */
export interface Operation {
  /** The byte before the opcode: none, saturating truncation, or vector. */
  readonly prefix: 0 | 0xfc | 0xfd;
  readonly opcode: number;
  readonly operands: readonly ValueType[];
  readonly result: ValueType;
  readonly immediate: ImmediateKind;
  /** Lane numbers of the immediate are below this. */
  readonly lanes: number;
  /** Whether the two operands may be swapped. */
  readonly isCommutative: boolean;
}

type Shape = readonly [operands: readonly ValueType[], result: ValueType];

const I32_2: Shape = [['i32', 'i32'], 'i32'];
const I64_1: Shape = [['i64'], 'i64'];
const I64_2: Shape = [['i64', 'i64'], 'i64'];
const I64_TEST: Shape = [['i64', 'i64'], 'i32'];
const F64_1: Shape = [['f64'], 'f64'];
const F64_2: Shape = [['f64', 'f64'], 'f64'];
const F64_TEST: Shape = [['f64', 'f64'], 'i32'];
const V_1: Shape = [['v128'], 'v128'];
const V_2: Shape = [['v128', 'v128'], 'v128'];
const V_SHIFT: Shape = [['v128', 'i32'], 'v128'];
const V_TEST: Shape = [['v128'], 'i32'];

function scalar(opcode: number, [operands, result]: Shape, isCommutative = false): Operation {
  return { prefix: 0, opcode, operands, result, immediate: 'none', lanes: 0, isCommutative };
}

function vector(opcode: number, [operands, result]: Shape, isCommutative = false): Operation {
  return { prefix: 0xfd, opcode, operands, result, immediate: 'none', lanes: 0, isCommutative };
}

function lane(opcode: number, [operands, result]: Shape, lanes: number): Operation {
  return { prefix: 0xfd, opcode, operands, result, immediate: 'lane', lanes, isCommutative: false };
}

function saturating(opcode: number, result: ValueType): Operation {
  return { ...scalar(opcode, [['f64'], result]), prefix: 0xfc };
}

function choice(type: ValueType): Operation {
  return scalar(0x1b, [[type, type, 'i32'], type]);
}

const SHUFFLE: Operation = {
  prefix: 0xfd,
  opcode: 0x0d,
  operands: ['v128', 'v128'],
  result: 'v128',
  immediate: 'shuffle',
  lanes: 32,
  isCommutative: false,
};

const SWAPS = true;

/**
 * The pure operations by their names in the text format; `select` carries the type of its operands in front.
 * Source: WebAssembly Core Specification 2.0, section 5.4 (binary format of instructions).
 */
export const OPERATIONS = Object.freeze({
  'i32.select': choice('i32'),
  'i64.select': choice('i64'),
  'f64.select': choice('f64'),
  'v128.select': choice('v128'),
  'i32.eqz': scalar(0x45, [['i32'], 'i32']),
  'i32.eq': scalar(0x46, I32_2, SWAPS),
  'i32.ne': scalar(0x47, I32_2, SWAPS),
  'i32.lt_s': scalar(0x48, I32_2),
  'i32.lt_u': scalar(0x49, I32_2),
  'i32.gt_s': scalar(0x4a, I32_2),
  'i32.gt_u': scalar(0x4b, I32_2),
  'i32.le_s': scalar(0x4c, I32_2),
  'i32.le_u': scalar(0x4d, I32_2),
  'i32.ge_s': scalar(0x4e, I32_2),
  'i32.ge_u': scalar(0x4f, I32_2),
  'i32.ctz': scalar(0x68, [['i32'], 'i32']),
  'i32.popcnt': scalar(0x69, [['i32'], 'i32']),
  'i32.add': scalar(0x6a, I32_2, SWAPS),
  'i32.sub': scalar(0x6b, I32_2),
  'i32.mul': scalar(0x6c, I32_2, SWAPS),
  'i32.and': scalar(0x71, I32_2, SWAPS),
  'i32.or': scalar(0x72, I32_2, SWAPS),
  'i32.xor': scalar(0x73, I32_2, SWAPS),
  'i32.shl': scalar(0x74, I32_2),
  'i32.shr_s': scalar(0x75, I32_2),
  'i32.shr_u': scalar(0x76, I32_2),
  'i32.wrap_i64': scalar(0xa7, [['i64'], 'i32']),
  'i64.eqz': scalar(0x50, [['i64'], 'i32']),
  'i64.eq': scalar(0x51, I64_TEST, SWAPS),
  'i64.ne': scalar(0x52, I64_TEST, SWAPS),
  'i64.lt_s': scalar(0x53, I64_TEST),
  'i64.gt_s': scalar(0x55, I64_TEST),
  'i64.le_s': scalar(0x57, I64_TEST),
  'i64.ge_s': scalar(0x59, I64_TEST),
  'i64.clz': scalar(0x79, I64_1),
  'i64.add': scalar(0x7c, I64_2, SWAPS),
  'i64.sub': scalar(0x7d, I64_2),
  'i64.mul': scalar(0x7e, I64_2, SWAPS),
  'i64.and': scalar(0x83, I64_2, SWAPS),
  'i64.or': scalar(0x84, I64_2, SWAPS),
  'i64.xor': scalar(0x85, I64_2, SWAPS),
  'i64.shl': scalar(0x86, I64_2),
  'i64.shr_s': scalar(0x87, I64_2),
  'i64.shr_u': scalar(0x88, I64_2),
  'i64.extend_i32_s': scalar(0xac, [['i32'], 'i64']),
  'i64.extend_i32_u': scalar(0xad, [['i32'], 'i64']),
  'i64.reinterpret_f64': scalar(0xbd, [['f64'], 'i64']),
  'f64.eq': scalar(0x61, F64_TEST, SWAPS),
  'f64.ne': scalar(0x62, F64_TEST, SWAPS),
  'f64.lt': scalar(0x63, F64_TEST),
  'f64.gt': scalar(0x64, F64_TEST),
  'f64.le': scalar(0x65, F64_TEST),
  'f64.ge': scalar(0x66, F64_TEST),
  'f64.abs': scalar(0x99, F64_1),
  'f64.neg': scalar(0x9a, F64_1),
  'f64.ceil': scalar(0x9b, F64_1),
  'f64.floor': scalar(0x9c, F64_1),
  'f64.trunc': scalar(0x9d, F64_1),
  'f64.nearest': scalar(0x9e, F64_1),
  'f64.sqrt': scalar(0x9f, F64_1),
  'f64.add': scalar(0xa0, F64_2, SWAPS),
  'f64.sub': scalar(0xa1, F64_2),
  'f64.mul': scalar(0xa2, F64_2, SWAPS),
  'f64.div': scalar(0xa3, F64_2),
  'f64.min': scalar(0xa4, F64_2, SWAPS),
  'f64.max': scalar(0xa5, F64_2, SWAPS),
  'f64.copysign': scalar(0xa6, F64_2),
  'f64.convert_i32_s': scalar(0xb7, [['i32'], 'f64']),
  'f64.convert_i32_u': scalar(0xb8, [['i32'], 'f64']),
  'f64.convert_i64_s': scalar(0xb9, [['i64'], 'f64']),
  'f64.reinterpret_i64': scalar(0xbf, [['i64'], 'f64']),
  'i8x16.shuffle': SHUFFLE,
  'i32x4.splat': vector(0x11, [['i32'], 'v128']),
  'i64x2.splat': vector(0x12, [['i64'], 'v128']),
  'f64x2.splat': vector(0x14, [['f64'], 'v128']),
  'i32x4.extract_lane': lane(0x1b, [['v128'], 'i32'], 4),
  'i32x4.replace_lane': lane(0x1c, [['v128', 'i32'], 'v128'], 4),
  'i64x2.extract_lane': lane(0x1d, [['v128'], 'i64'], 2),
  'i64x2.replace_lane': lane(0x1e, [['v128', 'i64'], 'v128'], 2),
  'f64x2.extract_lane': lane(0x21, [['v128'], 'f64'], 2),
  'f64x2.replace_lane': lane(0x22, [['v128', 'f64'], 'v128'], 2),
  'i32x4.eq': vector(0x37, V_2, SWAPS),
  'i32x4.ne': vector(0x38, V_2, SWAPS),
  'i32x4.lt_s': vector(0x39, V_2),
  'i32x4.gt_s': vector(0x3b, V_2),
  'f64x2.eq': vector(0x47, V_2, SWAPS),
  'f64x2.ne': vector(0x48, V_2, SWAPS),
  'f64x2.lt': vector(0x49, V_2),
  'f64x2.gt': vector(0x4a, V_2),
  'f64x2.le': vector(0x4b, V_2),
  'f64x2.ge': vector(0x4c, V_2),
  'v128.not': vector(0x4d, V_1),
  'v128.and': vector(0x4e, V_2, SWAPS),
  'v128.andnot': vector(0x4f, V_2),
  'v128.or': vector(0x50, V_2, SWAPS),
  'v128.xor': vector(0x51, V_2, SWAPS),
  'v128.bitselect': vector(0x52, [['v128', 'v128', 'v128'], 'v128']),
  'v128.any_true': vector(0x53, V_TEST),
  'f64x2.ceil': vector(0x74, V_1),
  'f64x2.floor': vector(0x75, V_1),
  'f64x2.trunc': vector(0x7a, V_1),
  'f64x2.nearest': vector(0x94, V_1),
  'i32x4.shl': vector(0xab, V_SHIFT),
  'i32x4.shr_s': vector(0xac, V_SHIFT),
  'i32x4.shr_u': vector(0xad, V_SHIFT),
  'i32x4.add': vector(0xae, V_2, SWAPS),
  'i32x4.sub': vector(0xb1, V_2),
  'i32x4.mul': vector(0xb5, V_2, SWAPS),
  'i64x2.bitmask': vector(0xc4, V_TEST),
  'i64x2.extend_low_i32x4_s': vector(0xc7, V_1),
  'i64x2.extend_high_i32x4_s': vector(0xc8, V_1),
  'i64x2.extend_low_i32x4_u': vector(0xc9, V_1),
  'i64x2.extend_high_i32x4_u': vector(0xca, V_1),
  'i64x2.shl': vector(0xcb, V_SHIFT),
  'i64x2.shr_s': vector(0xcc, V_SHIFT),
  'i64x2.shr_u': vector(0xcd, V_SHIFT),
  'i64x2.add': vector(0xce, V_2, SWAPS),
  'i64x2.sub': vector(0xd1, V_2),
  'i64x2.mul': vector(0xd5, V_2, SWAPS),
  'i64x2.eq': vector(0xd6, V_2, SWAPS),
  'i64x2.ne': vector(0xd7, V_2, SWAPS),
  'i64x2.lt_s': vector(0xd8, V_2),
  'i64x2.gt_s': vector(0xd9, V_2),
  'i64x2.le_s': vector(0xda, V_2),
  'i64x2.ge_s': vector(0xdb, V_2),
  'i64x2.extmul_low_i32x4_u': vector(0xde, V_2, SWAPS),
  'i64x2.extmul_high_i32x4_u': vector(0xdf, V_2, SWAPS),
  'f64x2.abs': vector(0xec, V_1),
  'f64x2.neg': vector(0xed, V_1),
  'f64x2.sqrt': vector(0xef, V_1),
  'f64x2.add': vector(0xf0, V_2, SWAPS),
  'f64x2.sub': vector(0xf1, V_2),
  'f64x2.mul': vector(0xf2, V_2, SWAPS),
  'f64x2.div': vector(0xf3, V_2),
  'f64x2.min': vector(0xf4, V_2, SWAPS),
  'f64x2.max': vector(0xf5, V_2, SWAPS),
  'f64x2.pmin': vector(0xf6, V_2),
  'f64x2.pmax': vector(0xf7, V_2),
  'i32x4.trunc_sat_f64x2_s_zero': vector(0xfc, V_1),
  'i32x4.trunc_sat_f64x2_u_zero': vector(0xfd, V_1),
  'f64x2.convert_low_i32x4_s': vector(0xfe, V_1),
  'f64x2.convert_low_i32x4_u': vector(0xff, V_1),
  'i32.trunc_sat_f64_s': saturating(0x02, 'i32'),
  'i32.trunc_sat_f64_u': saturating(0x03, 'i32'),
  'i64.trunc_sat_f64_s': saturating(0x06, 'i64'),
  'i64.trunc_sat_f64_u': saturating(0x07, 'i64'),
} as const);

/** A pure operation by name. */
export type OperationName = keyof typeof OPERATIONS;

/** Signature and encoding of an operation. */
export function operationOf(name: OperationName): Operation {
  return OPERATIONS[name];
}
