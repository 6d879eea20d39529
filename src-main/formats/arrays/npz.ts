/** Reads NumPy's NPZ archives and NPY arrays: a file, the files of one data set beside each other, a folder of them. */
import { dirname, relative } from 'node:path';
import { isArrayFile, openArrayFile } from './arrayFiles.ts';
import { looksLikeArrays, readArrayFolder, readJoined } from './arrayFolder.ts';
import { isArrayZip, readArrayZip } from './arrayZip.ts';
import { partnersOf } from './arrayPartners.ts';
import type { Format, RawDataset, ReadOptions } from '../format.ts';
import { assignRoles } from './npzRoles.ts';
import { startsAsNpy } from './npyHeader.ts';
import type { ReadRoom } from '../readRoom.ts';
import { plainName, readHead, statOf } from '../source.ts';

export const npz: Format = {
  id: 'npz',
  title: 'NumPy arrays',
  extensions: ['.npz', '.npy'],
  help:
    'An NPZ file whose largest array (2 to 4 dimensions) is the input and whose arrays ' +
    'with one value a row are columns; x_train, y_train, x_test, y_test are joined. Or a folder of such NPY files, or of one NPY file a row in class folders.',
  hasNeighbours: true,
  opens: ['gzip', 'zip'],
  startsAs: (source) =>
    startsAsNpy(source.head) ||
    isArrayZip(source) ||
    (source.packing === 'zip' && source.entries.length > 0 && source.entries.every((name) => name.endsWith('.npy'))),
  match: ({ path, isDirectory, entries, head }) =>
    isDirectory ? looksLikeArrays(path, entries) : startsAsNpy(head) || (isArrayFile(path) && /\.np[yz]$/i.test(plainName(path))),
  read,
};

async function read(path: string, options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  if ((await statOf(path)).isDirectory()) return readArrayFolder(path, options, room);
  if (isArrayZip(await readHead(path))) return readArrayZip(path, options, room);
  const file = await openArrayFile(path, room);
  try {
    const partners = file.arrays.length + file.leftOut.length === 1 ? await partnersOf(path, room) : null;
    if (partners !== null)
      return await readJoined(
        dirname(path),
        partners,
        options,
        room,
        partners.map((name) => relative(dirname(path), name)),
      );
    return await assignRoles(path, file.arrays, { format: 'npz', options, room, leftOut: file.leftOut });
  } finally {
    await file.close();
  }
}
