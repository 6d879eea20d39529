/** Labels of images: the class and the split that the folders tell, and further columns of a labels.csv. */
import { LabError } from '../contract/errors.ts';
import { readTable } from './csv.ts';
import type { RawColumn, RawDataset, ReadOptions } from './format.ts';
import { pickRows } from './labelFiles.ts';
import { splitOfWord } from './splitNames.ts';

const fileColumns = ['file', 'path', 'name', 'filename', 'file_name', 'filepath', 'file_path', 'image', 'image_name', 'image_path', 'image_file'];

/** 'class' from the folder of every image; 'split' before it when the outer folders are train, val and test. Folders around everything do not count.
 *  @param paths inside the data folder, with '/' */
export function folderColumns(paths: readonly string[]): RawColumn[] {
  let folders = paths.map((path) => path.split('/').slice(0, -1));
  while (folders.every((pieces) => pieces.length > 1 && pieces[0] === folders[0]?.[0])) folders = folders.map((pieces) => pieces.slice(1));
  const outer = new Set(folders.map(([first]) => first ?? ''));
  const areSplits = [...outer].every((word) => splitOfWord(word) !== null);
  const classes = folders.map((pieces) => (areSplits ? pieces.slice(1) : pieces).join('/') || null);
  const columns: RawColumn[] = [];
  const splits = folders.map(([first = '']) => splitOfWord(first));
  if (areSplits && new Set(splits).size > 1) columns.push({ name: 'split', kind: 'text', values: splits });
  if (classes.some((name) => name !== null)) columns.push({ name: 'class', kind: 'text', values: classes });
  return columns;
}

/** The label columns of a labels.csv, in the order of the images. Files are named by their path in the folder, or by their name alone where that is enough,
 *  with or without the ending.
 *  @throws LabError when a row names no image, or an image twice */
export function csvColumns(
  shown: string,
  bytes: Buffer,
  paths: readonly string[],
  options: ReadOptions,
): { readonly columns: readonly RawColumn[]; readonly notes: readonly string[] } {
  const table = readTable(shown, bytes, { ...options, header: true }, fileColumns);
  const key = fileColumns.flatMap((name) => table.columns.find((column) => column.name.toLowerCase() === name) ?? [])[0];
  if (key === undefined)
    throw new LabError(
      'bad-input',
      `${shown} has no column that names the image files. Call it file, path or name. Found: ${table.columns.map(({ name }) => name).join(', ')}.`,
    );
  const rows = matchRows(shown, key, table, paths);
  const further = table.columns.filter((column) => column !== key).map((column) => pickRows(column, rows));
  const without = rows.reduce((count, row) => count + (row < 0 ? 1 : 0), 0);
  const notes = [`Labels from labels.csv: ${further.map(({ name }) => name).join(', ')}.`];
  if (without > 0) notes.push(`${without} images are not in labels.csv; their labels are missing.`);
  return { columns: further, notes };
}

function matchRows(shown: string, key: RawColumn, table: RawDataset, paths: readonly string[]): Int32Array {
  const places = placesByName(paths);
  const rows = new Int32Array(paths.length).fill(-1);
  for (let row = 0; row < table.rows; row++) {
    const value = key.values[row];
    const name = String(value ?? '')
      .replaceAll('\\', '/')
      .replace(/^\.\//, '');
    const place = places.get(name);
    if (place === undefined) throw new LabError('bad-input', `${shown}: there is no image "${name}". Name files by their path in the folder.`);
    if (place === null) throw new LabError('bad-input', `${shown}: several images are called "${name}". Name files by their path in the folder.`);
    if (rows[place] !== -1) throw new LabError('bad-input', `${shown}: the image "${name}" has two rows. Every image has one.`);
    rows[place] = row;
  }
  return rows;
}

/** Path, path without ending, name, name without ending -> the image; null where several images share it. */
function placesByName(paths: readonly string[]): Map<string, number | null> {
  const places = new Map<string, number | null>();
  const keysOf: ((path: string) => string)[] = [(path) => path, withoutEnding, baseOf, (path) => withoutEnding(baseOf(path))];
  for (const keyOf of keysOf) {
    const own = new Map<string, number | null>();
    paths.forEach((path, place) => own.set(keyOf(path), own.has(keyOf(path)) ? null : place));
    for (const [name, place] of own) if (!places.has(name)) places.set(name, place); // a fuller name wins
  }
  return places;
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function withoutEnding(path: string): string {
  return path.replace(/\.[^./]+$/, '');
}
