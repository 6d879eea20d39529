/** Arrays with one value a row, or a few, as columns: numbers, texts, and rows with a single 1 as one column of classes. */
import { numberedNames } from '../columnNames.ts';
import type { RawColumn } from '../format.ts';
import { allNumbers, blocksOfRows, rowLength, shapeText } from './namedArray.ts';
import type { NamedArray } from './namedArray.ts';
import type { Reading } from './arrayReading.ts';
import { openStores } from '../numbers/numberStore.ts';

const maxSpreadColumns = 64;
const maxClasses = 20_000;

/** The columns that an array gives; none when it has another number of rows or too many values a row. */
export async function columnsOf(array: NamedArray, rows: number, isOneHot: boolean, reading: Reading): Promise<{ columns: RawColumn[]; notes: string[] }> {
  const width = widthOf(array, rows);
  if (isOneHot) {
    const codes = await codesOf(array);
    if (codes !== null) {
      const texts = Array.from({ length: width }, (_, code) => String(code));
      const note =
        `Array "${array.name}" has a single 1 among ${width} values in every row: it is read as one class column with the codes 0 to ${width - 1}. ` +
        'Save its columns as arrays of their own to read them one by one.';
      return { columns: [{ name: array.name, kind: 'coded', texts, codes }], notes: [note] };
    }
  }
  if (width === 0 || width > maxSpreadColumns) return { columns: [], notes: [`Array "${array.name}" of shape ${shapeText(array)} is not used.`] };
  const names = width === 1 ? [array.name] : Array.from({ length: width }, (_, i) => `${array.name}_${i + 1}`);
  return { columns: await spread(array, names, rows, reading), notes: [] };
}

/** A matrix without company: its columns are all there is, so that one of them can be the target. */
export async function tableOf(array: NamedArray, reading: Reading): Promise<{ columns: RawColumn[]; notes: string[] }> {
  const [rows = 0, width = 1] = array.shape;
  const columns = await spread(array, numberedNames(width), rows, reading);
  return { columns, notes: [`Array "${array.name}" has no labels beside it: its columns are called column1 to column${width}.`] };
}

/** Values a row when there is one row of the array for every row of the data: [rows], [rows, width], or one line of as many values: [1, rows]. Else 0. */
export function widthOf(array: NamedArray, rows: number): number {
  const { shape } = array;
  if (shape.length === 2 && shape[0] === 1 && shape[1] === rows) return 1;
  return shape[0] === rows && shape.slice(1).filter((size) => size !== 1).length < 2 ? rowLength(array) : 0;
}

/** Whether every row of every part is 0 but for a single 1, and not always at the same place. @param parts of one array, train and test */
export async function areOneHot(parts: readonly NamedArray[]): Promise<boolean> {
  const [width = 0, ...others] = new Set(parts.map(rowLength));
  if (width < 2 || width > maxClasses || others.length > 0) return false;
  const found = new Set<number>();
  for (const array of parts) {
    const codes = array.values.kind === 'number' && widthOf(array, array.shape[0] ?? 0) === width ? await codesOf(array) : null;
    if (codes === null) return false;
    for (const code of codes) found.add(code);
  }
  return found.size > 1;
}

/** The place of the 1 in every row; null as soon as a row has another form. */
async function codesOf(array: NamedArray): Promise<Int32Array | null> {
  const [rows = 0] = array.shape;
  const width = rowLength(array);
  const codes = new Int32Array(rows);
  for await (const { start, values } of blocksOfRows(array)) {
    for (let at = 0; at < values.length; at += width) {
      let code = -1;
      for (let i = 0; i < width; i++) {
        const value = values[at + i];
        if (value === 0) continue;
        if (value !== 1 || code >= 0) return null;
        code = i;
      }
      if (code < 0) return null;
      codes[(start + at) / width] = code;
    }
  }
  return codes;
}

/** One column for each value of a row. */
async function spread(array: NamedArray, names: readonly string[], rows: number, reading: Reading): Promise<RawColumn[]> {
  const width = names.length;
  if (array.values.kind === 'text') {
    const texts = await array.values.texts();
    return names.map((name, i) => ({ name, kind: 'text', values: Array.from({ length: rows }, (_, row) => texts[row * width + i]?.trim() || null) }));
  }
  if (width === 1 && array.shape[0] === 1) return [{ name: names[0] ?? array.name, kind: 'number', values: await allNumbers(array) }];
  const stores = openStores('float64', rows, width, reading.room);
  for await (const { start, values } of blocksOfRows(array)) {
    stores.forEach((store, i) => {
      const column = new Float64Array(values.length / width);
      for (let row = 0; row < column.length; row++) column[row] = canonical(values[row * width + i] ?? NaN);
      store.write(start / width, column);
    });
    reading.tell(array, values.length);
  }
  return names.map((name, i) => ({ name, kind: 'number', values: stores[i]?.numbers ?? new Float64Array(0) }));
}

/** One bit pattern for missing values and one for zero, as columns in files have it. */
function canonical(value: number): number {
  return Number.isNaN(value) ? NaN : value + 0;
}
