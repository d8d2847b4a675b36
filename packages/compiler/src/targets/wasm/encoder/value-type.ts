/** The types of WebAssembly values that compiled models use; v128 holds f64x2, i64x2 or i32x4. */
export type ValueType = 'i32' | 'i64' | 'f64' | 'v128';

/** Parameters and results of a function. */
export interface Signature {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** The byte of a value type in the binary format. */
export const VALUE_TYPE_CODE = Object.freeze({ i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b } as const);
