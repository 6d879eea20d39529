/** Reads NumPy's NPZ archives and single NPY arrays. */
import { LabError } from '../contract/errors.ts';
import type { Format, RawDataset } from './format.ts';
import { decodeNpy, startsAsNpy } from './npyArray.ts';
import type { NpyArray } from './npyArray.ts';
import { assignRoles } from './npzRoles.ts';
import { plainName, readBytes, readHead, readIfGzip } from './source.ts';
import { joinParts, splitNames, splitOfWord } from './splitNames.ts';
import type { SplitName } from './splitNames.ts';
import { openArchive } from './zipArchive.ts';

export const npz: Format = {
  id: 'npz',
  title: 'NumPy arrays',
  extensions: ['.npz', '.npy'],
  help:
    'An NPZ file whose largest array (2 to 4 dimensions) is the input and whose arrays ' +
    'with one value a row are columns; x_train, y_train, x_test, y_test are joined.',
  match: ({ path, isDirectory, head }) => !isDirectory && (startsAsNpy(head) || /\.np[yz]$/i.test(plainName(path))),
  read,
};

async function read(path: string): Promise<RawDataset> {
  const unzipped = await readIfGzip(path);
  const head = unzipped ?? (await readHead(path)).head;
  if (startsAsNpy(head)) return assignRoles(path, [decodeNpy(path, plainName(path).replace(/\.npy$/i, ''), unzipped ?? (await readBytes(path)))]);
  if (head[0] !== 0x50 || head[1] !== 0x4b) throw new LabError('bad-input', `${path} is neither an NPY array nor an NPZ archive.`);
  const arrays = await readArrays(path, unzipped);
  if (arrays.length === 0) throw new LabError('bad-input', `${path} holds no .npy arrays.`);
  const parts = splitParts(arrays);
  if (parts === null) return assignRoles(path, arrays);
  const joined = joinParts(parts.map(({ split, arrays: own }) => ({ split, path: `${path} (${split})`, data: assignRoles(path, own) })));
  const unused = arrays
    .filter((array) => !parts.some((part) => part.sources.includes(array)))
    .map(({ name }) => `Array "${name}" belongs to no split and is not used.`);
  return { ...joined, notes: [...joined.notes, ...unused] };
}

/** @param content the archive itself, when it is in memory already */
async function readArrays(path: string, content: Buffer | null): Promise<NpyArray[]> {
  const archive = await openArchive(path, (name) => name.endsWith('.npy') && !name.startsWith('__MACOSX/'), content);
  try {
    const arrays: NpyArray[] = [];
    for (const [entryName, entry] of archive.entries) {
      const name = entryName.slice(0, -'.npy'.length);
      arrays.push(decodeNpy(`${path}, array "${name}"`, name, await archive.read(entry)));
    }
    return arrays;
  } finally {
    await archive.close();
  }
}

interface Part {
  readonly split: SplitName;
  readonly arrays: readonly NpyArray[]; // under their common names: 'x', 'y'
  readonly sources: readonly NpyArray[];
}

/** x_train, y_train, x_test, y_test (or train_images, test_images ...) as parts with the arrays x and y; null when the names tell no split. */
function splitParts(arrays: readonly NpyArray[]): Part[] | null {
  const told = arrays.flatMap((array) => {
    const found = splitOfName(array.name);
    return found === null ? [] : [{ ...found, array }];
  });
  const parts = splitNames.flatMap((split) => {
    const own = told.filter((entry) => entry.split === split);
    return own.length === 0 ? [] : [{ split, arrays: own.map(({ stem, array }) => ({ ...array, name: stem })), sources: own.map(({ array }) => array) }];
  });
  return parts.length >= 2 ? parts : null;
}

function splitOfName(name: string): { readonly split: SplitName; readonly stem: string } | null {
  const words = /^([a-z0-9]+)[_-](.+)$/i.exec(name);
  const before = words === null ? null : splitOfWord(words[1] ?? '');
  if (words !== null && before !== null) return { split: before, stem: words[2] ?? name };
  const ending = /^(.+)[_-]([a-z0-9]+)$/i.exec(name) ?? /^([xy])([a-z]+)$/i.exec(name); // 'labels_test', 'Xtest'
  const after = ending === null ? null : splitOfWord(ending[2] ?? '');
  return ending === null || after === null ? null : { split: after, stem: ending[1] ?? name };
}
