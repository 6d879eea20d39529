/** Columns of an Arrow table as columns of ours: numbers, classes by code, texts, and moments as ISO 8601. */
import type { Column, DataType, Table } from '@uwdata/flechette';
import { LabError } from '../../contract/errors.ts';
import { uniqueNames } from '../columnNames.ts';
import type { RawArray, RawColumn } from '../format.ts';
import { openStore } from '../numbers/numberStore.ts';
import type { ReadRoom } from '../readRoom.ts';

export interface ArrowColumns {
  readonly columns: readonly RawColumn[];
  readonly array?: RawArray;
  readonly notes: readonly string[];
}

/** Numbers of the types in Arrow's own description (Schema.fbs, union Type); -1 is flechette's for a dictionary. */
const types = {
  dictionary: -1,
  null: 1,
  int: 2,
  float: 3,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  fixedSizeList: 16,
  duration: 18,
  largeUtf8: 20,
  utf8View: 24,
} as const;

const rowsATime = 65_536;

/** @throws LabError for values that cannot be used, naming column and row */
export function arrowColumns(path: string, table: Table, room: ReadRoom): ArrowColumns {
  const notes: string[] = [];
  const unique = uniqueNames(table.schema.fields.map(({ name }) => name));
  const columns: RawColumn[] = [];
  const lists: { readonly name: string; readonly column: Column<unknown> }[] = [];
  table.children.forEach((column: Column<unknown>, at) => {
    room.signal?.throwIfAborted();
    const name = unique.names[at] ?? '';
    if (isNumberList(column.type)) lists.push({ name, column });
    else {
      const made = columnOf(path, name, column, room);
      if (typeof made === 'string') notes.push(made);
      else columns.push(made);
    }
    room.onProgress({ rows: table.numRows });
  });
  const [only, ...others] = lists;
  notes.push(
    ...(others.length > 0 ? lists : []).map(({ name }) => `Column "${name}" holds lists of numbers, as others do, and is not used. Keep one of them.`),
  );
  const array = only === undefined || others.length > 0 ? null : vectorOf(path, only.name, only.column, room);
  if (array !== null) notes.push(`Input is the column "${only?.name ?? ''}", read as vectors of ${array.kind === 'vector' ? array.features : 0} numbers.`);
  if (columns.length === 0 && array === null)
    throw new LabError('bad-input', `${path} has no column of numbers, texts, classes or dates. ${notes.join(' ')}`.trim());
  return { columns, ...(array !== null && { array }), notes: [...unique.notes, ...notes] };
}

/** @returns a sentence for a column that is left out */
function columnOf(path: string, name: string, column: Column<unknown>, room: ReadRoom): RawColumn | string {
  const { type } = column;
  switch (type.typeId) {
    case types.null:
      return { name, kind: 'number', values: new Float64Array(column.length).fill(NaN) };
    case types.int:
      return type.bitWidth === 64 && !areSafe(column) ? textColumn(name, column, String) : numberColumn(name, column, room);
    case types.float:
    case types.decimal:
    case types.duration:
      return numberColumn(name, column, room);
    case types.bool:
    case types.dictionary:
    case types.utf8:
    case types.largeUtf8:
    case types.utf8View:
      return codedColumn(name, column, room);
    case types.date:
      return textColumn(name, column, (value) => isoText(Number(value), true));
    case types.timestamp: {
      const perMs = [0.001, 1, 1e3, 1e6][type.unit] ?? 1; // s, ms, us, ns
      return momentColumn(name, column, (value) => Number(value) / perMs);
    }
    case types.time: {
      const perMs = [0.001, 1, 1e3, 1e6][type.unit] ?? 1;
      return textColumn(name, column, (value) => isoText(Number(value) / perMs, false).slice(11));
    }
    default:
      return `Column "${name}" holds ${nested[type.typeId] ?? 'values'} of a kind that is not read and is left out of ${path}.`;
  }
}

const nested: Readonly<Record<number, string>> = {
  4: 'bytes',
  11: 'lengths of time',
  12: 'lists',
  13: 'records',
  14: 'unions',
  15: 'bytes',
  17: 'maps',
  19: 'bytes',
  21: 'lists',
};

function numberColumn(name: string, column: Column<unknown>, room: ReadRoom): RawColumn {
  const store = openStore('float64', column.length, room);
  eachBlock(
    column,
    (start, values) =>
      store.write(
        start,
        Float64Array.from(values, (value) => (value === null ? NaN : Number(value))),
      ),
    room,
  );
  return { name, kind: 'number', values: store.numbers };
}

/** Equal texts have one code; a dictionary's codes are not kept, as every batch may have another. */
function codedColumn(name: string, column: Column<unknown>, room: ReadRoom): RawColumn {
  const codes = new Map<string, number>();
  const store = openStore('int32', column.length, room);
  const codeOf = (value: unknown): number => {
    if (value === null || value === undefined || value === '') return -1;
    const text = typeof value === 'string' ? value : cellText(value);
    const known = codes.get(text);
    if (known !== undefined) return known;
    codes.set(text, codes.size);
    return codes.size - 1;
  };
  eachBlock(column, (start, values) => store.write(start, Int32Array.from(values, codeOf)), room);
  return { name, kind: 'coded', texts: [...codes.keys()], codes: store.numbers };
}

function textColumn(name: string, column: Column<unknown>, textOf: (value: unknown) => string): RawColumn {
  return { name, kind: 'text', values: Array.from(column, (value) => (value === null ? null : textOf(value))) };
}

/** Days alone where no moment has a time. */
function momentColumn(name: string, column: Column<unknown>, msOf: (value: unknown) => number): RawColumn {
  const moments = Array.from(column, (value) => (value === null ? NaN : msOf(value)));
  const areDays = moments.every((ms) => Number.isNaN(ms) || ms % 86_400_000 === 0);
  return { name, kind: 'text', values: moments.map((ms) => (Number.isNaN(ms) ? null : isoText(ms, areDays))) };
}

function isoText(ms: number, isDay: boolean): string {
  const moment = new Date(Math.floor(ms));
  if (Number.isNaN(moment.getTime())) return String(ms); // beyond the years that have a calendar
  const text = moment.toISOString().replace(/Z$/, '');
  return isDay ? text.slice(0, text.indexOf('T')) : text.replace(/\.000$/, '');
}

function cellText(value: unknown): string {
  return typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}

/** Whether a double holds every whole number exactly. */
function areSafe(column: Column<unknown>): boolean {
  for (const value of column) if (typeof value === 'bigint' && !Number.isSafeInteger(Number(value))) return false;
  return true;
}

function isNumberList(type: DataType): boolean {
  return type.typeId === types.fixedSizeList && type.children.every((child) => child.type.typeId === types.int || child.type.typeId === types.float);
}

/** [rows, features] */
function vectorOf(path: string, name: string, column: Column<unknown>, room: ReadRoom): RawArray {
  const features = 'stride' in column.type ? column.type.stride : 0;
  const held = column.data.reduce((sum, { children }) => sum + (children?.[0]?.length ?? 0), 0);
  if (features < 1 || held < column.length * features) throw new RangeError(`lists of ${features} numbers, and ${held} numbers for ${column.length} rows`);
  const store = openStore('float32', column.length * features, room);
  const take = (start: number, lists: readonly unknown[]): void => {
    const values = new Float32Array(lists.length * features);
    lists.forEach((list, at) => {
      if (list === null) throw new LabError('bad-input', `${path}, column "${name}", row ${start + at + 1}: the list is missing. Remove the row.`);
      const numbers = Array.from(list as Iterable<number | bigint | null>, (each) => (each === null ? NaN : Number(each))); // a list of numbers by its type
      values.set(numbers, at * features);
    });
    store.write(start * features, values);
  };
  eachBlock(column, take, room);
  return { kind: 'vector', features, values: store.numbers };
}

function eachBlock(column: Column<unknown>, take: (start: number, values: readonly unknown[]) => void, room: ReadRoom): void {
  let block: unknown[] = [];
  let start = 0;
  const flush = (): void => {
    room.signal?.throwIfAborted();
    take(start, block);
    start += block.length;
    block = [];
  };
  for (const value of column) if (block.push(value) === rowsATime) flush();
  if (block.length > 0) flush();
}
