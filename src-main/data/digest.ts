/** The fingerprint of a data set's content: the same for the same rows, whatever the file was called and whatever format it had. */
import { createHash } from 'node:crypto';
import { blocksOf, isBytes, littleEndian } from '../formats/numbers/numbers.ts';
import type { Numbers, NumberType } from '../formats/numbers/numbers.ts';
import type { DataArray, DataColumn } from './dataset.ts';

export interface Content {
  readonly rows: number;
  readonly columns: readonly DataColumn[];
  readonly array: DataArray | null;
}

/** SHA-256, hex, of the shapes and names as JSON and then every value as little-endian bytes, columns in order, the array last. */
export function contentDigest(content: Content): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(['auxlab-content/1', content.rows, content.columns.map(columnShape), content.array === null ? null : arrayShape(content.array)]));
  const add = (numbers: Numbers<NumberType>): void => {
    for (const { values } of blocksOf(numbers)) hash.update(littleEndian(values));
  };
  for (const column of content.columns) add(column.kind === 'class' ? column.codes : column.values);
  if (content.array?.kind === 'sequence') add(content.array.lengths);
  if (content.array !== null) add(content.array.values);
  return hash.digest('hex');
}

/** SHA-256, hex, of lists of row numbers, each preceded by its length. */
export function rowListsDigest(lists: readonly Int32Array[]): string {
  const hash = createHash('sha256');
  for (const list of lists) hash.update(littleEndian(Int32Array.of(list.length))).update(littleEndian(list));
  return hash.digest('hex');
}

function columnShape(column: DataColumn): readonly unknown[] {
  return column.kind === 'class' ? [column.name, 'class', column.classes] : [column.name, column.kind];
}

function arrayShape(array: DataArray): readonly unknown[] {
  const bytes = isBytes(array.values);
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
