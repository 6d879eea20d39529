/** Which column of a table names the pictures, and which row is which picture's: by path, by name, with or without the ending. */
import { LabError } from '../../contract/errors.ts';
import type { RawColumn } from '../format.ts';
import { textsOf } from '../rawColumns.ts';

export interface KeyedTable {
  readonly path: string; // inside the data folder
  readonly shown: string; // as errors name it
  readonly folder: string; // of the table, with '/' at the end: names are looked for there first
  readonly key: readonly string[]; // of every row: the name of its picture
  readonly columns: readonly RawColumn[]; // the others
}

type Places = ReadonlyMap<string, number | null>;

/** Names of columns in the order in which they are looked for. */
const fileColumns =
  'file path name filename file_name filepath file_path filepaths file_paths image image_name image_path image_file image_filename img img_name img_path ' +
  'picture photo fname relative_path';
const idColumns = 'id image_id imageid img_id file_id picture_id photo_id index';
const keyColumns = [...fileColumns.split(' '), ...idColumns.split(' ')];
const triedRows = 2000;
const [enough, strippedMost] = [0.5, 4];

/** The column that names pictures: one that is called so and does, one that is called file, or any that does. Null where there is none.
 *  @param read the table's columns; those with the names are then texts, so that 007 stays 007 */
export function findKey(
  read: (texts: readonly string[]) => readonly RawColumn[],
  places: Places,
  folder: string,
): { readonly columns: readonly RawColumn[]; readonly key: RawColumn } | null {
  const columns = read(keyColumns);
  const called = keyColumns.flatMap((name) => columns.filter((column) => wordsOf(column.name) === name));
  const fits = (column: RawColumn): boolean => shareOf(namesOf(column), places, folder) >= enough;
  const told = called.find(fits) ?? called.find(({ name }) => fileColumns.split(' ').includes(wordsOf(name)));
  if (told !== undefined) return { columns, key: told };
  const texts = read(columns.map(({ name }) => name.toLowerCase()));
  const key = texts.find(fits);
  if (key === undefined) return null;
  const others = read([...keyColumns, key.name.toLowerCase()]); // what is no key keeps its numbers
  return { columns: others, key: others.find(({ name }) => name === key.name) ?? key };
}

/** 'image_id' for 'Image ID'. */
function wordsOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}

/** The names in a column, with '/' between folders. */
export function namesOf(column: RawColumn): string[] {
  return textsOf(column).map((value) =>
    (value ?? '')
      .trim()
      .replaceAll('\\', '/')
      .replace(/^(\.?\/)+/, ''),
  );
}

/** The share of names that are a picture's: of the first rows of a long table. */
export function shareOf(names: readonly string[], places: Places, folder: string): number {
  const tried = names.slice(0, triedRows);
  const stripped = strippedFolders(tried, places, folder);
  const found = tried.filter((name) => placeOf(name, places, folder, stripped) !== undefined);
  return tried.length === 0 ? 0 : found.length / tried.length;
}

/** The row of every picture, counted through all tables; -1 for a picture without one.
 *  @throws LabError when a row names no picture, several, or one that has a row */
export function matchRows(tables: readonly KeyedTable[], places: Places, count: number): Int32Array {
  const rows = new Int32Array(count).fill(-1);
  let row = 0;
  for (const { shown, folder, key } of tables) {
    const stripped = strippedFolders(key, places, folder);
    const absent = key.filter((name) => placeOf(name, places, folder, stripped) === undefined);
    if (absent.length > 0) throw absentImages(shown, absent);
    for (const name of key) {
      const place = placeOf(name, places, folder, stripped);
      if (place === null) throw new LabError('bad-input', `${shown}: several images are called "${name}". Name files by their path in the folder.`);
      if (place !== undefined && rows[place] !== -1) throw new LabError('bad-input', `${shown}: the image "${name}" has two rows. Every image has one.`);
      if (place !== undefined) rows[place] = row;
      row++;
    }
  }
  return rows;
}

function absentImages(shown: string, absent: readonly string[]): LabError {
  const named = absent.slice(0, 5).map((name) => `"${name}"`);
  const more = absent.length > named.length ? ` and ${absent.length - named.length} more` : '';
  const what = absent.length === 1 ? `there is no image ${named.join(', ')}` : `there are no images ${named.join(', ')}${more}`;
  return new LabError('bad-input', `${shown}: ${what}. Name files by their path in the folder.`);
}

/** undefined: no picture. null: several. */
function placeOf(name: string, places: Places, folder: string, stripped: number): number | null | undefined {
  const own = stripped === 0 ? name : name.split('/').slice(stripped).join('/');
  if (own === '') return undefined;
  const near = places.get(folder + own);
  return typeof near === 'number' ? near : (places.get(own) ?? near ?? (places.has(own) ? null : undefined));
}

/** How many outer folders of the names lead to where the pictures were when the table was written: the fewest with which a name fits. */
function strippedFolders(names: readonly string[], places: Places, folder: string): number {
  const tried = names.slice(0, triedRows);
  const counts = Array.from(
    { length: strippedMost + 1 },
    (_, stripped) => tried.filter((name) => placeOf(name, places, folder, stripped) !== undefined).length,
  );
  const first = counts.findIndex((found) => found === tried.length);
  return first >= 0 ? first : 0;
}

/** Path, path below what is around everything, name, each with and without the ending -> the image; null where several images share it. */
export function placesByName(paths: readonly string[]): Map<string, number | null> {
  const places = new Map<string, number | null>();
  const around = folderAround(paths);
  const whole = (path: string): string => path;
  const inner = (path: string): string => path.slice(around);
  const keysOf = [whole, inner, baseOf].flatMap((keyOf) => [keyOf, (path: string): string => withoutEnding(keyOf(path))]);
  for (const keyOf of keysOf) {
    const own = new Map<string, number | null>();
    paths.forEach((path, place) => {
      const key = keyOf(path);
      own.set(key, own.has(key) ? null : place);
    });
    for (const [name, place] of own) if (!places.has(name)) places.set(name, place); // a fuller name wins
  }
  return places;
}

/** The length of the folders that all paths begin with. */
function folderAround(paths: readonly string[]): number {
  const [first = ''] = paths;
  let length = first.lastIndexOf('/') + 1;
  for (const path of paths) while (length > 0 && !path.startsWith(first.slice(0, length))) length = first.lastIndexOf('/', length - 2) + 1;
  return length;
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function withoutEnding(path: string): string {
  return path.replace(/\.[^./]+$/, '');
}
