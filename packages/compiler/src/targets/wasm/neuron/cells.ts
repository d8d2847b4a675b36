import { InternalError } from '@nestml/diagnostics';
import type { Lanes, Real } from '../ssa/lanes.ts';
import type { Value, Variable } from '../ssa/value.ts';
import type { Cells } from './frame.ts';
import type { NeuronStorage } from './storage.ts';

/** Bytes from one column of a tile to the next. */
export const COLUMN_BYTES = 16;
/** Bytes of a cell in the scratch space. */
export const CELL_BYTES = 8;

/** Columns in variables of the function: loaded at once, stored by `store` if they were written. */
export interface RegisterCells extends Cells {
  readonly store: () => void;
}

/** Loads the columns of a tile; what is not used is dropped later. The extra cells are 0. */
export function loadCells(
  lanes: Lanes,
  tile: Value<'i32'>,
  storage: NeuronStorage,
  extras: number,
): RegisterCells {
  const { builder } = lanes;
  const { columns, mutable } = storage;
  const fixed = new Map<number, Real>();
  const variables = new Map<number, Variable>();
  for (let column = 0; column < columns; column += 1) {
    const value = lanes.load(tile, column * COLUMN_BYTES);
    if (mutable.has(column)) variables.set(column, builder.variable(value.value));
    else fixed.set(column, value);
  }
  for (let extra = 0; extra < extras; extra += 1) {
    variables.set(columns + extra, builder.variable(lanes.constant(0).value));
  }
  const written = new Set<number>();
  const variableOf = (cell: number): Variable => {
    const variable = variables.get(cell);
    if (variable === undefined) throw new InternalError(`cell ${cell} is not mutable`);
    return variable;
  };
  return {
    read: (cell) => fixed.get(cell) ?? lanes.asReal(builder.read(variableOf(cell))),
    write: (cell, { value }) => {
      written.add(cell);
      builder.write(variableOf(cell), value);
    },
    store: () => {
      for (const cell of written) {
        if (cell >= columns) continue;
        lanes.store(tile, cell * COLUMN_BYTES, lanes.asReal(builder.read(variableOf(cell))));
      }
    },
  };
}

/** Cells of one lane in memory: mutable columns and extras in the scratch space, the others in the tile. */
export function scratchCells(
  lanes: Lanes,
  tile: Value<'i32'>,
  scratch: Value<'i32'>,
  storage: NeuronStorage,
): Cells {
  const placeOf = (cell: number) =>
    cell >= storage.columns || storage.mutable.has(cell)
      ? { address: scratch, offset: cell * CELL_BYTES, stride: CELL_BYTES }
      : { address: tile, offset: cell * COLUMN_BYTES, stride: COLUMN_BYTES };
  return cellsAt(lanes, placeOf);
}

function cellsAt(lanes: Lanes, placeOf: NonNullable<Cells['placeOf']>): Cells {
  return {
    read: (cell) => {
      const { address, offset } = placeOf(cell);
      return lanes.load(address, offset);
    },
    write: (cell, value) => {
      const { address, offset } = placeOf(cell);
      lanes.store(address, offset, value);
    },
    placeOf,
  };
}

/** Copies the mutable columns of a lane to the scratch space and sets the extras to 0. */
export function copyIn(
  lanes: Lanes,
  tile: Value<'i32'>,
  scratch: Value<'i32'>,
  { columns, mutable }: NeuronStorage,
  extras: number,
): void {
  for (const column of mutable) {
    lanes.store(scratch, column * CELL_BYTES, lanes.load(tile, column * COLUMN_BYTES));
  }
  for (let extra = 0; extra < extras; extra += 1) {
    lanes.store(scratch, (columns + extra) * CELL_BYTES, lanes.constant(0));
  }
}

/** Copies the mutable columns of a lane back into its tile. */
export function copyOut(
  lanes: Lanes,
  tile: Value<'i32'>,
  scratch: Value<'i32'>,
  { mutable }: NeuronStorage,
): void {
  for (const column of mutable) {
    lanes.store(tile, column * COLUMN_BYTES, lanes.load(scratch, column * CELL_BYTES));
  }
}
