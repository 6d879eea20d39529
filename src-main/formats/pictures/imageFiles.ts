/** Lists the pictures of a folder or of a ZIP archive of one, the tables of labels among them, and what lies beside. Hidden files and __MACOSX stay out. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import { isImageName, kindOf, otherImageKind } from './imageKinds.ts';
import { maxUnpackedBytes, sizeText } from '../limits.ts';
import { firstBytes, readBytes, statOf } from '../source.ts';
import { walkFolder } from '../walkFolder.ts';
import { openArchive } from '../archives/zipArchive.ts';

export interface ImageFile {
  readonly path: string; // inside the folder, with '/'
  readonly shown: string; // as errors name it
  /** @throws Error with the reason as a half sentence when it cannot be read */
  read(): Promise<Uint8Array>;
}

export interface TableFile {
  readonly path: string; // inside the folder, with '/'
  readonly shown: string;
  read(): Promise<Buffer>;
}

export interface ImageListing {
  readonly images: readonly ImageFile[]; // folder by folder, sorted
  readonly tables: readonly TableFile[]; // CSV and TSV files, at most two folders deep
  readonly texts: readonly string[]; // paths of .xml, .txt, .json and .yaml files: annotations, perhaps
  readonly others: ReadonlyMap<string, number>; // pictures that are not read, by their kind
  readonly notes: readonly string[];
  /** After the last image has been read. */
  close(): Promise<void>;
}

const tableName = /\.(csv|tsv)$/i;
const textName = /\.(xml|txt|json|ya?ml)$/i;
const maxImageBytes = 256 * 1024 * 1024;
const [maxTables, maxTexts] = [40, 500_000];

/** Pictures of an archive are never in memory together: all of them may be larger. */
const oneByOne = (packedBytes: number): number => Math.max(maxUnpackedBytes(packedBytes), 100 * packedBytes); // honest data seldom shrinks a hundredfold

interface Sorted {
  readonly images: string[];
  readonly tables: string[];
  readonly texts: string[];
  readonly bare: string[]; // without an ending: perhaps pictures
  readonly others: Map<string, number>;
}

/** Puts a file where it belongs, by its name. */
function sortFile(path: string, into: Sorted): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isImageName(name)) into.images.push(path);
  else if (tableName.test(name)) {
    if (into.tables.length < maxTables && path.split('/').length <= 3) into.tables.push(path);
  } else if (textName.test(name)) {
    if (into.texts.length < maxTexts) into.texts.push(path);
  } else if (!name.includes('.')) into.bare.push(path);
  else {
    const kind = otherImageKind(name);
    if (kind !== null) into.others.set(kind, (into.others.get(kind) ?? 0) + 1);
  }
}

function emptySorted(): Sorted {
  return { images: [], tables: [], texts: [], bare: [], others: new Map() };
}

/** @throws what `signal` throws; LabError when the folder cannot be read */
export async function listFolderImages(root: string, signal: AbortSignal | null): Promise<ImageListing> {
  const sorted = emptySorted();
  const { notes } = await walkFolder(root, (path) => sortFile(path, sorted), signal);
  const first = sorted.bare[0];
  const areBare = sorted.images.length === 0 && first !== undefined && kindOf(await firstBytes(join(root, first))) !== null;
  const images = (areBare ? sorted.bare : sorted.images).map((path) => ({ path, shown: join(root, path), read: () => readImageFile(join(root, path)) }));
  const tables = sorted.tables.map((path) => ({ path, shown: join(root, path), read: () => readBytes(join(root, path)) }));
  return { images, tables, texts: sorted.texts, others: sorted.others, notes, close: () => Promise.resolve() };
}

/** @throws LabError when the archive is damaged or not an honest one */
export async function listZipImages(path: string): Promise<ImageListing> {
  const sorted = emptySorted();
  const isVisible = (name: string): boolean => !name.split('/').some((piece) => piece.startsWith('.') || piece === '__MACOSX');
  const isWanted = (name: string): boolean => isVisible(name) && (isImageName(name) || tableName.test(name));
  const see = (name: string): boolean => {
    if (isVisible(name) && !isWanted(name)) sortFile(name, sorted);
    return isWanted(name);
  };
  const archive = await openArchive(path, see, await zippedAgain(path), oneByOne);
  for (const name of archive.entries.keys()) sortFile(name, sorted);
  const entryOf = (name: string): { shown: string; path: string; read: () => Promise<Buffer> } => ({
    path: name,
    shown: `${path}, entry ${name}`,
    read: async () => {
      const entry = archive.entries.get(name);
      if (entry === undefined) throw new RangeError(`${name} was not listed.`);
      if (entry.bytes > maxImageBytes) throw new Error(tooLarge(entry.bytes));
      return Buffer.from((await archive.read(entry)).buffer);
    },
  });
  const images = sorted.images.map(entryOf).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { images, tables: sorted.tables.map(entryOf), texts: sorted.texts, others: sorted.others, notes: [], close: () => archive.close() };
}

/** What a gzip file that holds the archive unpacks to; null where the file is the archive. */
async function zippedAgain(path: string): Promise<Buffer | null> {
  if (!(await statOf(path)).isFile()) throw new LabError('bad-input', `${path} is neither a file nor a folder.`);
  const [first, second] = await firstBytes(path);
  if (first === undefined) throw new LabError('bad-input', `${path} is empty.`);
  return first === 0x1f && second === 0x8b ? readBytes(path) : null;
}

/** 'HEIC (3), SVG (1)'. */
export function othersText(others: ReadonlyMap<string, number>): string {
  return [...others].map(([kind, count]) => `${kind} (${count})`).join(', ');
}

async function readImageFile(path: string): Promise<Uint8Array> {
  const { size } = await stat(path).catch(cannotRead);
  if (size > maxImageBytes) throw new Error(tooLarge(size));
  return readFile(path).catch(cannotRead);
}

function cannotRead(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  throw new Error(`it cannot be read: ${code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code}`, { cause: error });
}

function tooLarge(bytes: number): string {
  return `it has ${sizeText(bytes)}; pictures up to ${sizeText(maxImageBytes)} are read`;
}
