/** Lists the images of a folder or of a ZIP archive of one. Hidden files, __MACOSX and links that lead out of the folder stay out. */
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { LabError } from '../contract/errors.ts';
import { maxArchiveEntries, sizeText } from './limits.ts';
import { readBytes, readIfGzip } from './source.ts';
import { openArchive } from './zipArchive.ts';
import type { Archive } from './zipArchive.ts';

export interface ImageFile {
  readonly path: string; // inside the folder, with '/'
  readonly shown: string; // as errors name it
  read(): Promise<Uint8Array>;
}

export interface ImageListing {
  readonly images: readonly ImageFile[]; // sorted by path
  readonly labels: { readonly shown: string; readonly bytes: Buffer } | null; // labels.csv at the top
  readonly notes: readonly string[];
  /** After the last image has been read. */
  close(): Promise<void>;
}

const imageName = /\.(png|jpe?g)$/i;
const otherImageName = /\.(gif|bmp|webp|tiff?|heic|avif|svg)$/i;
const labelsName = 'labels.csv';
const maxImageBytes = 256 * 1024 * 1024;

export async function listFolderImages(root: string): Promise<ImageListing> {
  const found: string[] = [];
  const skipped = { links: 0, others: 0 };
  await walk(await realpath(root), '', new Set(), found, skipped);
  const images = found.map((path) => ({ path, shown: join(root, path), read: () => readImageFile(join(root, path)) }));
  const hasLabels = (await readdir(root)).includes(labelsName);
  const labels = hasLabels ? { shown: join(root, labelsName), bytes: await readBytes(join(root, labelsName)) } : null;
  const notes = skipped.links > 0 ? [`${skipped.links} links that lead out of the folder, or nowhere, were not followed.`] : [];
  return { images, labels, notes: [...notes, ...otherNotes(skipped.others)], close: () => Promise.resolve() };
}

export async function listZipImages(path: string): Promise<ImageListing> {
  const isVisible = (name: string): boolean => !name.split('/').some((piece) => piece.startsWith('.') || piece === '__MACOSX');
  let others = 0;
  const isWanted = (name: string): boolean => {
    if (isVisible(name) && otherImageName.test(name)) others++;
    return isVisible(name) && (imageName.test(name) || name === labelsName || name.endsWith(`/${labelsName}`));
  };
  const archive = await openArchive(path, isWanted, await readIfGzip(path));
  try {
    return { ...(await listEntries(path, archive)), notes: otherNotes(others), close: () => archive.close() };
  } catch (error) {
    await archive.close();
    throw error;
  }
}

async function listEntries(path: string, archive: Archive): Promise<Pick<ImageListing, 'images' | 'labels'>> {
  const { entries } = archive;
  const top = commonFolder([...entries.keys()]);
  const images = [...entries].flatMap(([name, entry]) =>
    imageName.test(name) ? [{ path: name.slice(top.length), shown: `${path}, entry ${name}`, read: () => archive.read(entry) }] : [],
  );
  const table = entries.get(top + labelsName) ?? entries.get(labelsName);
  const labels = table === undefined ? null : { shown: `${path}, entry ${top}${labelsName}`, bytes: Buffer.from(await archive.read(table)) };
  return { images: images.sort((a, b) => (a.path < b.path ? -1 : 1)), labels };
}

/** 'flowers/' when an archive wraps everything in one folder that holds more than images: 'flowers/rose/1.png'. */
function commonFolder(names: readonly string[]): string {
  const [first = ''] = names;
  const top = first.slice(0, first.indexOf('/') + 1);
  const isWrapper =
    top !== '' && names.every((name) => name.startsWith(top)) && names.some((name) => name.indexOf('/', top.length) >= 0 || name === top + labelsName);
  return isWrapper ? top : '';
}

async function walk(root: string, inside: string, above: ReadonlySet<string>, found: string[], skipped: { links: number; others: number }): Promise<void> {
  const here = await realpath(join(root, inside));
  const way = new Set([...above, here]);
  const entries = await readdir(here, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    const target = entry.isSymbolicLink() ? await innerTarget(root, join(here, entry.name), way) : entry;
    if (target === null) skipped.links++;
    else if (target.isDirectory()) await walk(root, path, way, found, skipped);
    else if (target.isFile() && imageName.test(entry.name)) found.push(path);
    else if (otherImageName.test(entry.name)) skipped.others++;
    if (found.length > maxArchiveEntries) throw new LabError('bad-input', `${root} holds more than ${maxArchiveEntries} images. Give a smaller folder.`);
  }
}

/** What a link inside the folder leads to; null when that is outside, above, or not there. */
async function innerTarget(root: string, link: string, above: ReadonlySet<string>): Promise<{ isDirectory(): boolean; isFile(): boolean } | null> {
  const target = await realpath(link).catch(() => null); // a broken link leads nowhere
  if (target === null || above.has(target) || !target.startsWith(root + sep)) return null;
  return stat(target);
}

async function readImageFile(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > maxImageBytes) throw new LabError('bad-input', `${path} has ${sizeText(size)}. Images up to ${sizeText(maxImageBytes)} are read.`);
  return readFile(path);
}

function otherNotes(count: number): string[] {
  return count > 0 ? [`${count} images that are neither PNG nor JPEG were left out.`] : [];
}
