/** The fingerprint of a data set's content: the same for the same rows, whatever the file was called and whatever format it had. */
import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import type { DataArray, DataColumn } from './dataset.ts';

export interface Content {
  readonly rows: number;
  readonly columns: readonly DataColumn[];
  readonly array: DataArray | null;
}

export type NumberBytes = Uint8Array | Int32Array | Float32Array | Float64Array;

/** SHA-256, hex, of the shapes and names as JSON and then every value as little-endian bytes, columns in order, the array last. */
export function contentDigest(content: Content): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(['auxlab-content/1', content.rows, content.columns.map(columnShape), content.array === null ? null : arrayShape(content.array)]));
  for (const column of content.columns) hash.update(littleEndian(column.kind === 'class' ? column.codes : column.values));
  if (content.array?.kind === 'sequence') hash.update(littleEndian(content.array.lengths));
  if (content.array !== null) hash.update(littleEndian(content.array.values));
  return hash.digest('hex');
}

/** SHA-256, hex, of lists of row numbers, each preceded by its length. */
export function rowListsDigest(lists: readonly Int32Array[]): string {
  const hash = createHash('sha256');
  for (const list of lists) hash.update(littleEndian(Int32Array.of(list.length))).update(littleEndian(list));
  return hash.digest('hex');
}

/** The bytes of an array in little-endian order; no copy where the machine already has it. */
export function littleEndian(values: NumberBytes): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return endianness() === 'LE' ? bytes : swapped(bytes, values.BYTES_PER_ELEMENT);
}

/** Turns bytes read as little-endian into the machine's own order, in place on big-endian machines. */
export function fromLittleEndian(bytes: Uint8Array, bytesPerElement: number): void {
  if (endianness() === 'BE') bytes.set(swapped(bytes, bytesPerElement));
}

function swapped(bytes: Uint8Array, bytesPerElement: number): Uint8Array {
  const copy = bytes.slice();
  for (let at = 0; at < copy.length; at += bytesPerElement) copy.subarray(at, at + bytesPerElement).reverse();
  return copy;
}

function columnShape(column: DataColumn): readonly unknown[] {
  return column.kind === 'class' ? [column.name, 'class', column.classes] : [column.name, 'number'];
}

function arrayShape(array: DataArray): readonly unknown[] {
  const bytes = array.values instanceof Uint8Array;
  switch (array.kind) {
    case 'image':
      return ['image', array.height, array.width, array.channels, bytes];
    case 'sequence':
      return ['sequence', array.features];
    case 'vector':
      return ['vector', array.features];
    default:
      return array satisfies never;
  }
}
