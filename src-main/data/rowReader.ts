/** The numbers of single rows, wherever they lie: what a step of training asks for. */
import { FileNumbers, numberTypes } from '../formats/numbers/numbers.ts';
import type { NumberArray, Numbers, NumberType } from '../formats/numbers/numbers.ts';

/** Gives a row's numbers, not to be written to and gone with the next call. @param size numbers of a row */
export function rowReader<T extends NumberType>(numbers: Numbers<T>, size: number): (row: number) => NumberArray<T> {
  if (!(numbers instanceof FileNumbers)) return (row) => numbers.subarray(row * size, (row + 1) * size) as NumberArray<T>;
  const room = new numberTypes[numbers.type](size) as NumberArray<T>; // of the type by its name
  return (row) => {
    numbers.readInto(room, row * size, (row + 1) * size);
    return room;
  };
}

/** Calls `visit` for each of the rows in order. Of a file whole blocks are read: for rows that ascend, every byte once. @param size numbers of a row */
export function visitRows<T extends NumberType>(
  numbers: Numbers<T>,
  size: number,
  rows: ArrayLike<number>,
  visit: (values: NumberArray<T>, start: number) => void, // the row's numbers are values[start] to before values[start + size]
): void {
  if (!(numbers instanceof FileNumbers)) {
    for (let i = 0; i < rows.length; i++) visit(numbers, (rows[i] ?? 0) * size);
    return;
  }
  const most = Math.max(1, Math.floor(blockNumbers / size));
  const total = Math.floor(numbers.length / size);
  const block = new numberTypes[numbers.type](Math.min(most, total) * size) as NumberArray<T>; // of the type by its name
  let [first, end] = [0, 0]; // rows in the block
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    if (row < first || row >= end) {
      [first, end] = [row, Math.min(total, row + most)];
      numbers.readInto(block, first * size, end * size);
    }
    visit(block, (row - first) * size);
  }
}

const blockNumbers = 1 << 19;
