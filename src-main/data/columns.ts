/** Small questions about scalar columns that several files of this folder ask. */
import { unknownName } from '../contract/errors.ts';
import type { DataColumn, PreparedDataset } from './dataset.ts';

export type ClassColumn = Extract<DataColumn, { kind: 'class' }>;
export type NumberColumn = Extract<DataColumn, { kind: 'number' }>;

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

export function isMissing(column: DataColumn, row: number): boolean {
  return column.kind === 'class' ? (column.codes[row] ?? -1) < 0 : Number.isNaN(column.values[row] ?? NaN);
}

/** Rows in which the column has a value, ascending. */
export function presentRows(column: DataColumn): Int32Array {
  const length = column.kind === 'class' ? column.codes.length : column.values.length;
  const rows = new Int32Array(length);
  let count = 0;
  for (let row = 0; row < length; row++) if (!isMissing(column, row)) rows[count++] = row;
  return rows.slice(0, count);
}

/** Distinct values that occur, missing ones apart: numbers ascending, classes by name in class order. */
export function distinctValues(column: DataColumn): readonly (number | string)[] {
  const known = distinct.get(column);
  if (known !== undefined) return known;
  const values = column.kind === 'number' ? distinctNumbers(column.values) : usedClasses(column);
  distinct.set(column, values);
  return values;
}

const distinct = new WeakMap<DataColumn, readonly (number | string)[]>(); // roles, profile and warnings all ask, and columns never change

function distinctNumbers(values: Float64Array): number[] {
  const found = new Set(values);
  found.delete(NaN);
  return [...Float64Array.from(found).sort()]; // a typed array sorts by value, and far faster
}

/** How often each of the distinct values occurs, in their order. */
export function numberCounts(column: NumberColumn): Int32Array {
  const values = distinctValues(column);
  const counts = new Int32Array(values.length);
  if (values.length === presentRows(column).length) return counts.fill(1); // as of most measurements, without sorting them once more
  const sorted = column.values.slice().sort(); // missing values stand last
  for (let row = 0, place = 0; place < values.length && row < sorted.length;)
    if (sorted[row] === values[place]) {
      counts[place] = (counts[place] ?? 0) + 1;
      row += 1;
    } else place += 1;
  return counts;
}

function usedClasses(column: ClassColumn): string[] {
  const used = new Set(column.codes);
  return column.classes.filter((_, code) => used.has(code));
}

/** How often each class occurs. @param rows the rows that count; all when left out */
export function classCounts(column: ClassColumn, rows?: ArrayLike<number>): Int32Array {
  const counts = new Int32Array(column.classes.length);
  const total = rows === undefined ? column.codes.length : rows.length;
  for (let i = 0; i < total; i++) {
    const code = column.codes[rows === undefined ? i : (rows[i] ?? 0)] ?? -1;
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
