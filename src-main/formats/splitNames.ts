/** The parts into which published data sets come divided, by the words that people use for them, and how such parts become one data set. */
import { LabError } from '../contract/errors.ts';
import type { RawArray, RawColumn, RawDataset } from './format.ts';

export type SplitName = 'train' | 'validation' | 'test';
export const splitNames: readonly SplitName[] = ['train', 'validation', 'test'];

const words: Readonly<Record<string, SplitName>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
  t10k: 'test', // MNIST
};

/** 'train' for 'Training', 'validation' for 'val', 'test' for 't10k'; null for other words. */
export function splitOfWord(word: string): SplitName | null {
  return Object.hasOwn(words, word.toLowerCase()) ? (words[word.toLowerCase()] ?? null) : null;
}

export interface SplitPart {
  readonly split: SplitName;
  readonly path: string; // names the part in errors
  readonly data: RawDataset;
}

/** Puts the rows of parts one after the other, with a text column 'split' in front of the others. Parts must have the same columns and shapes.
 *  @throws LabError naming two parts that differ */
export function joinParts(parts: readonly SplitPart[]): RawDataset {
  const [first, ...others] = parts;
  if (first === undefined) throw new RangeError('joinParts needs at least one part.');
  for (const other of others) checkAlike(first, other);
  const split: RawColumn = { name: 'split', kind: 'text', values: parts.flatMap(({ split: name, data }) => new Array<string>(data.rows).fill(name)) };
  const columns = first.data.columns.map((column) => joinColumns(parts.map(({ data }) => columnOf(data, column.name))));
  const rows = parts.reduce((sum, { data }) => sum + data.rows, 0);
  const counts = parts.map(({ split: name, data }) => `${data.rows} ${name}`).join(', ');
  const notes = [...new Set(parts.flatMap(({ data }) => data.notes)), `Rows by the column "split": ${counts}.`];
  const arrays = parts.flatMap(({ data }) => (data.array === undefined ? [] : [data.array]));
  const base = { format: first.data.format, rows, columns: [split, ...columns], notes };
  return arrays.length === 0 ? base : { ...base, array: joinArrays(arrays) };
}

function columnOf(data: RawDataset, name: string): RawColumn {
  const column = data.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new RangeError(`Column ${name} is missing; checkAlike must run first.`);
  return column;
}

function checkAlike(first: SplitPart, other: SplitPart): void {
  const before = describe(first.data);
  const after = describe(other.data);
  if (before !== after)
    throw new LabError(
      'bad-input',
      `${other.path} does not fit ${first.path}: it has ${after}, the other ${before}. Both parts must have the same columns and shape.`,
    );
}

function describe({ columns, array }: RawDataset): string {
  const names =
    columns.length === 0
      ? 'no columns'
      : `the columns ${columns
          .map(({ name }) => name)
          .sort()
          .join(', ')}`;
  return array === undefined ? names : `${shapeOf(array)} and ${names}`;
}

function shapeOf(array: RawArray): string {
  return array.kind === 'image' ? `${array.height}x${array.width}x${array.channels} images` : `${array.features} features`;
}

/** A column that is numbers in one part and texts in another becomes texts. */
function joinColumns(columns: readonly RawColumn[]): RawColumn {
  const name = columns[0]?.name ?? '';
  const numbers = columns.flatMap((column) => (column.kind === 'number' ? [column.values] : []));
  if (numbers.length === columns.length) return { name, kind: 'number', values: concatFloat64(numbers) };
  return {
    name,
    kind: 'text',
    values: columns.flatMap((column) =>
      column.kind === 'text' ? column.values : Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value))),
    ),
  };
}

/** Arrays of one kind and shape, one after the other. */
function joinArrays(arrays: readonly RawArray[]): RawArray {
  const [first] = arrays;
  if (first === undefined) throw new RangeError('joinArrays needs at least one array.');
  switch (first.kind) {
    case 'image': {
      const pieces = arrays.map(({ values }) => values);
      const bytes = pieces.filter((values) => values instanceof Uint8Array);
      return { ...first, values: bytes.length === pieces.length ? concatBytes(bytes) : concatFloat32(pieces) };
    }
    case 'sequence':
      return {
        ...first,
        lengths: Int32Array.from(arrays.flatMap((array) => (array.kind === 'sequence' ? [...array.lengths] : []))),
        values: concatFloat32(arrays.map(({ values }) => values)),
      };
    case 'vector':
      return { ...first, values: concatFloat32(arrays.map(({ values }) => values)) };
    default:
      return first satisfies never;
  }
}

function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(totalLength(pieces));
  fill(out, pieces);
  return out;
}

function concatFloat32(pieces: readonly (Uint8Array | Float32Array)[]): Float32Array {
  const out = new Float32Array(totalLength(pieces));
  fill(out, pieces);
  return out;
}

function concatFloat64(pieces: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(totalLength(pieces));
  fill(out, pieces);
  return out;
}

function fill(out: { set(from: ArrayLike<number>, at: number): void }, pieces: readonly ArrayLike<number>[]): void {
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
}

function totalLength(pieces: readonly ArrayLike<number>[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}
