/** Counts rows that repeat an earlier one, by two 32-bit FNV-1a hashes a row: 53 bits of them, so a false repeat among a million rows has odds of 1 to
 *  10,000. */
import type { DataArray, PreparedDataset } from './dataset.ts';

const prime = 0x01000193;

/** Rows whose array and named columns all equal an earlier row's. 0 when there is nothing to compare. */
export function duplicateRowCount(dataset: PreparedDataset, names: readonly string[]): number {
  const marks = rowMarks(dataset, names);
  return marks === null ? 0 : dataset.rows - new Set(marks).size;
}

/** One number a row, the same for rows whose array and named columns are all equal. null when there is nothing to compare. */
export function rowMarks(dataset: PreparedDataset, names: readonly string[]): Float64Array | null {
  const columns = dataset.columns.filter((column) => names.includes(column.name));
  if (dataset.array === null && columns.length === 0) return null;
  const first = new Int32Array(dataset.rows).fill(0x811c9dc5);
  const second = new Int32Array(dataset.rows).fill(0x2f0b4a27);
  for (const column of columns) {
    const words = column.kind === 'class' ? column.codes : new Int32Array(column.values.buffer, column.values.byteOffset, column.values.length * 2);
    mix(first, second, words, () => words.length / dataset.rows);
  }
  if (dataset.array !== null) mix(first, second, wordsOf(dataset.array), valuesPerRow(dataset.array, dataset.rows));
  return Float64Array.from({ length: dataset.rows }, (_, row) => ((first[row] ?? 0) >>> 0) * 2 ** 21 + ((second[row] ?? 0) >>> 11));
}

function mix(first: Int32Array, second: Int32Array, words: Int32Array | Uint8Array, perRow: (row: number) => number): void {
  let at = 0;
  for (let row = 0; row < first.length; row++) {
    let a = first[row] ?? 0;
    let b = second[row] ?? 0;
    for (const end = at + perRow(row); at < end; at++) {
      const word = words[at] ?? 0;
      a = Math.imul(a ^ word, prime);
      b = Math.imul(b ^ (word + 0x9e3779b9), prime);
      a ^= a >>> 15; // FNV alone never carries high bits down, and floats differ in those
      b ^= b >>> 13;
    }
    first[row] = a;
    second[row] = b;
  }
}

function wordsOf(array: DataArray): Int32Array | Uint8Array {
  const { values } = array;
  return values instanceof Uint8Array ? values : new Int32Array(values.buffer, values.byteOffset, values.length);
}

function valuesPerRow(array: DataArray, rows: number): (row: number) => number {
  if (array.kind === 'sequence') return (row) => (array.lengths[row] ?? 0) * array.features;
  const each = array.values.length / rows;
  return () => each;
}
