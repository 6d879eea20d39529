/** Counts rows that repeat an earlier one, by two 32-bit FNV-1a hashes a row: 53 bits of them, so a false repeat among a million rows has odds of 1 to
 *  10,000. */
import type { RepeatedRows } from '../contract/datasetFacts.ts';
import { blocksOf } from '../formats/numbers/numbers.ts';
import type { NumberArray, Numbers, NumberType } from '../formats/numbers/numbers.ts';
import { numbersOf } from './columns.ts';
import { factsOf } from './facts.ts';
import type { Roles } from './roles.ts';
import type { DataArray, DataColumn, PreparedDataset } from './dataset.ts';

const prime = 0x01000193;

const known = new WeakMap<PreparedDataset['columns'], RepeatedRows>(); // the last count: columns never change

/** Takes over what was found out when the data set was prepared. */
export function rememberRepeated(dataset: PreparedDataset, repeated: RepeatedRows): void {
  known.set(dataset.columns, repeated);
}

/** Rows that repeat an earlier one in all that a network would see or learn. */
export function repeatedRows(dataset: PreparedDataset, roles: Roles): RepeatedRows {
  const columns = dataset.columns.filter(({ name }) => roles[name] === 'input' || (dataset.array === null && roles[name] === 'target')).map(({ name }) => name);
  const before = known.get(dataset.columns);
  if (before !== undefined && before.columns.length === columns.length && columns.every((name, at) => before.columns[at] === name)) return before;
  const repeated = { columns, rows: duplicateRowCount(dataset, columns) };
  rememberRepeated(dataset, repeated);
  return repeated;
}

/** Rows whose array and named columns all equal an earlier row's. 0 when there is nothing to compare. */
export function duplicateRowCount(dataset: PreparedDataset, names: readonly string[]): number {
  if (dataset.columns.some((column) => names.includes(column.name) && isOneOfAKind(column, dataset.rows))) return 0; // before any value is read
  const marks = rowMarks(dataset, names)?.sort() ?? new Float64Array();
  let count = 0;
  for (let at = 1; at < marks.length; at++) if (marks[at] === marks[at - 1]) count++;
  return count;
}

function isOneOfAKind(column: DataColumn, rows: number): boolean {
  const { distinct, present, isEstimate } = factsOf(column);
  return !isEstimate && distinct === rows && present === rows;
}

/** One number a row, the same for rows whose array and named columns are all equal. null when there is nothing to compare. */
export function rowMarks(dataset: PreparedDataset, names: readonly string[]): Float64Array | null {
  const columns = dataset.columns.filter((column) => names.includes(column.name));
  if (dataset.array === null && columns.length === 0) return null;
  const marks = new Float64Array(dataset.rows);
  const hashes = new Int32Array(marks.buffer); // the two of a row lie where its mark will
  for (let row = 0; row < dataset.rows; row++) {
    hashes[2 * row] = 0x811c9dc5;
    hashes[2 * row + 1] = 0x2f0b4a27;
  }
  for (const column of columns) mixColumn<'int32' | 'float64'>(hashes, numbersOf(column));
  if (dataset.array !== null) mixArray<'uint8' | 'float32'>(hashes, dataset.array.values, bytesPerRow(dataset.array, dataset.rows));
  for (let row = 0; row < dataset.rows; row++) marks[row] = ((hashes[2 * row] ?? 0) >>> 0) * 2 ** 21 + ((hashes[2 * row + 1] ?? 0) >>> 11);
  return marks;
}

/** Mixes one number into every row's hashes. */
function mixColumn<T extends NumberType>(hashes: Int32Array, numbers: Numbers<T>): void {
  for (const { start, values } of blocksOf(numbers)) {
    const words = wordsOf(values);
    const each = words.length / values.length;
    for (let at = 0; at < values.length; at++) mix(hashes, start + at, words, at * each, (at + 1) * each);
  }
}

/** Mixes every row's numbers into its hashes. @param bytesOfRow of whole numbers */
function mixArray<T extends NumberType>(hashes: Int32Array, numbers: Numbers<T>, bytesOfRow: (row: number) => number): void {
  let [row, left] = [0, hashes.length > 0 ? bytesOfRow(0) : 0]; // the row that is at work, and how many of its bytes are still to come
  const areWords = numbers.BYTES_PER_ELEMENT > 1 || left % 4 === 0; // four bytes at once, where every row has whole fours
  for (const { values } of blocksOf(numbers, areWords ? 4 : 1)) {
    const words = areWords ? wordsOf(values) : values;
    for (let at = 0; at < words.length;) {
      while (left === 0) left = bytesOfRow(++row);
      const end = Math.min(words.length, at + left / words.BYTES_PER_ELEMENT);
      mix(hashes, row, words, at, end);
      left -= (end - at) * words.BYTES_PER_ELEMENT;
      at = end;
    }
  }
}

/** The same memory, four bytes each. Bytes that do not begin at a multiple of four are copied. */
function wordsOf(values: NumberArray): Int32Array {
  const { buffer, byteOffset, byteLength } = byteAligned(values);
  return new Int32Array(buffer, byteOffset, byteLength / 4);
}

function byteAligned(values: NumberArray): NumberArray {
  return values.byteOffset % 4 === 0 ? values : values.slice();
}

function mix(hashes: Int32Array, row: number, words: ArrayLike<number>, start: number, end: number): void {
  let a = hashes[2 * row] ?? 0;
  let b = hashes[2 * row + 1] ?? 0;
  for (let at = start; at < end; at++) {
    const word = words[at] ?? 0;
    a = Math.imul(a ^ word, prime);
    b = Math.imul(b ^ (word + 0x9e3779b9), prime);
    a ^= a >>> 15; // FNV alone never carries high bits down, and floats differ in those
    b ^= b >>> 13;
  }
  hashes[2 * row] = a;
  hashes[2 * row + 1] = b;
}

function bytesPerRow(array: DataArray, rows: number): (row: number) => number {
  if (array.kind === 'sequence') return (row) => (array.lengths[row] ?? 0) * array.features * array.values.BYTES_PER_ELEMENT;
  const each = array.values.byteLength / rows;
  return () => each;
}
