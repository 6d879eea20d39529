/** Opens files that hold arrays: NPY, NPZ and either of them inside gzip. */
import { LabError } from '../../contract/errors.ts';
import { headOf, isGzipFile, sourceOfBytes, sourceOfEntry, sourceOfFile } from '../archives/byteSource.ts';
import { maxPackedGrowth } from '../limits.ts';
import { isLeftOut } from './namedArray.ts';
import type { LeftOut, NamedArray } from './namedArray.ts';
import { openNpy } from './npyArray.ts';
import { startsAsNpy } from './npyHeader.ts';
import type { ReadRoom } from '../readRoom.ts';
import { plainName, readBytes } from '../source.ts';
import { openArchive } from '../archives/zipArchive.ts';

export interface OpenArrays {
  readonly path: string;
  readonly isArchive: boolean;
  readonly arrays: readonly NamedArray[];
  readonly leftOut: readonly LeftOut[];
  /** After the last value has been read. */
  close(): Promise<void>;
}

/** @throws LabError when the file is neither, is damaged, or holds no array */
export async function openArrayFile(path: string, { signal }: ReadRoom): Promise<OpenArrays> {
  const source = await sourceOfFile(path, signal);
  const head = await headOf(source, 8);
  if (startsAsNpy(head)) {
    const array = await openNpy(path, arrayName(path), source);
    return { path, isArchive: false, ...sorted([array]), close: () => Promise.resolve() };
  }
  if (head[0] !== 0x50 || head[1] !== 0x4b) throw new LabError('bad-input', `${path} is neither an NPY array nor an NPZ archive.`);
  const content = (await isGzipFile(path)) ? await readBytes(path) : null; // an archive is read by position
  const isArray = (name: string): boolean => name.endsWith('.npy') && !name.startsWith('__MACOSX/');
  const archive = await openArchive(path, isArray, content, maxPackedGrowth);
  try {
    const arrays: (NamedArray | LeftOut)[] = [];
    for (const [entryName, entry] of archive.entries) {
      const name = entryName.slice(0, -'.npy'.length);
      const bytes = content === null ? sourceOfEntry(archive, entry, signal) : sourceOfBytes(await archive.read(entry));
      arrays.push(await openNpy(`${path}, array "${name}"`, name, bytes));
    }
    if (arrays.length === 0) throw new LabError('bad-input', `${path} holds no .npy arrays.`);
    return { path, isArchive: true, ...sorted(arrays), close: () => archive.close() };
  } catch (error) {
    await archive.close();
    throw error;
  }
}

/** The name of a file's only array: the file's own. */
export function arrayName(path: string): string {
  return plainName(path).replace(/\.np[yz]$/i, '');
}

export function isArrayFile(name: string): boolean {
  return /\.np[yz](?:\.gz)?$/i.test(name);
}

function sorted(arrays: readonly (NamedArray | LeftOut)[]): Pick<OpenArrays, 'arrays' | 'leftOut'> {
  return { arrays: arrays.flatMap((array) => (isLeftOut(array) ? [] : [array])), leftOut: arrays.filter(isLeftOut) };
}
