import { InternalError } from '@nestml/diagnostics';

/** A growing sequence of bytes in the binary format: LEB128 integers, little-endian numbers, names. */
export interface ByteWriter {
  readonly length: () => number;
  readonly byte: (value: number) => void;
  /** Unsigned LEB128 of an integer in [0, 2^32). */
  readonly unsigned: (value: number) => void;
  /** Signed LEB128 of an integer in [−2^63, 2^63). */
  readonly signed: (value: number | bigint) => void;
  /** IEEE double, little-endian. */
  readonly double: (value: number) => void;
  /** The low 64 bits, little-endian. */
  readonly word64: (value: bigint) => void;
  /** Length in bytes and UTF-8 text. */
  readonly name: (text: string) => void;
  readonly append: (bytes: Uint8Array) => void;
  /** A copy of what was written. */
  readonly bytes: () => Uint8Array<ArrayBuffer>;
}

const INITIAL_CAPACITY = 1024;

/** An empty writer. */
export function createByteWriter(): ByteWriter {
  let buffer = new Uint8Array(INITIAL_CAPACITY);
  let view = new DataView(buffer.buffer);
  let length = 0;
  const reserve = (count: number): void => {
    if (length + count <= buffer.length) return;
    const larger = new Uint8Array(2 * buffer.length + count);
    larger.set(buffer);
    buffer = larger;
    view = new DataView(buffer.buffer);
  };
  const byte = (value: number): void => {
    reserve(1);
    buffer[length] = value;
    length += 1;
  };
  const append = (bytes: Uint8Array): void => {
    reserve(bytes.length);
    buffer.set(bytes, length);
    length += bytes.length;
  };
  const word = (write: (position: number) => void): void => {
    reserve(8);
    write(length);
    length += 8;
  };
  const unsigned = (value: number): void => {
    if (Number.isInteger(value) && value >= 0 && value < 0x80) byte(value);
    else writeUnsigned(byte, value);
  };
  return {
    length: () => length,
    byte,
    unsigned,
    signed: (value) => writeSigned(byte, value),
    double: (value) => word((position) => view.setFloat64(position, value, true)),
    word64: (value) => word((position) => view.setBigUint64(position, BigInt.asUintN(64, value), true)),
    name: (text) => {
      const encoded = new TextEncoder().encode(text);
      unsigned(encoded.length);
      append(encoded);
    },
    append,
    bytes: () => buffer.slice(0, length),
  };
}

function writeUnsigned(byte: (value: number) => void, value: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32) {
    throw new InternalError(`${value} is no unsigned 32-bit integer`);
  }
  let rest = value;
  while (rest >= 0x80) {
    byte((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  byte(rest);
}

function writeSigned(byte: (value: number) => void, value: number | bigint): void {
  let rest = BigInt(value);
  if (BigInt.asIntN(64, rest) !== rest) throw new InternalError(`${value} exceeds 64 bits`);
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const isLast = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
    byte(isLast ? low : low | 0x80);
    if (isLast) return;
  }
}
