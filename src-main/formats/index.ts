/** The data formats, and how a source finds its own: by content, then by name; packed files and folders of tables are looked into. What is not read is refused
 *  by name (refused.ts). */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LabError, unknownName } from '../contract/errors.ts';
import type { Parts } from '../contract/reading.ts';
import { arff } from './tables/arff.ts';
import { arrow } from './tables/arrow.ts';
import { csv } from './tables/csv.ts';
import { hdf5 } from './arrays/hdf5.ts';
import { idx } from './arrays/idx.ts';
import { imageFolder } from './pictures/imageFolder.ts';
import { chooseInside, isData } from './insides.ts';
import { npz } from './arrays/npz.ts';
import type { Format, RawDataset, ReadOptions, SourceHead } from './format.ts';
import { looksLikeJson, looksLikeTable } from './tables/looksLikeTable.ts';
import { checkDistinct, joinFiles, lacksColumns, notesOfPartners } from './parts.ts';
import { json } from './tables/json.ts';
import { jsonLines } from './tables/jsonLines.ts';
import { parquet } from './tables/parquet.ts';
import { noRoom } from './readRoom.ts';
import type { ReadRoom } from './readRoom.ts';
import { appearance, refusedByContent, refusedByName } from './refused.ts';
import { readHead } from './source.ts';
import { splitNames } from './splitNames.ts';
import type { SplitPart } from './splitNames.ts';
import { ts } from './series/ts.ts';
import { xlsx } from './tables/xlsx.ts';
import { inFolder, newFolder, unpackEntries, unpackFile } from './archives/unpack.ts';

/** Goes up when a reader reads any file otherwise than before: what was prepared by an older one is then read again. */
export const readerVersion = 3;

export const formats: readonly Format[] = [idx, npz, hdf5, ts, arff, arrow, xlsx, imageFolder, parquet, json, jsonLines, csv];

interface Request {
  readonly format?: string;
  readonly options?: ReadOptions;
  readonly room?: ReadRoom;
  readonly parts?: Parts | undefined; // further files of the same form; the path is then the training part
}

interface Reading {
  readonly told: Format | undefined;
  readonly options: ReadOptions;
  readonly room: ReadRoom;
  readonly depth: number; // how often it was unpacked
}

const mostPackings = 3;

/** Reads a file or folder with the format that is told, or with the first that recognises it.
 *  @param request the room is memory alone unless told otherwise
 *  @throws LabError when the path is missing, no format fits, or the content is broken */
export async function openSource(path: string, request: Request = {}): Promise<RawDataset> {
  const { format, options = {}, room = noRoom, parts = {} } = request;
  const reading: Reading = { told: format === undefined ? undefined : formatOf(format), options, room, depth: 0 };
  const paths = { train: path, ...parts };
  const given = splitNames.flatMap((split) => (paths[split] === undefined ? [] : [{ split, path: paths[split] }]));
  if (given.length > 1) {
    await checkDistinct(given.map((part) => part.path));
    return joinFiles(await readParts(given, reading), room);
  }
  const data = await open(path, reading);
  if (data.columns.some(({ name }) => name === 'split')) return data;
  return { ...data, notes: [...data.notes, ...(await notesOfPartners(path))] };
}

function formatOf(id: string): Format {
  const format = formats.find((candidate) => candidate.id === id);
  if (format !== undefined) return format;
  throw unknownName(
    'data format',
    id,
    formats.map((candidate) => candidate.id),
  );
}

async function open(path: string, reading: Reading): Promise<RawDataset> {
  const head = await readHead(path);
  const format = reading.told ?? (await recognised(head));
  if (format !== null && (head.packing === null || format.opens?.includes(head.packing) === true)) return format.read(path, reading.options, reading.room);
  if (reading.depth >= mostPackings) throw new LabError('bad-input', `${path} is packed more than ${mostPackings} times. Unpack it first.`);
  const inner = { ...reading, depth: reading.depth + 1 };
  switch (head.packing) {
    case null:
      return openTables(head, inner); // a folder
    case 'zip':
      return inFolder(reading.room, (folder) => openZip(head, folder, inner));
    case 'gzip':
    case 'zstd': {
      const { packing } = head;
      return inFolder(reading.room, async (folder) => {
        const unpacked = await unpackFile(path, packing, folder, reading.room);
        return shownAs(path, unpacked, () => open(unpacked, inner));
      });
    }
    default:
      return head.packing satisfies never;
  }
}

/** The format of a source; null when what it holds is to be looked at first.  @throws LabError when there is none */
async function recognised(head: SourceHead): Promise<Format | null> {
  const byContent = formats.find((format) => format.startsAs?.(head) === true);
  if (byContent !== undefined) return byContent;
  const refusal = refusedByContent(head);
  if (refusal !== null) throw new LabError('bad-input', refusal);
  if (head.packing === 'zip') return formats.find((format) => format !== imageFolder && format.opens?.includes('zip') === true && format.match(head)) ?? null;
  const byName = formats.find((format) => format.match(head));
  if (head.isDirectory) return (byName === undefined || byName === imageFolder) && (await holdsTables(head)) ? null : (byName ?? imageFolder);
  if (byName !== undefined) return byName;
  if (head.packing === 'zstd' || (head.packing === 'gzip' && isPacked(head.head))) return null;
  const records = looksLikeJson(head.head);
  if (records !== null) return records === 'list' ? json : jsonLines;
  if (looksLikeTable(head.head)) return csv;
  const byEnding = refusedByName(head);
  if (byEnding !== null) throw new LabError('bad-input', byEnding);
  const known = formats.map(({ title, extensions }) => (extensions.length > 0 ? `${title} (${extensions.join(', ')})` : title)).join('; ');
  throw new LabError(
    'bad-input',
    `${head.path} is of no known data format. ${appearance(head)} There are: ${known}. Set the option format when the name misleads.`,
  );
}

function isPacked(head: Uint8Array): boolean {
  return (head[0] === 0x1f && head[1] === 0x8b) || (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3);
}

/** Whether a folder holds tables and neither folders nor pictures. */
async function holdsTables({ path, entries }: SourceHead): Promise<boolean> {
  if (!entries.some(isData)) return false;
  const found = await readdir(path, { withFileTypes: true });
  return !found.some((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
}

async function openTables({ path, entries }: SourceHead, reading: Reading): Promise<RawDataset> {
  const { entry, ...options } = reading.options;
  const inside = chooseInside(path, entries, entry);
  const inner = { ...reading, options };
  switch (inside.kind) {
    case 'one':
      return withNotes(inside.notes, await open(join(path, inside.name), inner));
    case 'parts':
      return withNotes(inside.notes, await readTogether(inside.parts.map(({ split, name }) => ({ split, path: join(path, name) })), inner)); // prettier-ignore
    case 'set':
    case 'pictures':
    case 'nothing':
      return imageFolder.read(path, reading.options, reading.room);
    default:
      return inside satisfies never;
  }
}

/** What is in a ZIP: pictures, a table, parts of one, or files that only make sense together. */
async function openZip({ path, entries }: SourceHead, folder: string, reading: Reading): Promise<RawDataset> {
  const { entry, ...options } = reading.options;
  const inside = chooseInside(path, entries, entry);
  const inner = { ...reading, options };
  const unpack = async (names: readonly string[]): Promise<{ readonly name: string; readonly file: string }[]> => {
    const files = await unpackEntries(path, names, folder, reading.room);
    return files.map((file, at) => ({ file, name: names[at] ?? '' }));
  };
  switch (inside.kind) {
    case 'one': {
      const [{ file } = { file: path }] = await unpack([inside.name]);
      return withNotes(inside.notes, await shownAs(`${path}, entry ${inside.name}`, file, () => open(file, inner)));
    }
    case 'parts': {
      const files = await unpack(inside.parts.map(({ name }) => name));
      const parts = inside.parts.map(({ split, name }) => ({ split, path: files.find((one) => one.name === name)?.file ?? path }));
      const names = new Map(files.map(({ name, file }) => [file, `${path}, entry ${name}`]));
      return withNotes(inside.notes, await shown(names, () => readTogether(parts, inner)));
    }
    case 'set': {
      const files = await unpack(inside.names);
      const whole = dirname(files[0]?.file ?? path);
      const names = new Map(files.map(({ name, file }) => [file, `${path}, entry ${name}`]));
      return withNotes(inside.notes, await shown(names.set(whole, path), () => open(whole, inner)));
    }
    case 'pictures':
    case 'nothing':
      return imageFolder.read(path, reading.options, reading.room);
    default:
      return inside satisfies never;
  }
}

/** Reads each part alone, the first in the room itself and the others in room of their own. */
async function readParts(parts: readonly Omit<SplitPart, 'data'>[], reading: Reading): Promise<SplitPart[]> {
  const read: SplitPart[] = [];
  for (const { split, path } of parts) {
    const { folder } = reading.room;
    const room = { ...reading.room, isPart: true, folder: folder === null || read.length === 0 ? folder : await newFolder(folder) };
    read.push({ split, path, data: await open(path, { ...reading, room }) });
  }
  return read;
}

/** Parts that were found in one place. A test part without the label is left out: a competition's. */
async function readTogether(parts: readonly Omit<SplitPart, 'data'>[], reading: Reading): Promise<RawDataset> {
  const read = await readParts(parts, reading);
  const [train, ...others] = read;
  if (train === undefined) throw new RangeError('There are no parts.');
  const used = others.filter(({ data }) => !lacksColumns(train.data, data));
  const left = others
    .filter((part) => !used.includes(part))
    .map(({ path }) => `${basename(path)} is not read: it lacks columns that ${basename(train.path)} has.`);
  return withNotes(left, used.length === 0 ? train.data : joinFiles([train, ...used], reading.room));
}

function withNotes(notes: readonly string[], data: RawDataset): RawDataset {
  return notes.length === 0 ? data : { ...data, notes: [...data.notes, ...notes] };
}

async function shownAs(name: string, file: string, work: () => Promise<RawDataset>): Promise<RawDataset> {
  return shown(new Map([[file, name]]), work);
}

/** Unpacked files are called by what they were unpacked from, in what is refused and noted. */
async function shown(names: ReadonlyMap<string, string>, work: () => Promise<RawDataset>): Promise<RawDataset> {
  const longest = [...names].sort(([a], [b]) => b.length - a.length);
  const renamed = (said: string): string => longest.reduce((text, [file, name]) => text.replaceAll(file, name), said);
  try {
    const data = await work();
    return { ...data, notes: data.notes.map(renamed) };
  } catch (error) {
    if (error instanceof LabError) throw new LabError(error.code, renamed(error.message), { cause: error.cause });
    throw error;
  }
}

/** Whether files beside a single file of this format are read with it. */
export function hasNeighbours(id: string): boolean {
  return formats.find((format) => format.id === id)?.hasNeighbours === true;
}
