import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteWriter } from './byte-writer.ts';

const SEED = { seed: 20_261, numRuns: 500 };

function written(write: (out: ReturnType<typeof createByteWriter>) => void): readonly number[] {
  const out = createByteWriter();
  write(out);
  return [...out.bytes()];
}

function decodeUnsigned(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte, i) => sum | (BigInt(byte & 0x7f) << BigInt(7 * i)), 0n);
}

function decodeSigned(bytes: readonly number[]): bigint {
  return BigInt.asIntN(7 * bytes.length, decodeUnsigned(bytes));
}

function isMinimal(bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => byte >= 0x80 === i < bytes.length - 1);
}

describe('the byte writer', () => {
  it('writes unsigned LEB128 that reads back as the same number', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 32 - 1 }), (value) => {
        const bytes = written((out) => out.unsigned(value));
        expect(decodeUnsigned(bytes)).toBe(BigInt(value));
        expect(isMinimal(bytes)).toBe(true);
      }),
      SEED,
    );
  });

  it('writes signed LEB128 that reads back as the same number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const bytes = written((out) => out.signed(value));
        expect(decodeSigned(bytes)).toBe(value);
        expect(isMinimal(bytes)).toBe(true);
      }),
      SEED,
    );
  });

  it('writes the examples of the DWARF standard, figure 22 and 23', () => {
    expect(written((out) => out.unsigned(12_857))).toEqual([0xb9, 0x64]);
    expect(written((out) => out.signed(-129))).toEqual([0xff, 0x7e]);
    expect(written((out) => out.signed(-1))).toEqual([0x7f]);
    expect(written((out) => out.signed(64))).toEqual([0xc0, 0x00]);
  });

  it('grows beyond its first capacity', () => {
    const text = 'µ'.repeat(3000);
    const bytes = written((out) => out.name(text));
    expect(bytes.slice(0, 2)).toEqual([0xf0, 0x2e]);
    expect(new TextDecoder().decode(Uint8Array.from(bytes.slice(2)))).toBe(text);
  });

  it('refuses numbers that the format cannot hold', () => {
    const out = createByteWriter();
    expect(() => out.unsigned(-1)).toThrow('unsigned 32-bit');
    expect(() => out.unsigned(2 ** 32)).toThrow('unsigned 32-bit');
    expect(() => out.signed(2n ** 63n)).toThrow('64 bits');
  });
});
