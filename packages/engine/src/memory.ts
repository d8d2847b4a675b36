import { OutOfMemoryError } from './errors.ts';

/** What every allocation begins at a multiple of: the bytes of a vector. */
export const ALIGNMENT = 16;

const PAGE_BYTES = 65_536;
/** 4 GiB, what 32-bit addresses reach. */
const MOST_PAGES = 65_536;
const INITIAL_PAGES = 16;

/**
 * The memory of an engine: one WebAssembly memory that is filled from below. What is allocated lasts until a mark below it is
 * released. Address 0 is never given out. Allocation may grow the memory, which detaches all views of it, so views are made anew for each use and
 * nothing is allocated while a module runs.
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  #buffer: ArrayBuffer;
  #end = ALIGNMENT;

  constructor() {
    this.memory = new WebAssembly.Memory({ initial: INITIAL_PAGES });
    this.#buffer = this.memory.buffer;
  }

  /** The memory's present buffer. Asking the memory itself costs a call of the host, which is much in a run of one neuron. */
  get buffer(): ArrayBuffer {
    return this.#buffer;
  }

  /** Where the next allocation begins, a multiple of `ALIGNMENT`; also the number of bytes in use. */
  mark(): number {
    return this.#end;
  }

  /**
   * Address of `bytes` zeros, a multiple of `ALIGNMENT`.
   * @throws OutOfMemoryError
   */
  allocate(bytes: number): number {
    const address = this.#end;
    const end = address + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    this.#growTo(end);
    new Uint8Array(this.#buffer, address, end - address).fill(0);
    this.#end = end;
    return address;
  }

  /** Gives up everything that was allocated since the mark. */
  release(mark: number): void {
    this.#end = Math.min(this.#end, mark);
  }

  /** A view of `length` doubles. */
  doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.#buffer, address, length);
  }

  /** A view of bytes. */
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#buffer, address, length);
  }

  /** A view for fields of different types; numbers are little-endian. */
  view(address: number, length: number): DataView {
    return new DataView(this.#buffer, address, length);
  }

  #growTo(end: number): void {
    const present = this.#buffer.byteLength / PAGE_BYTES;
    const needed = Math.ceil(end / PAGE_BYTES);
    if (needed <= present) return;
    const wanted = Math.min(Math.max(needed, 2 * present), MOST_PAGES);
    if (needed > MOST_PAGES || !this.#grow(wanted - present)) {
      const megabytes = Math.ceil(end / 2 ** 20);
      throw new OutOfMemoryError(
        `the run needs ${megabytes} MiB in one WebAssembly memory, which the host does not give (the limit is 4096 MiB); use fewer instances`,
      );
    }
  }

  #grow(pages: number): boolean {
    try {
      this.memory.grow(pages);
      this.#buffer = this.memory.buffer;
      return true;
    } catch (problem) {
      if (problem instanceof RangeError) return false;
      throw problem;
    }
  }
}
