/** A prepared data set on disk: dataset.json and raw little-endian numbers, written whole or not at all, read by every worker of an experiment. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { asDatasetHeader } from '../contract/datasetHeader.ts';
import type { DatasetHeader } from '../contract/datasetHeader.ts';
import { LabError } from '../contract/errors.ts';
import { contentDigest, fromLittleEndian, littleEndian } from './digest.ts';
import type { NumberBytes } from './digest.ts';
import type { DataArray, DataColumn, PreparedDataset } from './dataset.ts';

const files = { header: 'dataset.json', columns: 'columns.bin', lengths: 'lengths.bin', array: 'array.bin' } as const;
const largestHeader = 256 * 2 ** 20; // names of classes and columns
const leftoverMs = 60 * 60_000; // no data set takes an hour to write

/** Writes the data set into `folder`; a folder that already holds the same content is left as it is.
 *  @throws LabError store when it cannot be written (disk full, no permission); nothing half-written remains */
export function writePrepared(dataset: PreparedDataset, folder: string): void {
  let temporary: string | null = null;
  try {
    if (holdsContent(folder, dataset.digest)) return;
    mkdirSync(dirname(folder), { recursive: true });
    removeLeftovers(folder);
    temporary = mkdtempSync(`${folder}.partial-`);
    writeFile(join(temporary, files.columns), dataset.columns.map(columnNumbers));
    if (dataset.array?.kind === 'sequence') writeFile(join(temporary, files.lengths), [dataset.array.lengths]);
    if (dataset.array !== null) writeFile(join(temporary, files.array), [dataset.array.values]);
    writeFile(join(temporary, files.header), [new TextEncoder().encode(JSON.stringify(headerOf(dataset)))]);
    syncFolder(temporary);
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true }); // it does not hold this digest, so it is damaged or of another version
    renameSync(temporary, folder);
    syncFolder(dirname(folder));
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
    if (holdsContent(folder, dataset.digest)) return; // another process wrote the same content first
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    const why = isFull ? 'the disk is full' : error instanceof Error ? error.message : String(error);
    throw new LabError('store', `The prepared data set cannot be written to ${folder}: ${why}.`, { cause: error });
  }
}

/** What processes that were killed while they wrote this data set left behind. */
function removeLeftovers(folder: string): void {
  const start = `${basename(folder)}.partial-`;
  for (const name of readdirSync(dirname(folder))) {
    const path = join(dirname(folder), name);
    const status = name.startsWith(start) ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (status !== undefined && Date.now() - status.mtimeMs > leftoverMs) rmSync(path, { recursive: true, force: true });
  }
}

/** Reads a prepared data set; sizes are always checked, the SHA-256 of the content when `verify` is set.
 *  @throws LabError store naming the file that is missing or damaged */
export function readPrepared(folder: string, options: { readonly verify?: boolean } = {}): PreparedDataset {
  const header = readHeader(folder);
  const columns = readColumns(join(folder, files.columns), header);
  const array = readArray(folder, header);
  const dataset = {
    name: header.name,
    source: header.source,
    format: header.sourceFormat,
    digest: header.digest,
    rows: header.rows,
    columns,
    array,
    notes: header.notes,
  };
  if (options.verify === true && contentDigest(dataset) !== header.digest) throw damaged(folder, 'its content does not match its SHA-256');
  return dataset;
}

function headerOf(dataset: PreparedDataset): DatasetHeader {
  const { array } = dataset;
  return {
    format: 'auxlab-dataset/1',
    name: dataset.name,
    source: dataset.source,
    sourceFormat: dataset.format,
    digest: dataset.digest,
    rows: dataset.rows,
    notes: [...dataset.notes],
    columns: dataset.columns.map((column) =>
      column.kind === 'class' ? { name: column.name, kind: 'class', classes: [...column.classes] } : { name: column.name, kind: 'number' },
    ),
    array:
      array === null
        ? null
        : array.kind === 'image'
          ? {
              kind: 'image',
              height: array.height,
              width: array.width,
              channels: array.channels,
              type: array.values instanceof Uint8Array ? 'uint8' : 'float32',
            }
          : array.kind === 'sequence'
            ? { kind: 'sequence', features: array.features, maxLength: array.maxLength, steps: array.values.length / array.features }
            : { kind: 'vector', features: array.features },
  };
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

function readColumns(path: string, header: DatasetHeader): DataColumn[] {
  const buffer = readNumbers(
    path,
    header.columns.reduce((bytes, column) => bytes + padded(header.rows * (column.kind === 'class' ? 4 : 8)), 0),
  );
  let offset = 0;
  return header.columns.map((column) => {
    const at = offset;
    offset += padded(header.rows * (column.kind === 'class' ? 4 : 8));
    if (column.kind === 'class') return { name: column.name, kind: 'class', classes: column.classes, codes: native(new Int32Array(buffer, at, header.rows)) };
    return { name: column.name, kind: 'number', values: native(new Float64Array(buffer, at, header.rows)) };
  });
}

function readArray(folder: string, header: DatasetHeader): DataArray | null {
  const { array, rows } = header;
  if (array === null) return null;
  const path = join(folder, files.array);
  switch (array.kind) {
    case 'image': {
      const { height, width, channels } = array;
      const count = rows * height * width * channels;
      const values = array.type === 'uint8' ? new Uint8Array(readNumbers(path, count)) : native(new Float32Array(readNumbers(path, count * 4)));
      return { kind: 'image', height, width, channels, values };
    }
    case 'sequence': {
      const lengths = native(new Int32Array(readNumbers(join(folder, files.lengths), rows * 4)));
      checkLengths(folder, lengths, array);
      return {
        kind: 'sequence',
        features: array.features,
        maxLength: array.maxLength,
        lengths,
        values: native(new Float32Array(readNumbers(path, array.steps * array.features * 4))),
      };
    }
    case 'vector':
      return { kind: 'vector', features: array.features, values: native(new Float32Array(readNumbers(path, rows * array.features * 4))) };
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

/** Columns lie one after the other, each filled up to a multiple of 8 bytes so that every one can be viewed in place. */
function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function columnNumbers(column: DataColumn): NumberBytes {
  if (column.kind === 'number') return column.values;
  if (column.codes.length % 2 === 0) return column.codes;
  const even = new Int32Array(column.codes.length + 1);
  even.set(column.codes);
  return even;
}

function native<T extends Int32Array | Float32Array | Float64Array>(values: T): T {
  fromLittleEndian(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), values.BYTES_PER_ELEMENT);
  return values;
}

function readNumbers(path: string, bytes: number): ArrayBuffer {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    const { size } = fstatSync(file);
    if (size !== bytes) throw new Error(`it has ${size} bytes, ${bytes} are needed`);
    const buffer = new ArrayBuffer(bytes); // what is there, not what the header claims
    for (let at = 0; at < bytes;) {
      const read = readSync(file, new Uint8Array(buffer), at, bytes - at, at);
      if (read === 0) throw new Error('it ended while it was read');
      at += read;
    }
    return buffer;
  } catch (error) {
    throw damaged(dirname(path), `${path.slice(dirname(path).length + 1)} cannot be used: ${error instanceof Error ? error.message : String(error)}`, error);
  } finally {
    if (file !== null) closeSync(file);
  }
}

function writeFile(path: string, parts: readonly NumberBytes[]): void {
  const file = openSync(path, 'wx');
  try {
    for (const part of parts) {
      const bytes = littleEndian(part);
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes the names in a folder durable; Windows has no such call and orders them by itself. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
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

function damaged(folder: string, reason: string, cause?: unknown): LabError {
  return new LabError('store', `The prepared data set in ${folder} is damaged: ${reason}. Remove the folder; it is made again from the source.`, { cause });
}
