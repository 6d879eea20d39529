/** Numbers that come in one after the other, as many as there are: in memory, or in a file beside others, each at its place. */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { FileNumbers, numberTypes, writeAt } from './numbers.ts';
import type { NumberArray, NumberType, Numbers } from './numbers.ts';

export interface Growing<T extends NumberType> {
  add(value: number): void;
  /** All that were added. Nothing is added after it. */
  finish(): Numbers<T>;
}

const mostBytesAtOnce = 256 * 1024 * 1024; // made for a whole table before its rows are seen

/** Where the numbers of a table's columns go. */
export interface NumberShelf {
  grow<T extends NumberType>(type: T): Growing<T>;
  close(): void;
}

/** @param most numbers that a column can have at the most   @param columns that may be grown */
export function memoryShelf(most: number, columns: number): NumberShelf {
  const first = most * columns * 8 <= mostBytesAtOnce ? most : 1024;
  return { grow: (type) => new GrowingArray(type, most, first), close: () => undefined };
}

/** A shelf in one file: columns one after the other, each with room for `most` numbers and on a multiple of 8 bytes.
 *  @param columns that are written at a time: they share the memory for what is not written yet */
export function fileShelf(folder: string, name: string, most: number, columns: number): NumberShelf {
  const path = join(folder, name);
  const file = openSync(path, 'w+');
  const buffered = Math.max(256, Math.min(64 * 1024, Math.floor((32 * 1024 * 1024) / 8 / Math.max(1, columns))));
  let end = 0;
  return {
    grow(type) {
      const offset = end;
      end += Math.ceil((most * numberTypes[type].BYTES_PER_ELEMENT) / 8) * 8;
      return new GrowingInFile(type, { path, file, offset }, buffered);
    },
    close: () => closeSync(file),
  };
}

class GrowingArray<T extends NumberType> implements Growing<T> {
  readonly #type: T;
  readonly #most: number;
  #values: NumberArray<T>;
  #length = 0;

  constructor(type: T, most: number, first: number) {
    this.#type = type;
    this.#most = most;
    this.#values = arrayOf(type, Math.min(most, first));
  }

  add(value: number): void {
    if (this.#length === this.#values.length) {
      const doubled = Math.max(1024, this.#values.length * 2);
      const larger = arrayOf(this.#type, this.#length < this.#most ? Math.min(doubled, this.#most) : doubled);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  finish(): Numbers<T> {
    return this.#values.subarray(0, this.#length) as NumberArray<T>; // a part has the type of the whole
  }
}

class GrowingInFile<T extends NumberType> implements Growing<T> {
  readonly #type: T;
  readonly #place: { readonly path: string; readonly file: number; readonly offset: number };
  readonly #buffer: NumberArray<T>;
  #held = 0;
  #written = 0;

  constructor(type: T, place: { readonly path: string; readonly file: number; readonly offset: number }, buffered: number) {
    this.#type = type;
    this.#place = place;
    this.#buffer = arrayOf(type, buffered);
  }

  add(value: number): void {
    if (this.#held === this.#buffer.length) this.#flush();
    this.#buffer[this.#held++] = value;
  }

  finish(): Numbers<T> {
    this.#flush();
    return new FileNumbers({ type: this.#type, path: this.#place.path, offset: this.#place.offset, length: this.#written });
  }

  #flush(): void {
    writeAt(this.#place.file, this.#buffer.subarray(0, this.#held), this.#place.offset + this.#written * this.#buffer.BYTES_PER_ELEMENT);
    this.#written += this.#held;
    this.#held = 0;
  }
}

function arrayOf<T extends NumberType>(type: T, length: number): NumberArray<T> {
  return new numberTypes[type](length) as NumberArray<T>; // of the type by its name
}
