import type { ValueType } from '../encoder/value-type.ts';

/** A value of the SSA form: computed once, used any number of times. Made by a `FunctionBuilder`. */
export interface Value<Type extends ValueType = ValueType> {
  readonly id: number;
  readonly type: Type;
}

/** A mutable variable of a function. What it holds at a place is read as a value. */
export interface Variable<Type extends ValueType = ValueType> {
  readonly variable: number;
  readonly type: Type;
}

/** The end of a block: where `leave` goes. */
export interface Label {
  readonly label: number;
}
