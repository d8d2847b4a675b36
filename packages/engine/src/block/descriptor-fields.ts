import { descriptor } from '../interface/index.ts';
import type { Arena } from '../memory.ts';
import type { Block } from './block.ts';

type Field = Exclude<keyof typeof descriptor, 'bytes'>;

/** The fields of a descriptor by name; valid until memory is allocated. */
export interface DescriptorFields {
  readonly integer: (field: Field) => number;
  readonly setInteger: (field: Field, value: number) => void;
  readonly double: (field: Field) => number;
  readonly setDouble: (field: Field, value: number) => void;
}

/** The fields of the descriptor at an address. */
export function descriptorAt(arena: Arena, address: number): DescriptorFields {
  const view = arena.view(address, descriptor.bytes);
  return {
    integer: (field) => view.getUint32(descriptor[field], true),
    setInteger: (field, value) => view.setUint32(descriptor[field], value, true),
    double: (field) => view.getFloat64(descriptor[field], true),
    setDouble: (field, value) => view.setFloat64(descriptor[field], value, true),
  };
}

/** The fields of a block's descriptor. */
export function fieldsOf({ engine, memory }: Block): DescriptorFields {
  return descriptorAt(engine.arena, memory.descriptor);
}

/** Number n of the next step (t_n, t_{n+1}] of a block, from 0. */
export function nextStep(block: Block): number {
  return fieldsOf(block).double('step');
}
