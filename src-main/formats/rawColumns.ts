/** What readers do with columns, whichever form they have: their cells, some of their rows, several of them one after the other. */
import type { RawColumn } from './format.ts';
import { blocksOf, wholeOf } from './numbers/numbers.ts';
import type { NumberType, Numbers } from './numbers/numbers.ts';

export function lengthOf(column: RawColumn): number {
  return column.kind === 'coded' ? column.codes.length : column.values.length;
}

/** Every cell as a text, null where it is missing. Numbers as JavaScript writes them. */
export function textsOf(column: RawColumn): (string | null)[] {
  switch (column.kind) {
    case 'text':
      return [...column.values];
    case 'coded':
      return Array.from(wholeOf(column.codes), (code) => column.texts[code] ?? null);
    case 'number':
      return Array.from(wholeOf(column.values), (value) => (Number.isNaN(value) ? null : String(value)));
    default:
      return column satisfies never;
  }
}

/** Every cell; null where it is missing. */
export function cellsOf(column: RawColumn): (string | number | null)[] {
  if (column.kind !== 'number') return textsOf(column);
  return Array.from(wholeOf(column.values), (value) => (Number.isNaN(value) ? null : value));
}

/** Whether every cell is missing. */
export function isEmpty(column: RawColumn): boolean {
  switch (column.kind) {
    case 'text':
      return column.values.every((value) => value === null);
    case 'coded':
      return everyNumber(column.codes, (code) => code < 0);
    case 'number':
      return everyNumber(column.values, (value) => Number.isNaN(value));
    default:
      return column satisfies never;
  }
}

/** Picks rows of a column; -1 gives a missing value. */
export function pickRows(column: RawColumn, rows: Int32Array): RawColumn {
  switch (column.kind) {
    case 'text':
      return { ...column, values: Array.from(rows, (row) => column.values[row] ?? null) };
    case 'coded': {
      const codes = wholeOf(column.codes);
      return { ...column, codes: rows.map((row) => codes[row] ?? -1) };
    }
    case 'number': {
      const values = wholeOf(column.values);
      return { ...column, values: Float64Array.from(rows, (row) => values[row] ?? NaN) };
    }
    default:
      return column satisfies never;
  }
}

/** Columns of one name, one after the other. What is numbers in one part and texts in another becomes texts. */
export function joinColumns(columns: readonly RawColumn[]): RawColumn {
  const name = columns[0]?.name ?? '';
  const numbers = columns.flatMap((column) => (column.kind === 'number' ? [wholeOf(column.values)] : []));
  if (numbers.length < columns.length) return { name, kind: 'text', values: columns.flatMap(textsOf) };
  const values = new Float64Array(numbers.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of numbers) {
    values.set(piece, at);
    at += piece.length;
  }
  return { name, kind: 'number', values };
}

/** The place of the first number of which something holds; -1 where there is none. */
export function findNumber<T extends NumberType>(numbers: Numbers<T>, holds: (value: number) => boolean): number {
  for (const { start, values } of blocksOf(numbers)) {
    const at = values.findIndex(holds);
    if (at >= 0) return start + at;
  }
  return -1;
}

function everyNumber<T extends NumberType>(numbers: Numbers<T>, holds: (value: number) => boolean): boolean {
  return findNumber(numbers, (value) => !holds(value)) < 0;
}
