/** Joins a folder's labels.csv to the rows of IDX files: by row, or by its columns split and index. */
import { LabError } from '../../contract/errors.ts';
import type { RawColumn, RawDataset, ReadOptions } from '../format.ts';
import { addColumns, readLabelsCsv } from '../labelFiles.ts';
import { wholeOf } from '../numbers/numbers.ts';
import { pickRows, textsOf } from '../rawColumns.ts';
import { splitOfWord } from '../splitNames.ts';

/** @param data rows that were read from the folder, with a column split when several parts were joined
 *  @param split the part that was read when it was one alone */
export async function withLabelsCsv(folder: string, data: RawDataset, split: string | null, options: ReadOptions): Promise<RawDataset> {
  const labels = await readLabelsCsv(folder, options);
  if (labels === null) return data;
  const { path, table } = labels;
  const splitColumn = table.columns.find(({ name }) => name.toLowerCase() === 'split');
  const indexColumn = table.columns.find(({ name }) => name.toLowerCase() === 'index');
  const own = data.columns.find(({ name }) => name === 'split');
  let rows: Int32Array;
  if (splitColumn !== undefined && splitColumn.kind !== 'number' && indexColumn?.kind === 'number') {
    rows = byIndex(path, textsOf(splitColumn), wholeOf(indexColumn.values), splitsOf(data, own, split));
  } else {
    if (table.rows !== data.rows)
      throw new LabError(
        'bad-input',
        `${path} has ${table.rows} rows, but the images have ${data.rows}. Give one row for each image in order, or the columns split and index.`,
      );
    rows = Int32Array.from({ length: data.rows }, (_, row) => row);
  }
  const isKey = (column: RawColumn): boolean => indexColumn !== undefined && (column === splitColumn || column === indexColumn);
  const further = table.columns.filter((column) => !isKey(column)).map((column) => pickRows(column, rows));
  const { columns, notes } = addColumns(data.columns, further, 'labels.csv');
  const unlabelled = rows.reduce((count, row) => count + (row < 0 ? 1 : 0), 0);
  const gap = unlabelled > 0 ? [`${unlabelled} rows are not in labels.csv; their further labels are missing.`] : [];
  return { ...data, columns, notes: [...data.notes, `Further labels from labels.csv: ${further.map(({ name }) => name).join(', ')}.`, ...notes, ...gap] };
}

function splitsOf(data: RawDataset, own: RawColumn | undefined, split: string | null): (string | null)[] {
  if (own !== undefined && own.kind !== 'number') return textsOf(own);
  return new Array<string | null>(data.rows).fill(split);
}

/** Row of the table for every row of the data; -1 where the table has none. Index counts from 0 within its split. */
function byIndex(path: string, splits: readonly (string | null)[], indices: Float64Array, own: readonly (string | null)[]): Int32Array {
  const found = new Map<string, number>();
  splits.forEach((name, row) => {
    const split = name === null ? null : (splitOfWord(name) ?? name);
    const key = `${split ?? ''} ${indices[row] ?? NaN}`;
    if (found.has(key))
      throw new LabError('bad-input', `${path}: split "${name ?? ''}" with index ${indices[row] ?? NaN} is there twice. Every image has one row.`);
    found.set(key, row);
  });
  const next = new Map<string, number>();
  return Int32Array.from(own, (split) => {
    const name = split ?? '';
    const index = next.get(name) ?? 0;
    next.set(name, index + 1);
    return found.get(`${name} ${index}`) ?? -1;
  });
}
