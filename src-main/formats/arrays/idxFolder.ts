/** Finds the IDX files of a folder by their names: at its top, inside folders of the same name as Kaggle packs them, or in a folder within. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import { listFolder, statOf } from '../source.ts';

/** One file of a pair: 'train-' 'images' '-idx3-ubyte.gz'. */
export interface IdxPart {
  readonly path: string;
  readonly prefix: string;
  readonly role: 'images' | 'labels';
}

const maxDepth = 3;
const mostEntries = 64; // of a folder within: one with more holds something else

/** What the name of a file tells; null when it is no IDX file's. */
export function partOfName(path: string): IdxPart | null {
  const [, prefix = '', role] = /^(.*?)(images|labels)[-._](?:idx\d?(?:-[a-z]+)?|ubyte)(?:\.gz)?$/i.exec(basename(path)) ?? [];
  if (role === undefined) return null;
  return { path, prefix, role: role.toLowerCase() === 'images' ? 'images' : 'labels' };
}

export function isGzipName(path: string): boolean {
  return /\.gz$/i.test(path);
}

/** Whether two prefixes mean one set: 'train-' and 'train_' do. */
export function isSamePrefix(a: string, b: string): boolean {
  const plain = (prefix: string): string => prefix.toLowerCase().replace(/[-._\s]+/g, '-');
  return plain(a) === plain(b);
}

/** Whether a folder holds images in IDX files, at its top or in the folders within. */
export function holdsIdx(path: string, entries: readonly string[], depth = maxDepth): boolean {
  if (entries.some((name) => partOfName(name)?.role === 'images')) return true;
  if (depth === 1 || entries.length > mostEntries) return false;
  return entries.some((name) => {
    if (/\.\w+$/.test(name)) return false;
    try {
      return holdsIdx(
        join(path, name),
        readdirSync(join(path, name)).filter((inner) => !inner.startsWith('.')),
        depth - 1,
      );
    } catch {
      return false; // a file, or a folder that may not be read: who reads it says so
    }
  });
}

/** The folder in which the partner of a file is looked for: Kaggle's train-images-idx3-ubyte/train-images-idx3-ubyte lies one deeper. */
export function homeOf(path: string): string {
  const folder = dirname(path);
  return partOfName(folder) === null ? folder : dirname(folder);
}

/** The IDX files of one data set.  @throws LabError when several folders hold files of the same names */
export async function listParts(folder: string): Promise<IdxPart[]> {
  const all = await walk(folder, maxDepth);
  const top = all.filter(({ path }) => relative(folder, homeOf(path)) === '');
  if (top.some(({ role }) => role === 'images')) return top;
  const homes = [...new Set(all.map(({ path }) => homeOf(path)))];
  const isTwice = all.some((part) =>
    all.some((other) => other.role === part.role && isSamePrefix(other.prefix, part.prefix) && homeOf(other.path) !== homeOf(part.path)),
  );
  if (isTwice)
    throw new LabError(
      'bad-input',
      `${folder} has several sets of images: ${homes.map((home) => relative(folder, home)).join(', ')}. Give one of the folders.`,
    );
  return all;
}

async function walk(folder: string, depth: number): Promise<IdxPart[]> {
  const found: IdxPart[] = [];
  const entries = await listFolder(folder);
  for (const name of entries) {
    const path = join(folder, name);
    const part = partOfName(path);
    if (part === null && (/\.\w+$/.test(name) || entries.length > mostEntries)) continue;
    const isFolder = (await statOf(path)).isDirectory();
    if (isFolder && depth > 1) found.push(...(await walk(path, depth - 1)));
    else if (!isFolder && part !== null) found.push(part);
  }
  return found;
}
