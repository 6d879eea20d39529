/** Which files of arrays belong together by their names: X_train.npy and y_train.npy, kmnist-train-imgs.npz and kmnist-train-labels.npz. */
import { basename, dirname, join } from 'node:path';
import { arrayName, isArrayFile, openArrayFile } from './arrayFiles.ts';
import { isInputWord, isLabelWord, splitWord, wordsOf } from './arrayNames.ts';
import type { ReadRoom } from '../readRoom.ts';
import { listFolder } from '../source.ts';
import type { SplitName } from '../splitNames.ts';

/** 'kmnist-train-imgs' in its pieces. */
export interface FileName {
  readonly name: string;
  readonly prefix: string; // 'kmnist': the words before the split and the role
  readonly split: SplitName | null;
  readonly role: 'input' | 'label' | null; // null when no word tells it
}

export function partsOfFileName(name: string): FileName {
  const words = wordsOf(name);
  const splitAt = words.findIndex((word) => splitWord(word) !== null);
  const roleAt = words.findLastIndex((word) => isInputWord(word) || isLabelWord(word));
  const role = words[roleAt] ?? '';
  const ends = [splitAt, roleAt].filter((place) => place >= 0);
  return {
    name,
    prefix:
      ends.length === 0
        ? ''
        : words
            .slice(0, Math.min(...ends))
            .join('_')
            .toLowerCase(),
    split: splitWord(words[splitAt] ?? ''),
    role: isLabelWord(role) ? 'label' : isInputWord(role) ? 'input' : null,
  };
}

/** The files that make up a data set with the given one, itself among them: an input and its labels, for every part of a split. null when it stands alone,
 *  or when the files beside it have other numbers of rows. */
export async function partnersOf(path: string, room: ReadRoom): Promise<readonly string[] | null> {
  const folder = dirname(path);
  const own = partsOfFileName(arrayName(path));
  if (own.role === null) return null;
  const files = (await listFolder(folder)).filter(isArrayFile).map((file) => ({ file, ...partsOfFileName(arrayName(file)) }));
  const fits = files.filter(({ prefix, role, split }) => prefix === own.prefix && role !== null && (split === own.split || room.isPart !== true));
  const chosen = onePerName(fits, basename(path));
  const isComplete = chosen.some(({ role, split }) => split === own.split && role !== own.role);
  if (!isComplete) return null;
  const paths = chosen.map(({ file }) => join(folder, file));
  return (await haveEqualRows(paths, room)) ? paths : null;
}

/** The one that the user named where a file is there twice, packed and not; else the first. */
function onePerName<F extends FileName & { readonly file: string }>(files: readonly F[], wanted: string): F[] {
  const found = new Map<string, F>();
  for (const file of files) if (!found.has(file.name) || file.file === wanted) found.set(file.name, file);
  return [...found.values()];
}

/** Whether the arrays of every split have as many rows as each other. Nothing but their headers is read. */
async function haveEqualRows(paths: readonly string[], room: ReadRoom): Promise<boolean> {
  const rows = new Map<SplitName | null, number>();
  for (const path of paths) {
    const file = await openArrayFile(path, room);
    await file.close();
    const { arrays, leftOut } = file;
    const [array] = arrays;
    if (array === undefined || arrays.length + leftOut.length > 1) return false;
    const { split } = partsOfFileName(arrayName(path));
    const [first = 0, second = 0] = array.shape;
    const count = array.shape.length === 2 && first === 1 ? second : first;
    if ((rows.get(split) ?? count) !== count) return false;
    rows.set(split, count);
  }
  return true;
}
