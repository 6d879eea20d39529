/** Where a reader puts numbers as it makes them: in memory while they are few, in a file of its room when they are many. */
import { closeSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { blocksOf, FileNumbers, mostInMemory, numberTypes, SharedFile, writeAt } from './numbers.ts';
import type { NumberArray, NumberType, Numbers } from './numbers.ts';
import type { ReadRoom } from '../readRoom.ts';

export interface NumberStore<T extends NumberType> {
  readonly numbers: Numbers<T>; // read when all is written
  /** Numbers from a place on, turned into the store's type as a typed array does it. */
  write(start: number, values: ArrayLike<number>): void;
}

export function openStore<T extends NumberType>(type: T, length: number, room: ReadRoom): NumberStore<T> {
  const [store] = openStores(type, length, 1, room);
  if (store === undefined) throw new RangeError('openStores gave no store.');
  return store;
}

/** Several of one length, as the columns of a table: in one file when all together are large. */
export function openStores<T extends NumberType>(type: T, length: number, count: number, room: ReadRoom): NumberStore<T>[] {
  const each = length * numberTypes[type].BYTES_PER_ELEMENT;
  if (room.folder === null || each * count <= mostInMemory) return Array.from({ length: count }, () => inMemory(type, length));
  const path = freshFile(room.folder);
  const file = new SharedFile(path);
  return Array.from({ length: count }, (_, i) => inFile(new FileNumbers({ type, path, offset: i * each, length, file })));
}

/** Numbers one after the other. The file of the first grows where that is enough: all others are copied, and it is the largest as a rule. */
export function joinNumbers<T extends NumberType>(type: T, pieces: readonly Numbers<NumberType>[], room: ReadRoom): Numbers<T> {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const [first, ...others] = pieces;
  const grown = first instanceof FileNumbers ? grownFile(first, type, length, room) : null;
  const store = grown ?? openStore(type, length, room);
  let at = grown === null ? 0 : (first?.length ?? 0);
  for (const piece of grown === null ? pieces : others) {
    for (const { start, values } of blocksOf(piece)) {
      room.signal?.throwIfAborted();
      store.write(at + start, values);
    }
    at += piece.length;
  }
  return store.numbers;
}

/** A store over a file of the reader's own that ends with its numbers. */
function grownFile<T extends NumberType>(first: FileNumbers, type: T, length: number, room: ReadRoom): NumberStore<T> | null {
  const { path, offset, byteLength } = first;
  const isOwn = room.folder !== null && dirname(path) === room.folder && first.type === type && statSync(path).size === offset + byteLength;
  return isOwn ? inFile(new FileNumbers({ type, path, offset, length })) : null;
}

/** Writes numbers into a file that is there already, over what stood at the place or behind its end. */
function writeNumbers(path: string, offset: number, values: NumberArray): void {
  const file = openSync(path, 'r+'); // opened for each block: a reader that fails leaves nothing open
  try {
    writeAt(file, values, offset);
  } finally {
    closeSync(file);
  }
}

function inMemory<T extends NumberType>(type: T, length: number): NumberStore<T> {
  const numbers = new numberTypes[type](length) as NumberArray<T>; // of the type by its name
  return { numbers, write: (start, values) => numbers.set(values, start) };
}

function inFile<T extends NumberType>(numbers: FileNumbers<T>): NumberStore<T> {
  const make = numberTypes[numbers.type];
  const write = (start: number, values: ArrayLike<number>): void => {
    const typed = values instanceof make ? values : new make(values);
    writeNumbers(numbers.path, numbers.offset + start * numbers.BYTES_PER_ELEMENT, typed);
  };
  return { numbers, write };
}

function freshFile(folder: string): string {
  for (let number = 1; ; number++) {
    const path = join(folder, `numbers-${number}.bin`);
    try {
      closeSync(openSync(path, 'wx'));
      return path;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
