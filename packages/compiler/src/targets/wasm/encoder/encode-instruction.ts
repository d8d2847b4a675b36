import { unreachable } from '@nestml/diagnostics';
import type { ByteWriter } from './byte-writer.ts';
import { type Constant, type Instruction, LOADS, type MemoryAccess, STORES } from './instruction.ts';
import { operationOf } from './operations.table.ts';

const NO_RESULT = 0x40;
const VECTOR_PREFIX = 0xfd;

/** Writes one instruction; `functionIndex` resolves the name of a callee. */
export function encodeInstruction(
  out: ByteWriter,
  instruction: Instruction,
  functionIndex: (name: string) => number,
): void {
  switch (instruction.kind) {
    case 'constant':
      encodeConstant(out, instruction.constant);
      return;
    case 'operation': {
      const { prefix, opcode } = operationOf(instruction.name);
      encodeOpcode(out, prefix, opcode);
      for (const byte of instruction.immediate) out.byte(byte);
      return;
    }
    case 'load':
      encodeAccess(out, LOADS[instruction.name], instruction.offset);
      return;
    case 'store':
      encodeAccess(out, STORES[instruction.name], instruction.offset);
      return;
    case 'local.get':
      encodeIndexed(out, 0x20, instruction.local);
      return;
    case 'local.set':
      encodeIndexed(out, 0x21, instruction.local);
      return;
    case 'local.tee':
      encodeIndexed(out, 0x22, instruction.local);
      return;
    case 'call':
      encodeIndexed(out, 0x10, functionIndex(instruction.callee));
      return;
    case 'br':
      encodeIndexed(out, 0x0c, instruction.label);
      return;
    case 'br_if':
      encodeIndexed(out, 0x0d, instruction.label);
      return;
    case 'block':
      encodeConstruct(out, 0x02);
      return;
    case 'loop':
      encodeConstruct(out, 0x03);
      return;
    case 'if':
      encodeConstruct(out, 0x04);
      return;
    case 'else':
      out.byte(0x05);
      return;
    case 'end':
      out.byte(0x0b);
      return;
    case 'drop':
      out.byte(0x1a);
      return;
    case 'unreachable':
      out.byte(0x00);
      return;
    default:
      unreachable(instruction);
  }
}

function encodeOpcode(out: ByteWriter, prefix: number, opcode: number): void {
  if (prefix === 0) {
    out.byte(opcode);
  } else {
    out.byte(prefix);
    out.unsigned(opcode);
  }
}

function encodeIndexed(out: ByteWriter, opcode: number, index: number): void {
  out.byte(opcode);
  out.unsigned(index);
}

function encodeConstruct(out: ByteWriter, opcode: number): void {
  out.byte(opcode);
  out.byte(NO_RESULT);
}

function encodeAccess(out: ByteWriter, access: MemoryAccess, offset: number): void {
  encodeOpcode(out, access.prefix, access.opcode);
  out.unsigned(access.alignment);
  out.unsigned(offset);
}

function encodeConstant(out: ByteWriter, constant: Constant): void {
  switch (constant.type) {
    case 'i32':
      out.byte(0x41);
      out.signed(constant.value | 0);
      return;
    case 'i64':
      out.byte(0x42);
      out.signed(BigInt.asIntN(64, constant.value));
      return;
    case 'f64':
      out.byte(0x44);
      out.double(constant.value);
      return;
    case 'v128':
      encodeOpcode(out, VECTOR_PREFIX, 0x0c);
      out.word64(constant.value[0]);
      out.word64(constant.value[1]);
      return;
    default:
      unreachable(constant);
  }
}
