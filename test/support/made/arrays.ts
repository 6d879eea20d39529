/** Made arrays of small pictures as NumPy writes them: mostly black, as scans of digits are. */
import { writeFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { wordsOf } from './noise.ts';

const side = 28;

/** [rows, 28, 28] of unsigned bytes.  @returns bytes written */
export function writeNpy(path: string, rows: number, seed = 1): number {
  const bytes = npy([rows, side, side], madePixels(rows, seed));
  writeFileSync(path, bytes);
  return bytes.length;
}

/** The same as `x`, and `y` with ten classes, packed as by numpy.savez_compressed.  @returns bytes written */
export function writeNpz(path: string, rows: number, seed = 1): number {
  const words = wordsOf(seed, 'labels');
  const labels = Uint8Array.from({ length: rows }, () => words() % 10);
  const bytes = zipSync({ 'x.npy': npy([rows, side, side], madePixels(rows, seed)), 'y.npy': npy([rows], labels) }, { level: 6 });
  writeFileSync(path, bytes);
  return bytes.length;
}

/** The middle of each picture holds noise in 16 grey values, its margin of 6 pixels none. */
function madePixels(rows: number, seed: number): Uint8Array {
  const words = wordsOf(seed, 'arrays');
  const pixels = new Uint8Array(rows * side * side);
  for (let row = 0; row < rows; row++)
    for (let y = 6; y < side - 6; y++)
      for (let x = 6; x < side - 6; x++) {
        const word = words();
        if (word % 3 === 0) pixels[(row * side + y) * side + x] = (word >>> 24) | 15;
      }
  return pixels;
}

/** NumPy, "numpy.lib.format", version 1.0. */
function npy(shape: readonly number[], values: Uint8Array): Uint8Array {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const head = Buffer.alloc(10);
  head.write('\x93NUMPY\x01\x00', 'latin1');
  head.writeUInt16LE(header.length, 8);
  return Buffer.concat([head, Buffer.from(header, 'latin1'), values]);
}
