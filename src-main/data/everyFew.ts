/** A quick look at a column: some of its cells, evenly spaced, the same rows of every column. */
import { FileNumbers, partOf } from '../formats/numbers/numbers.ts';
import { numbersOf } from './columns.ts';
import type { DataColumn } from './dataset.ts';

/** Cells at even distances, at most about twice as many as asked for. Of a file these are read alone. */
export function everyFew(column: DataColumn, most: number): Float64Array {
  const numbers = numbersOf(column);
  const step = Math.max(1, Math.floor(numbers.length / most));
  const cellAt = (row: number): number => (numbers instanceof FileNumbers ? partOf<'int32' | 'float64'>(numbers, row, row + 1)[0] : numbers[row]) ?? NaN;
  return Float64Array.from({ length: Math.ceil(numbers.length / step) }, (_, at) => cellAt(at * step));
}
