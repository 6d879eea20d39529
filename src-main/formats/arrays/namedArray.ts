/** An array with a name, as NPY, NPZ, IDX and HDF5 files hold them: its type and shape are known at once, its values come a piece at a time when they are asked
 *  for. A reader of such a file makes one of these for every array and leaves it to npzRoles.ts what becomes of them. */
import { LabError } from '../../contract/errors.ts';
import type { NumberPiece } from '../numbers/elementTypes.ts';

export interface NamedArray {
  readonly name: string; // without the file's: 'x_train'
  readonly where: string; // names file and array in errors: '/home/a/b.npz, array "x_train"'
  readonly type: string; // NumPy's letter and bytes, without the order: 'u1', 'f4', 'i8', 'b1', 'U10'
  readonly shape: readonly number[]; // the first is the rows; [] for a single value
  readonly values: ArrayValues;
}

export type ArrayValues =
  // In row-major order. Every call begins anew. Pieces are of one typed array's kind, of any length, and hold until the next is asked for.
  | { readonly kind: 'number'; pieces(): AsyncGenerator<NumberPiece> }
  // In row-major order, all at once: labels and names.
  | { readonly kind: 'text'; texts(): Promise<readonly string[]> };

/** An array of a kind that is not read: the others of its file are. */
export interface LeftOut {
  readonly name: string;
  readonly where: string;
  readonly why: string; // a sentence and what to do: 'complex numbers (<c16) are not read. Save ...'
}

export function isLeftOut(array: NamedArray | LeftOut): array is LeftOut {
  return 'why' in array;
}

export function refusalOf({ where, why }: LeftOut): LabError {
  return new LabError('bad-input', `${where}: ${why}`);
}

export interface RowBlock {
  readonly start: number; // of its first value
  readonly values: NumberPiece; // of whole rows; holds until the next is asked for
}

/** Values of all rows. */
export function countOf({ shape }: Pick<NamedArray, 'shape'>): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Values of a row. */
export function rowLength({ shape }: Pick<NamedArray, 'shape'>): number {
  return shape.slice(1).reduce((product, size) => product * size, 1);
}

export function shapeText({ shape }: Pick<NamedArray, 'shape'>): string {
  return `(${shape.join(', ')})`;
}

/** An array of numbers, in blocks of whole rows.  @throws what the file says, and LabError where it gives fewer or more values than its shape has */
export async function* blocksOfRows(array: NamedArray): AsyncGenerator<RowBlock> {
  if (array.values.kind === 'text') throw new RangeError(`${array.where} holds texts.`);
  const unit = Math.max(1, rowLength(array));
  let start = 0;
  let held: NumberPiece | null = null; // a row that is not complete
  let filled = 0;
  for await (const piece of array.values.pieces()) {
    let rest = piece;
    if (held !== null && filled > 0) {
      const taken = Math.min(unit - filled, rest.length);
      held.set(rest.subarray(0, taken), filled);
      filled += taken;
      rest = rest.subarray(taken);
      if (filled < unit) continue;
      yield { start, values: held };
      start += unit;
      filled = 0;
    }
    const whole = rest.length - (rest.length % unit);
    if (whole > 0) yield { start, values: rest.subarray(0, whole) };
    start += whole;
    if (whole === rest.length) continue;
    held ??= likeOf(piece, unit);
    held.set(rest.subarray(whole), 0);
    filled = rest.length - whole;
  }
  const count = countOf(array);
  if (filled > 0 || start !== count)
    throw new LabError('bad-input', `${array.where} has ${start + filled} values, but its shape ${shapeText(array)} needs ${count}.`);
}

/** All numbers of an array in memory. */
export async function allNumbers(array: NamedArray): Promise<Float64Array> {
  const out = new Float64Array(countOf(array));
  for await (const { start, values } of blocksOfRows(array)) out.set(values, start);
  return out;
}

/** The numbers of its first rows: about as many as told, and one row at least. */
export async function firstRows(array: NamedArray, count: number): Promise<Float64Array> {
  const unit = Math.max(1, rowLength(array));
  const out = new Float64Array(Math.min(countOf(array), unit * Math.max(1, Math.floor(count / unit))));
  for await (const { start, values } of blocksOfRows(array)) {
    out.set(values.subarray(0, out.length - start), start);
    if (start + values.length >= out.length) break;
  }
  return out;
}

function likeOf(piece: NumberPiece, length: number): NumberPiece {
  return new (piece.constructor as new (length: number) => NumberPiece)(length); // what made the one makes the other
}
