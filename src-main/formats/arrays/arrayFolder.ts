/** Reads folders of arrays: the files of one data set (X_train.npy, y_train.npy ...; kmnist-train-imgs.npz ...), or one NPY file a row in folders of classes.
 *  */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import { arrayName, isArrayFile, openArrayFile } from './arrayFiles.ts';
import type { OpenArrays } from './arrayFiles.ts';
import { wordsOf } from './arrayNames.ts';
import { partsOfFileName } from './arrayPartners.ts';
import { classFiles, readClassFiles } from './arrayClasses.ts';
import { readRowFiles } from './arrayRows.ts';
import { withClassMap } from '../classMap.ts';
import type { RawDataset, ReadOptions } from '../format.ts';
import { withLabelsCsv } from './idxLabels.ts';
import { isImageName } from '../pictures/imageKinds.ts';
import { maxArchiveEntries } from '../limits.ts';
import type { LeftOut, NamedArray } from './namedArray.ts';
import { assignRoles } from './npzRoles.ts';
import type { ReadRoom } from '../readRoom.ts';
import { listFolder, statOf } from '../source.ts';
import { splitOfFolder } from '../splitFolders.ts';

const maxFiles = 200; // of one data set; more are one a row
const maxDepth = 5;

/** Whether a folder is one of arrays: some are in it, or the first folders in it hold them, and there are no pictures or series beside them. */
export function looksLikeArrays(path: string, entries: readonly string[]): boolean {
  if (entries.some((name) => isImageName(name) || /\.ts$/i.test(name))) return false;
  if (entries.some(isArrayFile)) return true;
  return entries.slice(0, 20).some((name) => !/\.\w+$/.test(name) && holdsArrays(join(path, name), 3));
}

function holdsArrays(folder: string, depth: number): boolean {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return false; // a file, or a folder that may not be read: who reads it says so
  }
  if (names.some(isArrayFile)) return names.filter(isArrayFile).length * 2 > names.length;
  return depth > 1 && names.slice(0, 5).some((name) => !/\.\w+$/.test(name) && holdsArrays(join(folder, name), depth - 1));
}

/** @throws LabError when the folder holds several data sets, or arrays that are not told apart by their names */
export async function readArrayFolder(given: string, options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  const all = await listArrays(given, '', 1);
  if (all.length === 0) throw new LabError('bad-input', `${given} holds no NPY or NPZ arrays.`);
  const { folder, files } = withoutWrappers(given, all);
  const folders = files.map((file) => file.split('/').slice(0, -1));
  const areSplits = folders.every((pieces) => pieces.every((piece) => splitOfFolder(piece) !== null));
  if (!areSplits || files.length > maxFiles || areNumbered(files)) return readRowFiles(folder, files, options, room);
  const byClass = await classFiles(folder, files, room);
  if (byClass !== null) return readClassFiles(folder, byClass, options, room);
  const data = await readJoined(
    folder,
    files.map((file) => join(folder, file)),
    options,
    room,
    [],
  );
  return withLabelsCsv(folder, data, null, options);
}

/** Without the folders around everything. */
function withoutWrappers(folder: string, files: readonly string[]): { readonly folder: string; readonly files: readonly string[] } {
  const [first = ''] = files;
  const top = first.slice(0, first.indexOf('/') + 1);
  if (top === '' || !files.every((file) => file.startsWith(top))) return { folder, files };
  return withoutWrappers(
    join(folder, top),
    files.map((file) => file.slice(top.length)),
  );
}

/** The arrays of several files as one data set. @param beside the names of files that were not asked for by name, said in a note */
export async function readJoined(
  folder: string,
  paths: readonly string[],
  options: ReadOptions,
  room: ReadRoom,
  beside: readonly string[],
): Promise<RawDataset> {
  const files: OpenArrays[] = [];
  try {
    for (const path of paths) files.push(await openArrayFile(path, room));
    const prefix = commonPrefix(folder, paths);
    const arrays: NamedArray[] = [];
    const leftOut: LeftOut[] = [];
    for (const file of files) {
      const rename = <A extends NamedArray | LeftOut>(array: A): A => ({ ...array, name: nameOf(folder, file, array.name, prefix) });
      arrays.push(...file.arrays.map(rename));
      leftOut.push(...file.leftOut.map(rename));
    }
    const names = arrays.map(({ name }) => name);
    const twice = arrays.find(({ name }, at) => names.indexOf(name) !== at);
    if (twice !== undefined)
      throw new LabError(
        'bad-input',
        `${folder} has two arrays called "${twice.name}" (${arrays
          .filter(({ name }) => name === twice.name)
          .map(({ where }) => where)
          .join('; ')}). Give one of the files.`,
      );
    const data = await assignRoles(folder, arrays, { format: 'npz', options, room, leftOut });
    const note = beside.length > 0 ? [`Read together: ${beside.join(', ')}.`] : [];
    return await withClassMap(folder, { ...data, notes: [...note, ...data.notes] });
  } finally {
    for (const file of files) await file.close();
  }
}

/** The words that all names of one data set begin with: 'kmnist' of 'kmnist-train-imgs'. @throws LabError when there are several data sets */
function commonPrefix(folder: string, paths: readonly string[]): string {
  const files = paths.map((path) => partsOfFileName(fileName(folder, path)));
  const inputs = new Set(files.flatMap(({ role, prefix }) => (role === 'input' ? [prefix] : [])));
  const complete = [...inputs].filter((prefix) => files.some((file) => file.prefix === prefix && file.role === 'label'));
  if (complete.length > 1)
    throw new LabError(
      'bad-input',
      `${folder} has several data sets: ${complete.map((prefix) => prefix || 'one without a prefix').join(', ')}. Give one of the files.`,
    );
  return complete[0] ?? '';
}

/** 'train/X.npy' is train_X, the array of 'kmnist-train-imgs.npz' train_imgs, x in 'train.npz' train_x. */
function nameOf(folder: string, file: OpenArrays, array: string, prefix: string): string {
  const own = fileName(folder, file.path);
  const { split, role } = partsOfFileName(own);
  if (file.isArchive && (file.arrays.length > 1 || role === null)) return split === null ? array : `${split}_${array}`;
  const words = wordsOf(own);
  const skipped = prefix === '' ? 0 : prefix.split('_').length;
  const isPrefixed = skipped > 0 && words.slice(0, skipped).join('_').toLowerCase() === prefix;
  return isPrefixed ? words.slice(skipped).join('_') : own;
}

/** Its path in the folder as one name. */
function fileName(folder: string, path: string): string {
  const pieces = relative(folder, path).split(/[\\/]/);
  return [...pieces.slice(0, -1), arrayName(path)].join('_');
}

/** Names that differ in their numbers alone: '0001', 'img_17'. */
function areNumbered(files: readonly string[]): boolean {
  const stems = new Set(files.map((file) => arrayName(file).replace(/\d+/g, '#')));
  return files.length > 4 && stems.size < files.length / 2;
}

async function listArrays(folder: string, inside: string, depth: number): Promise<string[]> {
  const found: string[] = [];
  for (const name of await listFolder(join(folder, inside))) {
    if (name === '__MACOSX') continue;
    const path = inside === '' ? name : `${inside}/${name}`;
    const isFolder = (await statOf(join(folder, path))).isDirectory();
    if (isFolder && depth < maxDepth) found.push(...(await listArrays(folder, path, depth + 1)));
    else if (!isFolder && isArrayFile(name)) found.push(path);
    if (found.length > maxArchiveEntries) throw new LabError('bad-input', `${folder} holds more than ${maxArchiveEntries} arrays. Give a smaller folder.`);
  }
  return found;
}
