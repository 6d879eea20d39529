/** Counts rows that repeat an earlier one, by two 32-bit FNV-1a hashes a row: 53 bits of them, so a false repeat among a million rows has odds of 1 to
 *  10,000. */
import { blocksOf } from '../formats/numbers.ts';
import type { Numbers, NumberType } from '../formats/numbers.ts';
import { numbersOf } from './columns.ts';
import { firstPlaces } from './equalNumbers.ts';
import { factsOf } from './facts.ts';
import type { DataArray, DataColumn, PreparedDataset } from './dataset.ts';

const prime = 0x01000193;

/** Rows whose array and named columns all equal an earlier row's. 0 when there is nothing to compare. */
export function duplicateRowCount(dataset: PreparedDataset, names: readonly string[]): number {
  if (dataset.columns.some((column) => names.includes(column.name) && isOneOfAKind(column, dataset.rows))) return 0; // before any value is read
  const marks = rowMarks(dataset, names);
  return marks === null ? 0 : firstPlaces(marks).reduce((count, first, row) => count + (first === row ? 0 : 1), 0);
}

function isOneOfAKind(column: DataColumn, rows: number): boolean {
  const { distinct, present, isEstimate } = factsOf(column);
  return !isEstimate && distinct === rows && present === rows;
}

/** One number a row, the same for rows whose array and named columns are all equal. null when there is nothing to compare. */
export function rowMarks(dataset: PreparedDataset, names: readonly string[]): Float64Array | null {
  const columns = dataset.columns.filter((column) => names.includes(column.name));
  if (dataset.array === null && columns.length === 0) return null;
  const first = new Int32Array(dataset.rows).fill(0x811c9dc5);
  const second = new Int32Array(dataset.rows).fill(0x2f0b4a27);
  for (const column of columns) mixAll<'int32' | 'float64'>(first, second, numbersOf(column), () => 1);
  if (dataset.array !== null) mixAll<'uint8' | 'float32'>(first, second, dataset.array.values, valuesPerRow(dataset.array, dataset.rows));
  return Float64Array.from({ length: dataset.rows }, (_, row) => ((first[row] ?? 0) >>> 0) * 2 ** 21 + ((second[row] ?? 0) >>> 11));
}

/** Mixes every row's numbers into its two hashes, a block of whole rows at a time. @param perRow how many numbers a row has */
function mixAll<T extends NumberType>(first: Int32Array, second: Int32Array, numbers: Numbers<T>, perRow: (row: number) => number): void {
  let [row, left] = [0, first.length > 0 ? perRow(0) : 0]; // the row that is at work, and how many of its numbers are still to come
  for (const { values } of blocksOf(numbers)) {
    const words = values instanceof Uint8Array ? values : new Int32Array(values.buffer, values.byteOffset, values.byteLength / 4);
    const each = words.length / values.length;
    for (let at = 0; at < words.length;) {
      while (left === 0) left = perRow(++row);
      const end = Math.min(words.length, at + left * each);
      mix(first, second, row, words, at, end);
      left -= (end - at) / each;
      at = end;
    }
  }
}

function mix(first: Int32Array, second: Int32Array, row: number, words: Int32Array | Uint8Array, start: number, end: number): void {
  let a = first[row] ?? 0;
  let b = second[row] ?? 0;
  for (let at = start; at < end; at++) {
    const word = words[at] ?? 0;
    a = Math.imul(a ^ word, prime);
    b = Math.imul(b ^ (word + 0x9e3779b9), prime);
    a ^= a >>> 15; // FNV alone never carries high bits down, and floats differ in those
    b ^= b >>> 13;
  }
  first[row] = a;
  second[row] = b;
}

function valuesPerRow(array: DataArray, rows: number): (row: number) => number {
  if (array.kind === 'sequence') return (row) => (array.lengths[row] ?? 0) * array.features;
  const each = array.values.length / rows;
  return () => each;
}
