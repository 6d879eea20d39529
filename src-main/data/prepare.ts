/** Turns what a reader hands over into a prepared data set: column kinds settled, sizes checked, content fingerprinted. */
import { entryOf } from '../contract/bounded.ts';
import { LabError, unknownName } from '../contract/errors.ts';
import type { RawArray, RawColumn, RawDataset } from '../formats/format.ts';
import { largestNumber } from '../formats/limits.ts';
import { contentDigest } from './digest.ts';
import { distinctValues, naturallySorted, numberName } from './columns.ts';
import type { ClassColumn } from './columns.ts';
import type { DataArray, DataColumn, PreparedDataset } from './dataset.ts';

export type ColumnKinds = Readonly<Record<string, 'class' | 'number'>>;

/** Settles the kind of every column (text becomes classes, numbers stay numbers unless `kinds` says otherwise) and computes the digest.
 *  @param source the path or sample:NAME as the user gave it; not part of the digest
 *  @throws LabError bad-input naming column and row (counted from 1) when a value cannot be used */
export function prepareDataset(raw: RawDataset, name: string, source: string, kinds: ColumnKinds = {}): PreparedDataset {
  if (raw.rows === 0) throw new LabError('bad-input', `${source} holds no rows.`);
  checkNames(raw, source, kinds);
  const columns = raw.columns.map((column) => settleColumn(checkedLength(column, raw.rows), entryOf(kinds, column.name)));
  const array = raw.array === undefined ? null : settleArray(raw.array, raw.rows);
  const digest = contentDigest({ rows: raw.rows, columns, array });
  return { name, source, format: raw.format, digest, rows: raw.rows, columns, array, notes: raw.notes };
}

/** The column as classes, for a classification task on numbers: every distinct value is a class, in numerical order. */
export function classColumn(column: DataColumn): ClassColumn {
  if (column.kind === 'class') return column;
  const values = distinctValues(column).map(Number);
  const codeOf = new Map(values.map((value, code) => [value, code]));
  const codes = Int32Array.from(column.values, (value) => codeOf.get(value) ?? -1);
  return { name: column.name, kind: 'class', classes: uniqueNames(values), codes };
}

/** Distinct numbers keep distinct names even when they agree in their first ten digits. */
function uniqueNames(values: readonly number[]): string[] {
  const short = values.map(numberName);
  return new Set(short).size === values.length ? short : values.map(String);
}

function checkNames(raw: RawDataset, source: string, kinds: ColumnKinds): void {
  const names = raw.columns.map((column) => column.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new LabError('bad-input', `${source} has two columns named "${twice}". Give each column its own name.`);
  const unknown = Object.keys(kinds).find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownName('column', unknown, names);
}

function checkedLength(column: RawColumn, rows: number): RawColumn {
  if (column.values.length !== rows)
    throw new LabError('bad-input', `Column "${column.name}" has ${column.values.length} values, but the data have ${rows} rows.`);
  return column;
}

function settleColumn(column: RawColumn, kind: 'class' | 'number' | undefined): DataColumn {
  if (column.kind === 'number') {
    const infinite = column.values.findIndex((value) => value === Infinity || value === -Infinity);
    if (infinite >= 0)
      throw new LabError('bad-input', `Column "${column.name}", row ${infinite + 1}: the value is infinite. Leave the cell empty if it is unknown.`);
    const huge = column.values.findIndex((value) => Math.abs(value) > largestNumber);
    if (huge >= 0)
      throw new LabError(
        'bad-input',
        `Column "${column.name}", row ${huge + 1}: ${column.values[huge] ?? ''} is larger than ` +
          `${largestNumber}, which is the most that is read. Leave the cell empty if it is an error.`,
      );
    const settled: DataColumn = { name: column.name, kind: 'number', values: canonicalNumbers(column.values) };
    return kind === 'class' ? classColumn(settled) : settled;
  }
  if (kind === 'number')
    return { name: column.name, kind: 'number', values: Float64Array.from(column.values, (text, row) => readNumber(column.name, row, text)) };
  const classes = naturallySorted([...new Set(column.values.filter((text) => text !== null))]);
  const codeOf = new Map(classes.map((text, code) => [text, code]));
  return { name: column.name, kind: 'class', classes, codes: Int32Array.from(column.values, (text) => (text === null ? -1 : (codeOf.get(text) ?? -1))) };
}

function readNumber(name: string, row: number, text: string | null): number {
  if (text === null) return NaN;
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new LabError(
    'bad-input',
    `Column "${name}", row ${row + 1}: "${text}" is not a number. Treat the column as classes, or name "${text}" as a mark of missing values.`,
  );
}

/** One bit pattern for missing values and one for zero, so that equal content has equal bytes. */
function canonicalNumbers(values: Float64Array): Float64Array {
  return values.map((value) => (Number.isNaN(value) ? NaN : value + 0));
}

function settleArray(array: RawArray, rows: number): DataArray {
  switch (array.kind) {
    case 'image':
      checkSize('image', array.values, rows * array.height * array.width * array.channels);
      if (array.values instanceof Float32Array) checkFinite('Image', array.values, array.values.length / rows);
      return array;
    case 'vector':
      checkSize('vector', array.values, rows * array.features);
      checkFinite('Row', array.values, array.features);
      return array;
    case 'sequence': {
      const empty = array.lengths.findIndex((length) => length < 1);
      if (empty >= 0) throw new LabError('bad-input', `Sequence ${empty + 1} has no time steps. Remove it from the data.`);
      const steps = array.lengths.reduce((sum, length) => sum + length, 0);
      if (array.lengths.length !== rows) throw new LabError('bad-input', `There are ${array.lengths.length} sequences, but the data have ${rows} rows.`);
      checkSize('sequence', array.values, steps * array.features);
      checkFinite('Sequence value', array.values, 1);
      return { ...array, maxLength: array.lengths.reduce((longest, length) => Math.max(longest, length), 0) };
    }
    default:
      return array satisfies never;
  }
}

function checkSize(kind: string, values: ArrayLike<number>, expected: number): void {
  if (values.length !== expected) throw new LabError('bad-input', `The ${kind} data have ${values.length} values where the rows need ${expected}.`);
}

function checkFinite(what: string, values: Float32Array, perItem: number): void {
  const at = values.findIndex((value) => value === Infinity || value === -Infinity);
  if (at >= 0) throw new LabError('bad-input', `${what} ${Math.floor(at / perItem) + 1} holds an infinite value.`);
}
