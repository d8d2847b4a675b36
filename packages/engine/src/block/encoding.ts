import type { StoredVariable } from '../interface/index.ts';
import { type Block, NS_PER_MS } from './block.ts';
import type { Cells } from './cells.ts';

/** The canonical value of a variable in a lane. */
export function decode(block: Block, cells: Cells, variable: StoredVariable, lane: number): number {
  const { storage, encoding } = variable;
  const stored = cells.read(storage, lane);
  switch (encoding.kind) {
    case 'plain':
      return stored;
    case 'nanoseconds':
      return stored / NS_PER_MS;
    case 'counted': {
      const count = cells.read({ kind: 'column', index: encoding.count }, lane);
      const rate = cells.read(encoding.rate, lane);
      const elapsedNs = count * block.stepNs;
      const isWhole = encoding.isTime === true && Math.abs(rate) === 1;
      return isWhole
        ? (Math.round(stored * NS_PER_MS) + rate * elapsedNs) / NS_PER_MS
        : stored + rate * (elapsedNs / NS_PER_MS);
    }
    default:
      return unreachable(encoding);
  }
}

/** Stores a canonical value as one that is set: times that count down are rounded to 1 ns (rule D3). */
export function encode(cells: Cells, variable: StoredVariable, lane: number, value: number): void {
  const { storage, encoding } = variable;
  switch (encoding.kind) {
    case 'plain':
      cells.write(storage, lane, value);
      return;
    case 'nanoseconds':
      cells.write(storage, lane, Math.round(value * NS_PER_MS));
      return;
    case 'counted': {
      const rounds = encoding.isTime === true && Number.isFinite(value);
      startCount(cells, variable, lane, rounds ? Math.round(value * NS_PER_MS) / NS_PER_MS : value);
      return;
    }
    default:
      unreachable(encoding);
  }
}

/** Starts the count of a counted variable anew at a value. */
export function startCount(cells: Cells, variable: StoredVariable, lane: number, value: number): void {
  cells.write(variable.storage, lane, value);
  if (variable.encoding.kind !== 'counted') return;
  cells.write({ kind: 'column', index: variable.encoding.count }, lane, 0);
}

function unreachable(encoding: never): never {
  throw new TypeError(`not an encoding: ${JSON.stringify(encoding)}`);
}
