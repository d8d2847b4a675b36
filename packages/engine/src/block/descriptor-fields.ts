import { descriptor } from '../interface/index.ts';
import type { Arena } from '../memory.ts';
import type { Block } from './block.ts';

type Field = Exclude<keyof typeof descriptor, 'bytes'>;

/** The fields of a descriptor by name, wherever its memory moves. */
export interface DescriptorFields {
  readonly integer: (field: Field) => number;
  readonly setInteger: (field: Field, value: number) => void;
  readonly double: (field: Field) => number;
  readonly setDouble: (field: Field, value: number) => void;
}

/** The fields of the descriptor at an address. */
export function descriptorAt(arena: Arena, address: number): DescriptorFields {
  let view = arena.view(address, descriptor.bytes);
  const present = (): DataView => {
    if (view.buffer !== arena.buffer) view = arena.view(address, descriptor.bytes);
    return view;
  };
  return {
    integer: (field) => present().getUint32(descriptor[field], true),
    setInteger: (field, value) => present().setUint32(descriptor[field], value, true),
    double: (field) => present().getFloat64(descriptor[field], true),
    setDouble: (field, value) => present().setFloat64(descriptor[field], value, true),
  };
}

/** Number n of the next step (t_n, t_{n+1}] of a block, from 0. */
export function nextStep({ fields }: Block): number {
  return fields.double('step');
}
