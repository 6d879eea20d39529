/** Reads ZIP archives of array files as the folder that they were made from. An NPZ archive is one data set by itself and no matter of this file. */
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LabError } from '../../contract/errors.ts';
import { isArrayFile } from './arrayFiles.ts';
import { readArrayFolder } from './arrayFolder.ts';
import type { RawDataset, ReadOptions, SourceHead } from '../format.ts';
import { maxPackedGrowth } from '../limits.ts';
import type { ReadRoom } from '../readRoom.ts';
import { inFolder, newFolder } from '../archives/unpack.ts';
import { openArchive } from '../archives/zipArchive.ts';

const companion = /\.(?:csv|txt|md|rst|json|pdf)$|(?:^|\/)(?:licen[cs]e|readme)$/i;

/** Whether a file is such an archive: two arrays or more, and besides them only what explains them. */
export function isArrayZip({ path, packing, entries }: Pick<SourceHead, 'path' | 'packing' | 'entries'>): boolean {
  const names = entries.map((name) => name.replaceAll('\\', '/')).filter(isVisible); // as some programs on Windows write them
  return packing === 'zip' && !/\.npz$/i.test(path) && names.filter(isArrayFile).length > 1 && names.every((name) => isArrayFile(name) || companion.test(name));
}

/** @throws LabError as readArrayFolder does, and when the archive is damaged */
export async function readArrayZip(path: string, options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  return inFolder(room, async (folder) => {
    const into = await newFolder(folder);
    const shown = (text: string): string => text.replaceAll(into, path);
    try {
      await unpack(path, into, room);
      const data = await readArrayFolder(into, options, room.folder === null ? { ...room, folder } : room);
      return { ...data, notes: data.notes.map(shown) };
    } catch (error) {
      if (error instanceof LabError) throw new LabError(error.code, shown(error.message), { cause: error });
      throw error;
    } finally {
      await rm(into, { recursive: true, force: true });
    }
  });
}

async function unpack(path: string, folder: string, room: ReadRoom): Promise<void> {
  const archive = await openArchive(path, (name) => isVisible(name) && (isArrayFile(name) || /\.csv$/i.test(name)), null, maxPackedGrowth);
  try {
    for (const [name, entry] of archive.entries) {
      const file = join(folder, name);
      await mkdir(dirname(file), { recursive: true });
      await pipeline(Readable.from(archive.pieces(entry, room.signal)), createWriteStream(file, { flags: 'wx' }));
    }
  } finally {
    await archive.close();
  }
}

function isVisible(name: string): boolean {
  return !name.split('/').some((piece) => piece.startsWith('.') || piece === '__MACOSX');
}
