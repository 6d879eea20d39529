/** Lists and unpacks ZIP archives from people one does not know: names, counts and sizes are checked before anything is unpacked. */
import { unzipSync } from 'fflate';
import { LabError } from '../contract/errors.ts';
import { maxArchiveEntries, maxUnpackedBytes, sizeText } from './limits.ts';

/** Unpacks the wanted files of an archive, all at once.
 *  @param path names the archive in errors
 *  @throws LabError when it is damaged, holds unsafe names, or unpacks to more than is honest */
export function unpackZip(path: string, bytes: Uint8Array, isWanted: (name: string) => boolean): ReadonlyMap<string, Uint8Array> {
  const limit = maxUnpackedBytes(bytes.length);
  const sizes = new Map<string, number>();
  let total = 0;
  const files = unzip(path, bytes, ({ name, originalSize, compression }) => {
    if (name.endsWith('/')) return false;
    checkName(path, name);
    if (!isWanted(name)) return false;
    if (compression !== 0 && compression !== 8)
      throw new LabError(
        'bad-input',
        `${path}, entry ${name}: packed with a method that is not read (${compression}). Pack it with the ordinary method "deflate".`,
      );
    if (sizes.has(name)) throw new LabError('bad-input', `${path} holds the entry ${name} twice.`);
    sizes.set(name, originalSize);
    total += originalSize;
    if (sizes.size > maxArchiveEntries) throw new LabError('bad-input', `${path} holds more than ${maxArchiveEntries} files and is refused.`);
    if (total > limit) throw new LabError('bad-input', `${path} unpacks from ${sizeText(bytes.length)} to more than ${sizeText(limit)} and is refused.`);
    return true;
  });
  for (const [name, size] of sizes) {
    const found = files[name]?.length ?? 0;
    if (found !== size)
      throw new LabError('bad-input', `${path}, entry ${name}: ${sizeText(size)} expected, ${sizeText(found)} found. The archive is damaged.`);
  }
  return new Map(Object.entries(files));
}

type Filter = NonNullable<NonNullable<Parameters<typeof unzipSync>[1]>['filter']>;

function unzip(path: string, bytes: Uint8Array, filter: Filter): ReturnType<typeof unzipSync> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof LabError) throw error;
    throw new LabError('bad-input', `${path} cannot be unpacked: the ZIP archive is damaged, encrypted or cut off.`, { cause: error });
  }
}

/** An entry must name a place inside the archive on every system. */
function checkName(path: string, name: string): void {
  const isUnsafe = /[\\\0]|^\/|^[A-Za-z]:/.test(name) || name.split('/').includes('..');
  if (isUnsafe) throw new LabError('bad-input', `${path} holds an entry that points outside the archive (${JSON.stringify(name)}) and is refused.`);
}
