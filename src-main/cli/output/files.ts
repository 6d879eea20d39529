/** Writes a file whole or not at all, and turns what a disk can refuse into sentences. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LabError } from '../../contract/errors.ts';

/** @param file an absolute path; missing folders are made   @throws LabError store or bad-input naming the file */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const partial = join(dirname(file), `.${basename(file)}.${randomUUID()}.partial`);
  try {
    await makeFolder(dirname(file));
    await writeFile(partial, content, { flush: true });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined); // the first error says what happened
    throw writeError(file, error);
  }
}

/** Level by level: Node's recursive mkdir never ends on file systems such as /proc that refuse with ENOENT. */
async function makeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found !== null || dirname(folder) === folder) return; // a file in the way is refused by the write itself
  await makeFolder(dirname(folder));
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error; // another process was faster
  });
}

/** Refuses, before hours of training, a file that could not be written afterwards. Tries it, because permissions alone do not tell: a file system may be
 *  read-only, full or none for files at all.
 *  @throws LabError bad-input */
export async function checkWritable(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory() === true) throw new LabError('bad-input', `${file} is a folder; name a file.`);
  let folder = dirname(file);
  for (;;) {
    const status = await stat(folder).catch(() => null);
    if (status !== null && !status.isDirectory()) throw new LabError('bad-input', `${file} cannot be written: ${folder} is not a folder.`);
    if (status !== null) break;
    folder = dirname(folder);
  }
  const probe = join(folder, `.auxlab.${randomUUID()}.probe`);
  try {
    await writeFile(probe, '', { flag: 'wx' });
  } catch (error) {
    throw new LabError('bad-input', `${file} cannot be written: ${reasonOf(error)} in ${folder}.`, { cause: error });
  } finally {
    await rm(probe, { force: true }).catch(() => undefined); // what could not be made need not be removed
  }
}

function writeError(file: string, error: unknown): LabError {
  return new LabError('store', `${file} was not written: ${reasonOf(error)}.`, { cause: error });
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code; // node:fs rejects with system errors
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EACCES: 'no permission',
    EPERM: 'no permission',
    EROFS: 'the disk is read-only',
    ENOENT: 'its folder cannot be made',
    ENOTDIR: 'a part of its path is not a folder',
    EISDIR: 'it is a folder',
  };
  return reasons[code ?? ''] ?? String(code ?? error);
}
