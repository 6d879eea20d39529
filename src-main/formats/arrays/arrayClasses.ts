/** Reads folders with one NPY file a class, each with that class's rows: cat.npy, dog.npy. */
import { join } from 'node:path';
import { arrayName, openArrayFile } from './arrayFiles.ts';
import { partsOfFileName } from './arrayPartners.ts';
import type { NumberPiece } from '../numbers/elementTypes.ts';
import type { RawColumn, RawDataset, ReadOptions } from '../format.ts';
import type { NamedArray } from './namedArray.ts';
import { assignRoles } from './npzRoles.ts';
import { wholeOf } from '../numbers/numbers.ts';
import type { ReadRoom } from '../readRoom.ts';

export interface ClassFile {
  readonly name: string; // of the class
  readonly array: NamedArray;
}

/** The files of a folder as classes: none has a name that tells input, label or part, all hold rows of one shape and type. null where it is otherwise.
 *  @param files in the folder, by name */
export async function classFiles(folder: string, files: readonly string[], room: ReadRoom): Promise<readonly ClassFile[] | null> {
  const names = files.map(arrayName);
  const tellsMore = names.some((name) => {
    const { role, split } = partsOfFileName(name);
    return role !== null || split !== null;
  });
  if (files.length < 2 || tellsMore || files.some((file) => /[/]|\.npz/i.test(file))) return null;
  const arrays: NamedArray[] = [];
  for (const file of files) {
    const { arrays: own } = await openArrayFile(join(folder, file), room);
    const [array] = own;
    const [first = array] = arrays;
    if (array === undefined || first === undefined || array.shape.length < 2 || array.values.kind === 'text') return null;
    if (array.type !== first.type || array.shape.slice(1).join() !== first.shape.slice(1).join()) return null;
    arrays.push(array);
  }
  const shared = sharedStart(names);
  return arrays.map((array, at) => ({ array, name: names[at]?.slice(shared.length) ?? array.name }));
}

export async function readClassFiles(folder: string, files: readonly ClassFile[], options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  const [first] = files;
  if (first === undefined) throw new RangeError('readClassFiles needs at least one file.');
  const counts = files.map(({ array }) => array.shape[0] ?? 0);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const all = { name: 'x', where: folder, type: first.array.type, shape: [rows, ...first.array.shape.slice(1)] };
  const input: NamedArray = { ...all, values: { kind: 'number', pieces: () => piecesOf(files) } };
  const codes: NamedArray = { name: 'class', where: folder, type: 'f8', shape: [rows], values: { kind: 'number', pieces: () => codesOf(counts) } };
  const data = await assignRoles(folder, [input, codes], { format: 'npz', options, room, leftOut: [] });
  const texts = files.map(({ name }) => name);
  const note = `Every file is a class: ${texts.slice(0, 5).join(', ')}${texts.length > 5 ? ` and ${texts.length - 5} more` : ''}.`;
  return { ...data, columns: data.columns.map((column) => withTexts(column, texts)), notes: [note, ...data.notes] };
}

async function* piecesOf(files: readonly ClassFile[]): AsyncGenerator<NumberPiece> {
  for (const { array } of files) if (array.values.kind === 'number') yield* array.values.pieces();
}

async function* codesOf(counts: readonly number[]): AsyncGenerator<NumberPiece> {
  for (const [code, count] of counts.entries()) yield await Promise.resolve(new Float64Array(count).fill(code));
}

function withTexts(column: RawColumn, texts: readonly string[]): RawColumn {
  return column.kind === 'number' ? { name: column.name, kind: 'coded', texts, codes: Int32Array.from(wholeOf(column.values)) } : column;
}

/** What all names begin with, up to a mark between words: 'full_numpy_bitmap_'. */
function sharedStart(names: readonly string[]): string {
  const [first = ''] = names;
  const ends = [...first.matchAll(/[_.\- ]/g)].map(({ index }) => index + 1);
  return first.slice(0, ends.findLast((end) => names.every((name) => name.startsWith(first.slice(0, end)) && name.length > end)) ?? 0);
}
