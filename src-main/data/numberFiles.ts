/** Writes numbers to files, little-endian, block by block, and makes them durable. */
import { closeSync, fsyncSync, linkSync, openSync, statSync, writeSync } from 'node:fs';
import { blocksOf, FileNumbers, littleEndian } from '../formats/numbers/numbers.ts';
import type { NumberArray, Numbers, NumberType } from '../formats/numbers/numbers.ts';

/** Bytes up to the next multiple of `unit`. */
export function padded(bytes: number, unit: number): number {
  return Math.ceil(bytes / unit) * unit;
}

/** Makes a file of numbers, one after the other. @param unit bytes that each of them is filled up to a multiple of */
export function writeNumbers(path: string, parts: readonly Numbers<NumberType>[], unit = 1): void {
  writeBlocks(path, function* () {
    for (const part of parts) {
      for (const { values } of blocksOf(part)) yield values;
      const bytes = part.byteLength;
      if (padded(bytes, unit) > bytes) yield new Uint8Array(padded(bytes, unit) - bytes);
    }
  });
}

/** Makes a file of what is given, block by block, and returns when it is on the disk. */
export function writeBlocks(path: string, blocks: () => Iterable<NumberArray>): void {
  const file = openSync(path, 'wx');
  try {
    for (const block of blocks()) {
      const bytes = littleEndian(block);
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a file of numbers. What fills a file of its own already gets a second name instead of a copy, where the disk can do that. */
export function takeOver(path: string, numbers: Numbers<NumberType>): void {
  if (!(numbers instanceof FileNumbers) || numbers.offset !== 0 || statSync(numbers.path).size !== numbers.byteLength) return writeNumbers(path, [numbers]);
  try {
    linkSync(numbers.path, path);
  } catch {
    return writeNumbers(path, [numbers]); // another disk, or one without second names
  }
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes the names in a folder durable; Windows has no such call and orders them by itself. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
