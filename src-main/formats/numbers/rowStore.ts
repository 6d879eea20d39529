/** Numbers that come one row after the other and whose count is not known before: in memory, and in a file as soon as they are many. */
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import { FileNumbers, mostInMemory, numberTypes } from './numbers.ts';
import type { NumberArray, NumberType, Numbers } from './numbers.ts';

export class RowStore<T extends NumberType> {
  readonly #type: T;
  readonly #path: string | null;
  readonly #memoryBytes: number;
  #memory: NumberArray<T>;
  #file: number | null = null;
  #length = 0;

  /** @param folder for the file; null keeps all in memory
   *  @param name of the file there
   *  @param expected how many numbers there will be at most: memory for them is taken at once */
  constructor(type: T, { folder, name, expected = 0, limit = mostInMemory }: { folder: string | null; name: string; expected?: number; limit?: number }) {
    this.#type = type;
    this.#path = folder === null || endianness() === 'BE' ? null : join(folder, name); // files are little-endian
    this.#memoryBytes = limit;
    const each = numberTypes[type].BYTES_PER_ELEMENT;
    const isLarge = this.#path !== null && expected * each > limit;
    this.#memory = this.#fresh(isLarge ? 0 : expected);
    if (isLarge) this.#toFile();
  }

  get length(): number {
    return this.#length;
  }

  append(values: NumberArray<T>): void {
    this.#room(values.length);
    this.#length += values.length;
    this.write(values, this.#length - values.length);
  }

  /** Writes over numbers that are there. */
  write(values: NumberArray<T>, at: number): void {
    if (this.#file === null) this.#memory.set(values, at);
    else writeAll(this.#file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at * values.BYTES_PER_ELEMENT);
  }

  /** Copies numbers from `start` on into `out`. */
  read(out: NumberArray<T>, start: number): void {
    if (this.#file === null) out.set(this.#memory.subarray(start, start + out.length));
    else readAll(this.#file, new Uint8Array(out.buffer, out.byteOffset, out.byteLength), start * out.BYTES_PER_ELEMENT);
  }

  /** Leaves the first numbers alone. */
  shorten(length: number): void {
    this.#length = length;
    if (this.#file !== null) ftruncateSync(this.#file, length * numberTypes[this.#type].BYTES_PER_ELEMENT);
  }

  /** The numbers; nothing is written any more. */
  done(): Numbers<T> {
    if (this.#file === null || this.#path === null) return this.#memory.subarray(0, this.#length) as NumberArray<T>; // a part has the type of the whole
    this.close();
    return new FileNumbers({ type: this.#type, path: this.#path, offset: 0, length: this.#length });
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #room(count: number): void {
    const needed = this.#length + count;
    if (this.#file !== null || needed <= this.#memory.length) return;
    if (this.#path !== null && needed * this.#memory.BYTES_PER_ELEMENT > this.#memoryBytes) {
      this.#toFile();
      return;
    }
    const larger = this.#fresh(Math.max(needed, 2 * this.#memory.length));
    larger.set(this.#memory);
    this.#memory = larger;
  }

  #toFile(): void {
    if (this.#path === null) throw new RangeError('A store without a folder has no file.');
    this.#file = openSync(this.#path, 'w+');
    const held = this.#memory.subarray(0, this.#length);
    writeAll(this.#file, new Uint8Array(held.buffer, held.byteOffset, held.byteLength), 0);
    this.#memory = this.#fresh(0);
  }

  #fresh(length: number): NumberArray<T> {
    return new numberTypes[this.#type](length) as NumberArray<T>; // of the type by its name
  }
}

function writeAll(file: number, bytes: Uint8Array, at: number): void {
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, at + done);
  } catch (cause) {
    const isFull = cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT');
    if (!isFull) throw cause;
    throw new LabError('bad-input', 'The disk is full: the decoded data does not fit. Make room, or set smaller values for the options width and height.', {
      cause,
    });
  }
}

function readAll(file: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length;) {
    const read = readSync(file, bytes, done, bytes.length - done, at + done);
    if (read === 0) throw new RangeError(`A store ends at byte ${at + done}; more was expected.`);
    done += read;
  }
}
