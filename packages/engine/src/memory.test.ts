import { describe, expect, it } from 'vitest';
import { ALIGNMENT, Arena } from './memory.ts';

describe('the arena', () => {
  it('gives out addresses at multiples of 16, never 0, that do not overlap', () => {
    const arena = new Arena();
    let end = 1;
    for (const bytes of [1, 16, 17, 0, 100_000, 3]) {
      const address = arena.allocate(bytes);
      expect(address % ALIGNMENT).toBe(0);
      expect(address).toBeGreaterThanOrEqual(end);
      end = address + bytes;
    }
    expect(arena.mark()).toBeGreaterThanOrEqual(end);
  });

  it('grows when it is full and keeps what it holds', () => {
    const arena = new Arena();
    const first = arena.allocate(8);
    arena.doubles(first, 1)[0] = 42;
    const size = arena.memory.buffer.byteLength;
    const large = arena.allocate(size);
    expect(arena.memory.buffer.byteLength).toBeGreaterThan(size);
    expect(arena.doubles(first, 1)[0]).toBe(42);
    expect(arena.bytes(large, size).every((byte) => byte === 0)).toBe(true);
  });

  it('gives released memory out again, as zeros', () => {
    const arena = new Arena();
    const mark = arena.mark();
    const address = arena.allocate(64);
    arena.bytes(address, 64).fill(255);
    arena.release(mark);
    expect(arena.allocate(64)).toBe(address);
    expect(arena.bytes(address, 64).every((byte) => byte === 0)).toBe(true);
  });

  it('says what is missing if the host cannot give so much', () => {
    const arena = new Arena();
    expect(() => arena.allocate(5 * 2 ** 30)).toThrow(/5121 MiB.*fewer instances/);
    expect(arena.allocate(16)).toBe(ALIGNMENT);
  });
});
