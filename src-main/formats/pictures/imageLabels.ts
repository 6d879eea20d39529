/** Labels of images in tables beside them: labels.csv, metadata.csv (Hugging Face), train.csv. One column names the pictures, the others are labels. */
import { LabError } from '../../contract/errors.ts';
import { readTable } from '../tables/csv.ts';
import type { RawColumn, ReadOptions } from '../format.ts';
import type { TableFile } from './imageFiles.ts';
import { findKey, matchRows, namesOf, placesByName, shareOf } from './imageTableKeys.ts';
import type { KeyedTable } from './imageTableKeys.ts';
import { joinColumns, pickRows } from '../rawColumns.ts';
import { splitOfFolder } from '../splitFolders.ts';

export interface ImageLabels {
  readonly columns: readonly RawColumn[]; // of every picture, in their order
  readonly isNamed: readonly boolean[]; // whether a row is about the picture
  readonly from: string; // 'labels.csv', 'train.csv and val.csv'
  readonly notes: readonly string[];
}

/** Tables called so are there for the labels: they must fit. Any other is looked at where no folder tells the class, and taken when it fits. */
const toldName = /^(labels?|metadata)\.(csv|tsv)$/i;
const answersName = /submission/i; // of a contest: a form to be filled in, not labels

/** @param paths of the pictures inside the data folder
 *  @param hasClasses whether folders tell the class
 *  @throws LabError when a table called labels or metadata does not fit the pictures; null when there is no table to read */
export async function imageLabels(
  tables: readonly TableFile[],
  paths: readonly string[],
  options: ReadOptions,
  hasClasses: boolean,
): Promise<ImageLabels | null> {
  const told = tables.filter(({ path }) => toldName.test(nameOf(path)));
  const tried = told.length > 0 ? told : hasClasses ? [] : tables.filter(({ path }) => !answersName.test(nameOf(path)));
  const unread = tables.filter((table) => !tried.includes(table)).map(({ path }) => path);
  const places = placesByName(paths);
  const keyed: KeyedTable[] = [];
  for (const table of tried) {
    const fits = await readKeyed(table, places, options, told.length > 0);
    if (fits === null) unread.push(table.path);
    else keyed.push(fits);
  }
  const used = alike(keyed);
  unread.push(...keyed.filter((table) => !used.includes(table)).map(({ path }) => path));
  return used.length === 0 ? null : labelsOf(used, places, paths, unread);
}

/** @returns null when it is no table of these pictures and need not be one */
async function readKeyed(file: TableFile, places: ReadonlyMap<string, number | null>, options: ReadOptions, isTold: boolean): Promise<KeyedTable | null> {
  try {
    const bytes = await file.read();
    const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
    const read = (texts: readonly string[]): readonly RawColumn[] => readTable(file.shown, bytes, { ...options, header: true }, texts).columns;
    const found = findKey(read, places, folder);
    if (found === null) throw noKey(file.shown, read([]));
    const { columns, key } = found;
    const further = columns.filter((column) => column !== key);
    const isOfThese = isTold || (further.length > 0 && shareOf(namesOf(key), places, folder) >= 0.5);
    return isOfThese ? { path: file.path, shown: file.shown, folder, key: namesOf(key), columns: further } : null;
  } catch (error) {
    if (isTold || !(error instanceof LabError)) throw error;
    return null;
  }
}

function noKey(shown: string, columns: readonly RawColumn[]): LabError {
  const text = `${shown} has no column that names the image files. Call it file, path or name. Found: ${columns.map(({ name }) => name).join(', ')}.`;
  return new LabError('bad-input', text);
}

/** Those with the columns that the most rows have: train.csv and val.csv together, not a list of classes beside them. */
function alike(tables: readonly KeyedTable[]): KeyedTable[] {
  const groups = new Map<string, KeyedTable[]>();
  for (const table of tables) {
    const form = table.columns
      .map(({ name }) => name)
      .sort()
      .join('\n');
    groups.set(form, [...(groups.get(form) ?? []), table]);
  }
  const rowsOf = (group: readonly KeyedTable[]): number => group.reduce((sum, { key }) => sum + key.length, 0);
  return [...groups.values()].sort((a, b) => rowsOf(b) - rowsOf(a))[0] ?? [];
}

function labelsOf(tables: readonly KeyedTable[], places: ReadonlyMap<string, number | null>, paths: readonly string[], unread: readonly string[]): ImageLabels {
  const rows = matchRows(tables, places, paths.length);
  const names = tables[0]?.columns.map(({ name }) => name) ?? [];
  const joined = names.map((name) => (tables.length === 1 ? columnOf(tables[0], name) : joinColumns(tables.map((table) => columnOf(table, name)))));
  const parts = splitColumn(tables, names);
  const columns = [...parts, ...joined].map((column) => pickRows(column, rows));
  const from = tables.map(({ path }) => path).join(' and ');
  const isNamed = Array.from(rows, (row) => row >= 0);
  const notes = [`Labels from ${from}: ${columns.map(({ name }) => name).join(', ')}.`];
  if (unread.length > 0) notes.push(`Tables that were not read: ${unread.slice(0, 5).join(', ')}. Labels come from a labels.csv, if there is one.`);
  return { columns, isNamed, from, notes };
}

/** The part of the split, where every table is called by one: train.csv, val.csv. */
function splitColumn(tables: readonly KeyedTable[], names: readonly string[]): RawColumn[] {
  const splits = tables.map(({ path }) => splitOfFolder(nameOf(path).replace(/\.[^.]+$/, '')));
  const areParts = new Set(splits).size > 1 && !splits.includes(null) && !names.includes('split');
  return areParts ? [{ name: 'split', kind: 'text', values: tables.flatMap(({ key }, i) => key.map(() => splits[i] ?? null)) }] : [];
}

function columnOf(table: KeyedTable | undefined, name: string): RawColumn {
  const column = table?.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new RangeError(`Column ${name} is missing; alike must run first.`);
  return column;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
