/** A prepared data set on disk: dataset.json and raw little-endian numbers, read by every worker of an experiment (written by writePrepared.ts). What is small
 *  is taken into memory; what is large stays in its files, of which the system keeps one copy for all processes. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { asDatasetFacts } from '../contract/datasetFacts.ts';
import { asDatasetHeader } from '../contract/datasetHeader.ts';
import type { DatasetHeader } from '../contract/datasetHeader.ts';
import { LabError } from '../contract/errors.ts';
import { blocksOf, FileNumbers, littleEndian, mostInMemory, numberTypes, SharedFile, wholeOf } from '../formats/numbers/numbers.ts';
import type { NumberArray, Numbers, NumberType } from '../formats/numbers/numbers.ts';
import { contentDigest } from './digest.ts';
import { rememberRepeated } from './duplicates.ts';
import { rememberFacts } from './facts.ts';
import { padded } from './numberFiles.ts';
import type { DataArray, DataColumn, PreparedDataset } from './dataset.ts';

/** The names of its files. */
export const files = {
  header: 'dataset.json',
  columns: 'columns.bin',
  lengths: 'lengths.bin',
  array: 'array.bin',
  cells: 'cells.bin',
  facts: 'facts.json',
} as const;
const largestHeader = 256 * 2 ** 20; // names of classes and columns

/** Columns lie one after the other, each filled up to a multiple of 8 bytes so that every one can be viewed in place. */
export function bytesOfColumns(columns: DatasetHeader['columns'] | readonly DataColumn[], rows: number): number {
  return columns.reduce((bytes, { kind }) => bytes + padded(rows * bytesOf(kind), 8), 0);
}

function bytesOf(kind: DataColumn['kind']): number {
  return kind === 'class' ? 4 : 8;
}

/** Opens a prepared data set; sizes are always checked, the SHA-256 of the content when `verify` is set.
 *  @param options most: bytes of columns, and of the array, that are read into memory
 *  @throws LabError store naming the file that is missing or damaged */
export function readPrepared(folder: string, options: { readonly verify?: boolean; readonly most?: number } = {}): PreparedDataset {
  const { most = mostInMemory } = options;
  const header = readHeader(folder);
  const columns = readColumns(folder, header, most);
  const array = readArray(folder, header, most);
  const cells = header.cells === undefined ? undefined : openNumbers(folder, files.cells, 'float64', header.rows * header.columns.length, 0, 0);
  const dataset = {
    name: header.name,
    source: header.source,
    format: header.sourceFormat,
    digest: header.digest,
    rows: header.rows,
    columns,
    array,
    ...(cells !== undefined && { cells }),
    notes: header.notes,
  };
  takeFacts(folder, dataset);
  if (options.verify !== true) return dataset;
  if (contentDigest(dataset) !== header.digest) throw damaged(folder, 'its content does not match its SHA-256');
  if (cells !== undefined && digestOf(cells) !== header.cells) throw damaged(folder, `${files.cells} does not match its SHA-256`);
  return dataset;
}

function digestOf(numbers: Numbers<'float64'>): string {
  const hash = createHash('sha256');
  for (const { values } of blocksOf(numbers)) hash.update(littleEndian(values));
  return hash.digest('hex');
}

/** What was found out when the data set was prepared. Where it is missing or damaged it is found out again, when it is asked for. */
function takeFacts(folder: string, dataset: PreparedDataset): void {
  const { columns } = dataset;
  try {
    if (statSync(join(folder, files.facts)).size > largestHeader) return;
    const known = asDatasetFacts(JSON.parse(readFileSync(join(folder, files.facts), 'utf8')));
    if (known?.columns.length !== columns.length) return;
    for (const [at, facts] of known.columns.entries()) {
      const column = columns[at];
      if (column !== undefined) rememberFacts(column, facts);
    }
    if (known.repeated !== undefined) rememberRepeated(dataset, known.repeated);
  } catch {
    return;
  }
}

function readHeader(folder: string): DatasetHeader {
  const path = join(folder, files.header);
  let content: unknown;
  try {
    if (statSync(path).size > largestHeader) throw new Error(`it has more than ${largestHeader} bytes`);
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw damaged(folder, `${files.header} cannot be read`, error);
  }
  const header = asDatasetHeader(content);
  if (header === null) throw damaged(folder, `${files.header} is not of the form auxlab-dataset/1`);
  return header;
}

function readColumns(folder: string, { columns, rows }: DatasetHeader, most: number): DataColumn[] {
  const total = bytesOfColumns(columns, rows);
  checkSize(folder, files.columns, total);
  const file = new SharedFile(join(folder, files.columns));
  let offset = 0;
  const next = <T extends NumberType>(type: T, kind: DataColumn['kind']): Numbers<T> => {
    const numbers = new FileNumbers({ type, path: file.path, offset, length: rows, file });
    offset += padded(rows * bytesOf(kind), 8);
    return total > most ? numbers : inMemory(folder, files.columns, numbers);
  };
  const read = columns.map((column): DataColumn =>
    column.kind === 'class'
      ? { name: column.name, kind: 'class', classes: column.classes, codes: next('int32', 'class') }
      : { name: column.name, kind: column.kind, values: next('float64', column.kind) },
  );
  if (total <= most) file.close();
  return read;
}

function readArray(folder: string, header: DatasetHeader, most: number): DataArray | null {
  const { array, rows } = header;
  if (array === null) return null;
  const open = <T extends NumberType>(type: T, count: number): Numbers<T> => openNumbers(folder, files.array, type, count, 0, most);
  switch (array.kind) {
    case 'image': {
      const { height, width, channels, scale } = array;
      const count = rows * height * width * channels;
      const values = array.type === 'uint8' ? open('uint8', count) : open('float32', count);
      return { kind: 'image', height, width, channels, values, ...(scale !== undefined && { scale }) };
    }
    case 'sequence': {
      const lengths = wholeOf(openNumbers(folder, files.lengths, 'int32', rows, 0, Infinity));
      checkLengths(folder, lengths, array);
      return { kind: 'sequence', features: array.features, maxLength: array.maxLength, lengths, values: open('float32', array.steps * array.features) };
    }
    case 'vector':
      return { kind: 'vector', features: array.features, values: open('float32', rows * array.features) };
    default:
      return array satisfies never;
  }
}

/** The lengths must be those of the values: a network is built for the longest. */
function checkLengths(folder: string, lengths: Int32Array, { maxLength, steps }: { readonly maxLength: number; readonly steps: number }): void {
  let [sum, longest] = [0, 0];
  for (const length of lengths) {
    if (length < 0) throw damaged(folder, `${files.lengths} holds a length below 0`);
    sum += length;
    longest = Math.max(longest, length);
  }
  if (sum !== steps || longest !== maxLength) throw damaged(folder, `${files.lengths} does not fit ${files.header}`);
}

/** The numbers of a whole file. @param most bytes that are read into memory at once */
function openNumbers<T extends NumberType>(folder: string, name: string, type: T, length: number, offset: number, most: number): Numbers<T> {
  checkSize(folder, name, length * numberTypes[type].BYTES_PER_ELEMENT);
  const numbers = new FileNumbers({ type, path: join(folder, name), offset, length });
  if (numbers.byteLength > most) return numbers;
  const values = inMemory(folder, name, numbers);
  numbers.close();
  return values;
}

function inMemory<T extends NumberType>(folder: string, name: string, numbers: FileNumbers<T>): NumberArray<T> {
  try {
    return wholeOf(numbers);
  } catch (error) {
    throw unusable(folder, name, error);
  }
}

/** The size must be the header's: what is there, not what the header claims, is what memory is reserved for. */
function checkSize(folder: string, name: string, bytes: number): void {
  let size: number;
  try {
    ({ size } = statSync(join(folder, name)));
  } catch (error) {
    throw unusable(folder, name, error);
  }
  if (size !== bytes) throw unusable(folder, name, new Error(`it has ${size} bytes, ${bytes} are needed`));
}

function unusable(folder: string, name: string, error: unknown): LabError {
  return damaged(folder, `${name} cannot be used: ${error instanceof Error ? error.message : String(error)}`, error);
}

/** Whether the folder holds a data set of this digest, every bit of it: gigabytes take a second or two, and training on a changed bit says nothing. */
export function holdsContent(folder: string, digest: string): boolean {
  if (!existsSync(join(folder, files.header))) return false;
  try {
    return readPrepared(folder, { verify: true }).digest === digest;
  } catch {
    return false; // damaged: the caller writes it again
  }
}

/** Removes a folder that is there and does not hold what it should, so that nobody takes it for a reading that is over.
 *  @returns whether there was such a one */
export function removeDamaged(folder: string, digest: string): boolean {
  if (!existsSync(folder) || holdsContent(folder, digest)) return false;
  rmSync(folder, { recursive: true, force: true });
  return true;
}

function damaged(folder: string, reason: string, cause?: unknown): LabError {
  return new LabError('store', `The prepared data set in ${folder} is damaged: ${reason}. Remove the folder; it is made again from the source.`, { cause });
}
