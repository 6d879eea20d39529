/** Reads, writes and removes small files of a person's desktop. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LabError } from '../contract/errors.ts';

/** In Latin-1 every byte is a character of its own and comes back as it was: for lists in which others have written, in whatever encoding. */
export type Encoding = 'utf8' | 'latin1';

const usualRights = 0o644;
const longestChain = 40; // of links, as Linux has it

/** @returns null when there is no such file */
export async function contentOf(file: string, encoding: Encoding = 'utf8'): Promise<string | null> {
  try {
    return await readFile(file, encoding);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null; // node:fs throws nothing else
    throw new LabError('bad-input', `${file} cannot be read: ${reason(error)}`, { cause: error });
  }
}

/** The whole text or nothing: written beside it, then renamed. A link stays, and the file that it leads to is replaced, with its rights. */
export async function writeWhole(file: string, text: string, encoding: Encoding = 'utf8'): Promise<void> {
  let part: string | null = null;
  try {
    const target = await endOfLinks(file);
    await mkdir(dirname(target), { recursive: true });
    part = `${target}.${randomUUID()}.part`;
    await writeFile(part, text, { encoding, mode: usualRights });
    const before = await stat(target).catch(() => null); // there is none yet
    if (before !== null) await chmod(part, before.mode);
    await rename(part, target);
  } catch (error) {
    if (part !== null) await rm(part, { force: true }).catch(() => undefined); // the first error says more
    throw new LabError('bad-input', `${file} cannot be written: ${reason(error)}`, { cause: error });
  }
}

/** Also where the file that a link leads to is not there yet, which realpath refuses. */
async function endOfLinks(file: string): Promise<string> {
  let at = file;
  for (let links = 0; links < longestChain; links++) {
    const target = await readlink(at).catch(() => null); // no link, or nothing there
    if (target === null) return at;
    at = resolve(await realpath(dirname(at)), target);
  }
  throw new Error('its links lead in a circle');
}

/** @returns true: it is gone */
export async function remove(file: string): Promise<true> {
  try {
    await rm(file, { force: true });
    return true;
  } catch (error) {
    throw new LabError('bad-input', `${file} cannot be removed: ${reason(error)}`, { cause: error });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
