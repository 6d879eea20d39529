/** Numbers in a row, in memory or in a file. What is larger than memory lies in a file and is read a block at a time, by position: the system keeps what is in
 *  use once for all processes. Files hold little-endian numbers and are not changed while they are read. */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { endianness } from 'node:os';

/** The number types that files hold, by name. */
export const numberTypes = { uint8: Uint8Array, int32: Int32Array, float32: Float32Array, float64: Float64Array } as const;
export type NumberType = keyof typeof numberTypes;
export type NumberArray<T extends NumberType = NumberType> = { uint8: Uint8Array; int32: Int32Array; float32: Float32Array; float64: Float64Array }[T];

export interface NumberPlace<T extends NumberType = NumberType> {
  readonly type: T;
  readonly path: string;
  readonly offset: number; // bytes before the first number
  readonly length: number; // numbers
  readonly file?: SharedFile; // of several numbers that lie in one file
}

/** A file that is opened when it is first read, and closed when nobody holds it any more. */
export class SharedFile {
  readonly path: string;
  #opened: number | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** @throws what the system says */
  opened(): number {
    if (this.#opened !== null) return this.#opened;
    this.#opened = openSync(this.path, 'r');
    openFiles.register(this, this.#opened, this);
    return this.#opened;
  }

  close(): void {
    if (this.#opened === null) return;
    openFiles.unregister(this); // its number may be another file's by then
    closeSync(this.#opened);
    this.#opened = null;
  }
}

const openFiles = new FinalizationRegistry<number>(closeSync);

export type Numbers<T extends NumberType> = NumberArray<T> | FileNumbers<T>;

const blockBytes = 4 * 1024 * 1024;
/** Readers keep so many bytes of numbers in memory, and what opens a prepared set does: larger ones lie in files. */
export const mostInMemory = 64 * 1024 * 1024;

export class FileNumbers<T extends NumberType = NumberType> {
  readonly type: T;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly #file: SharedFile;
  #isChecked = false;

  constructor({ type, path, offset, length, file }: NumberPlace<T>) {
    this.type = type;
    this.path = path;
    this.offset = offset;
    this.length = length;
    this.#file = file ?? new SharedFile(path);
  }

  get BYTES_PER_ELEMENT(): number {
    return numberTypes[this.type].BYTES_PER_ELEMENT;
  }

  get byteLength(): number {
    return this.length * this.BYTES_PER_ELEMENT;
  }

  /** Copies numbers into the beginning of `out`, as many as lie between.  @throws what the system says, and RangeError where the file ends before */
  readInto(out: NumberArray<T>, start: number, end: number): void {
    const bytes = new Uint8Array(out.buffer, out.byteOffset, (end - start) * this.BYTES_PER_ELEMENT);
    const from = this.offset + start * this.BYTES_PER_ELEMENT;
    const file = this.#open();
    for (let done = 0; done < bytes.length;) {
      const read = readSync(file, bytes, done, bytes.length - done, from + done);
      if (read === 0) throw new RangeError(`${this.path} ends at byte ${from + done}; more was expected.`);
      done += read;
    }
    if (endianness() === 'BE') bytes.set(littleEndian(out.subarray(0, end - start)));
  }

  /** A fresh array of the numbers from `start` to before `end`. */
  read(start: number, end: number): NumberArray<T> {
    const out = new numberTypes[this.type](end - start) as NumberArray<T>; // of the type by its name
    this.readInto(out, start, end);
    return out;
  }

  close(): void {
    this.#file.close();
  }

  #open(): number {
    const file = this.#file.opened();
    if (this.#isChecked) return file;
    const { size } = fstatSync(file);
    const needed = this.offset + this.byteLength;
    if (size < needed) throw new RangeError(`${this.path} has ${size} bytes, ${needed} are needed.`);
    this.#isChecked = true;
    return file;
  }
}

/** All numbers in memory. Of a file: a fresh array. */
export function wholeOf<T extends NumberType>(numbers: Numbers<T>): NumberArray<T> {
  return numbers instanceof FileNumbers ? numbers.read(0, numbers.length) : numbers;
}

/** A few of them, not to be written to. */
export function partOf<T extends NumberType>(numbers: Numbers<T>, start: number, end: number): NumberArray<T> {
  return numbers instanceof FileNumbers ? numbers.read(start, end) : (numbers.subarray(start, end) as NumberArray<T>);
}

export interface Block<T extends NumberType> {
  readonly start: number; // of its first number
  readonly values: NumberArray<T>; // of a file: written over by the next block
}

/** All numbers, a block at a time, in order. @param unit a block holds a multiple of so many numbers: one row is never cut */
export function* blocksOf<T extends NumberType>(numbers: Numbers<T>, unit = 1): Generator<Block<T>> {
  if (!(numbers instanceof FileNumbers)) {
    if (numbers.length > 0) yield { start: 0, values: numbers };
    return;
  }
  const step = unit * Math.max(1, Math.floor(blockBytes / (unit * numbers.BYTES_PER_ELEMENT)));
  const room = new numberTypes[numbers.type](Math.min(step, numbers.length)) as NumberArray<T>; // of the type by its name
  for (let start = 0; start < numbers.length; start += step) {
    const end = Math.min(numbers.length, start + step);
    numbers.readInto(room, start, end);
    yield { start, values: room.subarray(0, end - start) as NumberArray<T> };
  }
}

/** Writes numbers at a byte of a file that is open. */
export function writeAt(file: number, values: NumberArray, offset: number): void {
  const bytes = littleEndian(values);
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, offset + done);
}

/** Every number changed: a fresh array, or the same file written over where anything changes, which must be the caller's own. */
export function mapped<T extends NumberType>(numbers: Numbers<T>, change: (value: number) => number): Numbers<T> {
  if (!(numbers instanceof FileNumbers)) return numbers.map(change) as NumberArray<T>; // map keeps the type
  let file: number | null = null;
  try {
    for (const { start, values } of blocksOf(numbers)) {
      const changed = values.map(change) as NumberArray<T>; // as above
      if (Buffer.from(changed.buffer).equals(Buffer.from(values.buffer, values.byteOffset, values.byteLength))) continue;
      file ??= openSync(numbers.path, 'r+');
      writeAt(file, changed, numbers.offset + start * numbers.BYTES_PER_ELEMENT);
    }
  } finally {
    if (file !== null) closeSync(file);
  }
  return numbers;
}

/** Whether the numbers are bytes. */
export function isBytes(numbers: Numbers<'uint8'> | Numbers<'float32'>): numbers is Numbers<'uint8'> {
  return numbers instanceof FileNumbers ? numbers.type === 'uint8' : numbers instanceof Uint8Array;
}

/** The bytes of an array as files hold them, and the other way round; no copy where the machine already has that order. */
export function littleEndian(values: NumberArray): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (endianness() === 'LE') return bytes;
  const swapped = bytes.slice();
  for (let at = 0; at < swapped.length; at += values.BYTES_PER_ELEMENT) swapped.subarray(at, at + values.BYTES_PER_ELEMENT).reverse();
  return swapped;
}
