/** Turns what a reader hands over into a prepared data set: column kinds settled, sizes checked, content fingerprinted. */
import { entryOf } from '../contract/bounded.ts';
import { LabError, unknownName } from '../contract/errors.ts';
import type { ColumnType, DateOrder } from '../contract/reading.ts';
import type { RawArray, RawColumn, RawDataset } from '../formats/format.ts';
import { largestNumber } from '../formats/limits.ts';
import { blocksOf, isBytes, mapped, partOf } from '../formats/numbers/numbers.ts';
import type { Numbers } from '../formats/numbers/numbers.ts';
import { findNumber, lengthOf, textsOf } from '../formats/rawColumns.ts';
import { contentDigest } from './digest.ts';
import { distinctValues, naturallySorted, numberName, valuesOf } from './columns.ts';
import type { ClassColumn } from './columns.ts';
import { datesOfNumbers, settleDates } from './settleDates.ts';
import type { DataArray, DataColumn, PreparedDataset } from './dataset.ts';

/** What a person said that columns hold. */
export type ColumnKinds = Readonly<Record<string, ColumnType>>;

/** Settles the kind of every column (text becomes dates or classes, numbers stay numbers unless `kinds` says otherwise) and computes the digest.
 *  @param source the path or sample:NAME as the user gave it; not part of the digest
 *  @param dates the order of day and month, where the dates themselves do not tell
 *  @throws LabError bad-input naming column and row (counted from 1) when a value cannot be used */
export function prepareDataset(raw: RawDataset, name: string, source: string, kinds: ColumnKinds = {}, dates?: DateOrder): PreparedDataset {
  if (raw.rows === 0) throw new LabError('bad-input', `${source} holds no rows.`);
  checkNames(raw, source, kinds);
  const notes = [...raw.notes];
  const columns = raw.columns.map((column) => settleColumn(checkedLength(column, raw.rows), entryOf(kinds, column.name), dates, notes));
  const array = raw.array === undefined ? null : settleArray(raw.array, raw.rows);
  const digest = contentDigest({ rows: raw.rows, columns, array });
  const types = Object.keys(kinds).length === 0 ? {} : { types: kinds };
  return {
    name,
    source,
    format: raw.format,
    digest,
    rows: raw.rows,
    columns,
    array,
    notes,
    ...foundIn(raw),
    ...types,
  };
}

/** How it was read. What pictures of many bits were scaled by is a reading choice too. */
function foundIn({ found, array }: RawDataset): Pick<PreparedDataset, 'found'> {
  if (array?.kind === 'image' && array.scale !== undefined) return { found: { ...found, range: [array.scale.low, array.scale.high] } };
  return found === undefined ? {} : { found };
}

/** The column as classes, for a classification task on numbers: every distinct value is a class, in numerical order. */
export function classColumn(column: DataColumn): ClassColumn {
  if (column.kind === 'class') return column;
  const values = distinctValues(column).map(Number);
  const codeOf = new Map(values.map((value, code) => [value, code]));
  const codes = Int32Array.from(valuesOf(column), (value) => codeOf.get(value) ?? -1);
  return { name: column.name, kind: 'class', classes: numberNames(values), codes };
}

/** Names of classes that are written as numbers. Distinct numbers keep distinct names even when they agree in their first ten digits. */
export function numberNames(values: readonly number[]): string[] {
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
  if (lengthOf(column) !== rows) throw new LabError('bad-input', `Column "${column.name}" has ${lengthOf(column)} values, but the data have ${rows} rows.`);
  return column;
}

/** @param notes gets what was found out, a sentence each */
function settleColumn(column: RawColumn, kind: ColumnType | undefined, order: DateOrder | undefined, notes: string[]): DataColumn {
  if (column.kind === 'number') {
    checkNumbers(column);
    if (kind === 'date') return datesOfNumbers(column.name, column.values);
    const settled: DataColumn = { name: column.name, kind: 'number', values: canonicalNumbers(column.values) };
    return kind === 'class' ? classColumn(settled) : settled;
  }
  if (kind === 'number')
    return { name: column.name, kind: 'number', values: Float64Array.from(textsOf(column), (text, row) => readNumber(column.name, row, text)) };
  const dates = kind === undefined || kind === 'date' ? settleDates(column, kind === 'date', order, notes) : null;
  if (dates !== null) return dates;
  return column.kind === 'coded' ? settleCodes(column.name, column.texts, column.codes) : settleTexts(column.name, column.values);
}

function settleTexts(name: string, texts: readonly (string | null)[]): DataColumn {
  const classes = naturallySorted([...new Set(texts.filter((text) => text !== null))]);
  const codeOf = new Map(classes.map((text, code) => [text, code]));
  return { name, kind: 'class', classes, codes: Int32Array.from(texts, (text) => (text === null ? -1 : (codeOf.get(text) ?? -1))) };
}

/** Classes in their order, those alone that occur. Codes in a file are rewritten there: the file is the reading's own. */
function settleCodes(name: string, texts: readonly string[], codes: Numbers<'int32'>): DataColumn {
  const used = new Uint8Array(texts.length);
  for (const { values } of blocksOf(codes)) for (const code of values) if (code >= 0) used[code] = 1;
  const classes = naturallySorted(texts.filter((_, code) => used[code] === 1));
  const places = new Map(classes.map((text, place) => [text, place]));
  const placeOf = Int32Array.from(texts, (text) => places.get(text) ?? -1);
  return { name, kind: 'class', classes, codes: mapped(codes, (code) => (code < 0 ? -1 : (placeOf[code] ?? -1))) };
}

/** @throws LabError bad-input for an infinite value, or one past the most that is read */
function checkNumbers({ name, values }: Extract<RawColumn, { kind: 'number' }>): void {
  if (!isAnyBeyond(values)) return;
  const infinite = findNumber(values, (value) => value === Infinity || value === -Infinity);
  if (infinite >= 0) throw new LabError('bad-input', `Column "${name}", row ${infinite + 1}: the value is infinite. Leave the cell empty if it is unknown.`);
  const huge = findNumber(values, (value) => Math.abs(value) > largestNumber);
  if (huge >= 0) throw tooLarge(name, huge, String(partOf(values, huge, huge + 1)[0] ?? ''));
}

/** One quick look at all numbers, of which nearly always none is. */
function isAnyBeyond(numbers: Numbers<'float64'>): boolean {
  for (const { values } of blocksOf(numbers)) for (let at = 0; at < values.length; at++) if (Math.abs(values[at] ?? NaN) > largestNumber) return true;
  return false;
}

function readNumber(name: string, row: number, text: string | null): number {
  if (text === null) return NaN;
  const value = text.trim() === '' ? NaN : Number(text);
  if (Math.abs(value) > largestNumber && !/inf/i.test(text)) throw tooLarge(name, row, text.trim());
  if (Number.isFinite(value)) return value;
  throw new LabError(
    'bad-input',
    `Column "${name}", row ${row + 1}: "${text}" is not a number. Treat the column as classes, or name "${text}" as a mark of missing values.`,
  );
}

function tooLarge(name: string, row: number, value: string): LabError {
  const limit = `${value} is larger than ${largestNumber}, which is the most that is read`;
  return new LabError('bad-input', `Column "${name}", row ${row + 1}: ${limit}. Leave the cell empty if it is an error.`);
}

/** One bit pattern for missing values and one for zero, so that equal content has equal bytes. */
function canonicalNumbers(values: Numbers<'float64'>): Numbers<'float64'> {
  if (!(values instanceof Float64Array)) return mapped(values, canonicalNumber);
  const canonical = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) canonical[row] = canonicalNumber(values[row] ?? NaN);
  return canonical;
}

function canonicalNumber(value: number): number {
  return Number.isNaN(value) ? NaN : value + 0;
}

function settleArray(array: RawArray, rows: number): DataArray {
  switch (array.kind) {
    case 'image': {
      checkSize('image', array.values, rows * array.height * array.width * array.channels);
      if (!isBytes(array.values)) checkFinite('Image', array.values, array.values.length / rows);
      return array;
    }
    case 'vector': {
      checkSize('vector', array.values, rows * array.features);
      checkFinite('Row', array.values, array.features);
      return array;
    }
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

function checkSize(kind: string, values: { readonly length: number }, expected: number): void {
  if (values.length !== expected) throw new LabError('bad-input', `The ${kind} data have ${values.length} values where the rows need ${expected}.`);
}

function checkFinite(what: string, values: Numbers<'float32'>, perItem: number): void {
  const at = findNumber(values, (value) => value === Infinity || value === -Infinity);
  if (at >= 0) throw new LabError('bad-input', `${what} ${Math.floor(at / perItem) + 1} holds an infinite value.`);
}
