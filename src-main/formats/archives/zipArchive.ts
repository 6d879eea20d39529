/** Opens ZIP archives from people one does not know: names, counts and sizes are checked before anything is unpacked. */
import { LabError } from '../../contract/errors.ts';
import { maxArchiveEntries, maxUnpackedBytes, sizeText } from '../limits.ts';
import { checkPacking, contentOf, openZip } from './zip.ts';
import type { Zip, ZipEntry } from './zip.ts';

export interface Archive {
  readonly entries: ReadonlyMap<string, ZipEntry>; // the wanted files, in the archive's order
  /** Unpacks one of them. @throws LabError bad-input when it is damaged */
  read(entry: ZipEntry): Promise<Uint8Array>;
  /** The same a piece at a time. */
  pieces(entry: ZipEntry, signal: AbortSignal | null): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

/** @param path names the archive in errors
 *  @param isWanted asked with the name, folders divided by '/'
 *  @param content the archive itself, when it is in memory already
 *  @param mostOf bytes that all wanted files of an archive of so many bytes may unpack to; what is held in memory when left out
 *  @throws LabError bad-input when it is damaged, holds unsafe names, or unpacks to more than is honest */
export async function openArchive(
  path: string,
  isWanted: (name: string) => boolean,
  content: Buffer | null = null,
  mostOf: (packedBytes: number) => number = maxUnpackedBytes,
): Promise<Archive> {
  const zip = await openZip(path, content).catch((cause: unknown) => {
    throw new LabError('bad-input', `${path} cannot be unpacked: the ZIP archive is damaged, encrypted or cut off.`, { cause });
  });
  try {
    return {
      entries: await wantedEntries(zip, isWanted, mostOf(zip.size)),
      read: (entry) => contentOf(zip, entry),
      pieces: (entry, signal) => zip.read(entry, signal ?? undefined),
      close: () => zip.close(),
    };
  } catch (error) {
    await zip.close();
    throw error;
  }
}

async function wantedEntries(zip: Zip, isWanted: (name: string) => boolean, limit: number): Promise<ReadonlyMap<string, ZipEntry>> {
  const { path, size } = zip;
  const wanted = new Map<string, ZipEntry>();
  let total = 0;
  for await (const entry of zip.entries()) {
    const { bytes } = entry;
    const name = entry.name.replaceAll('\\', '/'); // as some programs on Windows write them
    checkName(path, name, entry.name);
    if (name.endsWith('/') || !isWanted(name)) continue;
    checkPacking(path, entry);
    if (wanted.has(name)) throw new LabError('bad-input', `${path} holds the entry ${name} twice.`);
    wanted.set(name, entry);
    total += bytes;
    if (wanted.size > maxArchiveEntries) throw new LabError('bad-input', `${path} holds more than ${maxArchiveEntries} files and is refused.`);
    if (total > limit) throw new LabError('bad-input', `${path} unpacks from ${sizeText(size)} to more than ${sizeText(limit)} and is refused.`);
  }
  return wanted;
}

/** An entry must name a place inside the archive on every system. */
function checkName(path: string, name: string, written: string): void {
  const isUnsafe = /\0|^\/|^[A-Za-z]:/.test(name) || name.split('/').includes('..');
  if (isUnsafe) throw new LabError('bad-input', `${path} holds an entry that points outside the archive (${JSON.stringify(written)}) and is refused.`);
}
