/** Unpacks what people pack: a .gz or .zst file, and entries of a ZIP archive, into files. Sizes that a file states are never trusted: unpacking ends at the
 *  limit. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { LabError } from '../../contract/errors.ts';
import type { RawArray, RawColumn, RawDataset } from '../format.ts';
import { maxUnpackedBytes, sizeText } from '../limits.ts';
import { FileNumbers } from '../numbers/numbers.ts';
import type { ReadRoom } from '../readRoom.ts';
import { plainName, statOf } from '../source.ts';
import { openZip } from './zip.ts';
import { openArchive } from './zipArchive.ts';

/** Gives work a folder for unpacked files: the room's own, or one that goes when the work is done; then nothing of the result stays in files. */
export async function inFolder(room: ReadRoom, work: (folder: string) => Promise<RawDataset>): Promise<RawDataset> {
  if (room.folder !== null) return work(room.folder);
  const folder = await mkdtemp(join(tmpdir(), 'auxlab-unpacked-'));
  try {
    return inMemory(await work(folder), folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Unpacks a .gz or .zst file.
 *  @param most bytes; what is usual unless told otherwise
 *  @returns the file, in a new folder inside   @throws LabError bad-input when it is damaged or unpacks to too much */
export async function unpackFile(path: string, packing: 'gzip' | 'zstd', folder: string, room: ReadRoom, most?: number): Promise<string> {
  const { size } = await statOf(path);
  const out = join(await newFolder(folder), safeName(plainName(path)));
  const limit = most ?? maxUnpackedBytes(size);
  const unpacker = packing === 'gzip' ? zlib.createGunzip() : zlib.createZstdDecompress();
  try {
    await pipeline(createReadStream(path), told(room, size), unpacker, limited(limit), createWriteStream(out), signalOf(room));
  } catch (cause) {
    if (room.signal?.aborted === true) throw cause;
    if (cause instanceof TooLarge)
      throw new LabError('bad-input', `${path} unpacks from ${sizeText(size)} to more than ${sizeText(limit)} and is refused.`, { cause });
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')
      throw new LabError('bad-input', `${path} cannot be unpacked: the disk is full (${folder}).`, { cause });
    const what = packing === 'gzip' ? 'gzip' : 'Zstandard';
    throw new LabError('bad-input', `${path} cannot be unpacked: its ${what} data is damaged or cut off.`, { cause });
  }
  if ((await statOf(out)).size === 0) throw new LabError('bad-input', `${path} is empty.`);
  return out;
}

/** Unpacks entries of a ZIP archive into one new folder.  @returns their files, in the order of the names   @throws LabError bad-input as openArchive does */
export async function unpackEntries(path: string, names: readonly string[], folder: string, room: ReadRoom): Promise<string[]> {
  const archive = await openArchive(path, (name) => names.includes(name));
  await archive.close(); // names and sizes are honest as far as can be told
  const zip = await openZip(path);
  try {
    const into = await newFolder(folder);
    const files = new Map<string, string>();
    const whole = [...archive.entries.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for await (const entry of zip.entries()) {
      if (!names.includes(entry.name)) continue;
      const out = join(into, safeName(basename(entry.name.replaceAll('\\', '/'))));
      await pipeline(Readable.from(zip.read(entry, room.signal ?? undefined)), told(room, whole), createWriteStream(out, { flags: 'wx' }), signalOf(room));
      files.set(entry.name, out);
    }
    return names.flatMap((name) => files.get(name) ?? []);
  } finally {
    await zip.close();
  }
}

/** An empty folder inside. */
export async function newFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return mkdtemp(join(folder, 'unpacked-'));
}

class TooLarge extends Error {}

function limited(limit: number): Transform {
  let total = 0;
  return new Transform({
    transform(piece: Buffer, _, done) {
      total += piece.length;
      if (total > limit) done(new TooLarge());
      else done(null, piece);
    },
  });
}

/** Tells how many bytes have passed. */
function told(room: ReadRoom, ofBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(piece: Buffer, _, done) {
      bytes += piece.length;
      room.onProgress({ bytes, ofBytes });
      done(null, piece);
    },
  });
}

function signalOf({ signal }: ReadRoom): { signal?: AbortSignal } {
  return signal === null ? {} : { signal };
}

/** A name that every system takes: what is in an archive may be called anything. */
function safeName(name: string): string {
  const safe = name.replace(/[<>:"|?*\\/\0-\x1f]/g, '_').replace(/[. ]+$/, '');
  return safe === '' ? 'data' : safe.slice(-200);
}

/** Numbers that lie in files of the folder are taken into memory. */
function inMemory(data: RawDataset, folder: string): RawDataset {
  // The same numbers
  const own = <T>(numbers: T): T => (numbers instanceof FileNumbers && numbers.path.startsWith(folder) ? (numbers.read(0, numbers.length) as T) : numbers);
  const column = (one: RawColumn): RawColumn => {
    switch (one.kind) {
      case 'number':
        return { ...one, values: own(one.values) };
      case 'coded':
        return { ...one, codes: own(one.codes) };
      case 'text':
        return one;
      default:
        return one satisfies never;
    }
  };
  const columns = data.columns.map(column);
  // Of the same kind
  return data.array === undefined ? { ...data, columns } : { ...data, columns, array: { ...data.array, values: own(data.array.values) } as RawArray };
}
