/** Small questions about scalar columns that several files of this folder ask. */
import { unknownName } from '../contract/errors.ts';
import { FileNumbers, blocksOf } from '../formats/numbers/numbers.ts';
import type { NumberType, Numbers, NumberArray } from '../formats/numbers/numbers.ts';
import { sortNumbers } from './sortNumbers.ts';
import type { DataColumn, PreparedDataset } from './dataset.ts';

export type ClassColumn = Extract<DataColumn, { kind: 'class' }>;
export type NumberColumn = Extract<DataColumn, { kind: 'number' }>;
export type DateColumn = Extract<DataColumn, { kind: 'date' }>;
/** What has an order and distances. */
export type MeasuredColumn = NumberColumn | DateColumn;
/** What can be learned. */
export type LabelColumn = ClassColumn | NumberColumn;

/** The column of a name. @throws LabError bad-input with the nearest names */
export function columnOf(dataset: PreparedDataset, name: string): DataColumn {
  const column = dataset.columns.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  throw unknownName(
    'column',
    name,
    dataset.columns.map((candidate) => candidate.name),
  );
}

/** A column's numbers, or moments, in memory. Of a file: the columns that were used last are kept, so that asking twice reads once. */
export function valuesOf(column: MeasuredColumn): Float64Array {
  return inMemory(column.values);
}

/** A class column's codes in memory, as valuesOf. */
export function codesOf(column: ClassColumn): Int32Array {
  return inMemory(column.codes);
}

/** What a column has at a row as a number: the value, or the code; NaN or -1 where it is missing. */
export function cellsOf(column: DataColumn): Float64Array | Int32Array {
  return column.kind === 'class' ? codesOf(column) : valuesOf(column);
}

/** The file's numbers of a column. */
export function numbersOf(column: DataColumn): Numbers<'int32'> | Numbers<'float64'> {
  return column.kind === 'class' ? column.codes : column.values;
}

const mostLoaded = 2; // a table larger than memory has columns that are large by themselves
const loaded: { readonly numbers: FileNumbers; readonly values: NumberArray }[] = [];

function inMemory<T extends NumberType>(numbers: Numbers<T>): NumberArray<T> {
  if (!(numbers instanceof FileNumbers)) return numbers;
  const kept = loaded.find((entry) => entry.numbers === (numbers as FileNumbers)); // compared as objects
  if (kept !== undefined) return kept.values as NumberArray<T>; // read from these numbers
  while (loaded.length >= mostLoaded) loaded.shift();
  const values = numbers.read(0, numbers.length);
  loaded.push({ numbers: numbers, values });
  return values;
}

/** Whether a cell means "no value". */
export function isMissingCell(kind: DataColumn['kind'], cell: number): boolean {
  return kind === 'class' ? cell < 0 : Number.isNaN(cell);
}

export function isMissing(column: DataColumn, row: number): boolean {
  return isMissingCell(column.kind, cellsOf(column)[row] ?? NaN);
}

/** Rows in which the column has a value, ascending. */
export function presentRows(column: DataColumn): Int32Array {
  const numbers = numbersOf(column);
  const rows = new Int32Array(numbers.length);
  let count = 0;
  for (const { start, values } of blocksOf<'int32' | 'float64'>(numbers))
    for (let at = 0; at < values.length; at++) if (!isMissingCell(column.kind, values[at] ?? NaN)) rows[count++] = start + at;
  return count === rows.length ? rows : rows.slice(0, count);
}

/** How many rows have a value. */
export function presentCount(column: DataColumn): number {
  const known = counted.get(column);
  if (known !== undefined) return known;
  let count = 0;
  for (const { values } of blocksOf<'int32' | 'float64'>(numbersOf(column)))
    for (let at = 0; at < values.length; at++) if (!isMissingCell(column.kind, values[at] ?? NaN)) count++;
  counted.set(column, count);
  return count;
}

const counted = new WeakMap<DataColumn, number>();

/** Distinct values that occur, missing ones apart: numbers ascending, classes by name in class order. */
export function distinctValues(column: DataColumn): readonly (number | string)[] {
  const found = distinct.get(column);
  if (found !== undefined) return found;
  const values = column.kind === 'class' ? usedClasses(column) : [...sortedDistinct(column).values];
  distinct.set(column, values);
  return values;
}

const distinct = new WeakMap<DataColumn, readonly (number | string)[]>(); // columns never change

export interface SortedNumbers {
  readonly values: Float64Array; // the different ones, ascending
  readonly counts: Int32Array; // rows of each
  readonly isSample: boolean; // of many millions of rows only a part was sorted, evenly spaced
  readonly estimate: number; // how many different ones there are in all rows
}

/** Columns of more rows are sorted by a part of so many: all of them would take minutes and gigabytes. */
export const mostSorted = 2_000_000;

export function sortedDistinct(column: MeasuredColumn): SortedNumbers {
  if (lastSorted?.column === column) return lastSorted.sorted;
  const sorted = distinctNumbers(column);
  lastSorted = { column, sorted };
  return sorted;
}

let lastSorted: { readonly column: MeasuredColumn; readonly sorted: SortedNumbers } | null = null; // questions about one column come together

function distinctNumbers(column: MeasuredColumn): SortedNumbers {
  const isSample = column.values.length > mostSorted;
  const looked = isSample ? evenlySpaced(column.values) : valuesOf(column);
  const values = withoutMissing(looked);
  sortNumbers(values);
  const counts = new Int32Array(values.length);
  let [count, once] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? NaN;
    if (count === 0 || values[count - 1] !== value) values[count++] = value; // what lies there has been read
    counts[count - 1] = (counts[count - 1] ?? 0) + 1;
  }
  for (let at = 0; at < count; at++) if (counts[at] === 1) once++;
  // Charikar et al., Towards estimation error guarantees for distinct values (2000), GEE: what was seen once stands for more
  const estimate = Math.round(Math.sqrt(column.values.length / Math.max(1, looked.length)) * once + (count - once));
  return { values: values.subarray(0, count), counts: counts.subarray(0, count), isSample, estimate };
}

function withoutMissing(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? NaN;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  return present.subarray(0, count);
}

function evenlySpaced(numbers: Numbers<'float64'>): Float64Array {
  const every = Math.ceil(numbers.length / mostSorted);
  const out = new Float64Array(Math.ceil(numbers.length / every));
  for (const { start, values } of blocksOf(numbers))
    for (let at = (every - (start % every)) % every; at < values.length; at += every) out[(start + at) / every] = values[at] ?? NaN;
  return out;
}

/** How often each of the distinct values occurs, in their order. */
export function numberCounts(column: MeasuredColumn): Int32Array {
  return sortedDistinct(column).counts;
}

function usedClasses(column: ClassColumn): string[] {
  const used = new Set(codesOf(column));
  return column.classes.filter((_, code) => used.has(code));
}

/** How often each class occurs. @param rows the rows that count; all when left out */
export function classCounts(column: ClassColumn, rows?: ArrayLike<number>): Int32Array {
  const counts = new Int32Array(column.classes.length);
  const codes = codesOf(column);
  const total = rows === undefined ? codes.length : rows.length;
  for (let i = 0; i < total; i++) {
    const code = codes[rows === undefined ? i : (rows[i] ?? 0)] ?? -1;
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

/** Class names in the order in which people write them: by value when all are numbers, else 2 before 10 inside texts, otherwise by code unit,
 *  the same on every machine. */
export function naturallySorted(names: readonly string[]): string[] {
  const areNumbers = names.every((name) => name.trim() !== '' && !Number.isNaN(Number(name)));
  const keys = names.map((name) => ({ name, value: areNumbers ? Number(name) : 0, pieces: name.match(/\d+|\D+/g) ?? [] }));
  return keys.sort((a, b) => a.value - b.value || comparePieces(a.pieces, b.pieces) || compareText(a.name, b.name)).map(({ name }) => name);
}

function comparePieces(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const pieceA = a[i] ?? '';
    const pieceB = b[i] ?? '';
    const difference = isDigits(pieceA) && isDigits(pieceB) ? Number(pieceA) - Number(pieceB) : compareText(pieceA, pieceB);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function isDigits(piece: string): boolean {
  const first = piece.charCodeAt(0);
  return first >= 48 && first <= 57;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A number as a class name. Ten digits, so that 0.1 + 0.2 reads 0.3. */
export function numberName(value: number): string {
  return String(Number(value.toPrecision(10)));
}
