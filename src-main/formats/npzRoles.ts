/** Decides what the arrays of an NPZ file are: the input, label columns, or nothing of use. By shape and name alone. */
import { LabError } from '../contract/errors.ts';
import { numberedNames, uniqueNames } from './columnNames.ts';
import type { RawArray, RawColumn, RawDataset } from './format.ts';
import type { NpyArray } from './npyArray.ts';

const maxSpreadColumns = 64;
const maxTableColumns = 1000;

/** @param path names the file in errors     @throws LabError when no array can be the input or a column */
export function assignRoles(path: string, arrays: readonly NpyArray[]): RawDataset {
  const notes: string[] = [];
  const input = arrays.filter(isInput).reduce<NpyArray | null>((best, array) => (best === null || array.count > best.count ? array : best), null);
  const rows = input?.shape[0] ?? arrays.find(({ shape }) => shape.length >= 1 && shape.length <= 2)?.shape[0] ?? 0;
  if (rows === 0) throw new LabError('bad-input', `${path} holds no array with rows: ${listed(arrays)}.`);
  const columns: RawColumn[] = [];
  for (const array of arrays) {
    if (array === input) continue;
    const width = array.shape.length === 1 ? 1 : array.shape.length === 2 ? (array.shape[1] ?? 0) : 0;
    if (array.shape[0] !== rows || width === 0 || width > maxSpreadColumns)
      notes.push(`Array "${array.name}" of shape (${array.shape.join(', ')}) is not used.`);
    else if (width === 1) columns.push(column(array, array.name, rows, 1, 0));
    else columns.push(...Array.from({ length: width }, (_, i) => column(array, `${array.name}_${i + 1}`, rows, width, i)));
  }
  const unique = uniqueNames(columns.map(({ name }) => name));
  const named = columns.map((entry, i) => ({ ...entry, name: unique.names[i] ?? entry.name }));
  if (input === null) return { format: 'npz', rows, columns: named, notes: [...notes, ...unique.notes] };
  if (arrays.length === 1 && input.shape.length === 2 && (input.shape[1] ?? 0) <= maxTableColumns) return tableOf(input, rows);
  const { array, note } = inputArray(path, input);
  return { format: 'npz', rows, columns: named, array, notes: [note, ...notes, ...unique.notes] };
}

/** A matrix without company: its columns are all there is, so that one of them can be the target. */
function tableOf(array: NpyArray, rows: number): RawDataset {
  const width = array.shape[1] ?? 1;
  const columns = numberedNames(width).map((name, i) => column(array, name, rows, width, i));
  return { format: 'npz', rows, columns, notes: [`Array "${array.name}" has no labels beside it: its columns are called column1 to column${width}.`] };
}

function isInput({ shape, values }: NpyArray): boolean {
  const [rows = 0, width = 0] = shape;
  return values.kind === 'number' && rows > 0 && (shape.length === 3 || shape.length === 4 || (shape.length === 2 && width > 1));
}

function column(array: NpyArray, name: string, rows: number, width: number, offset: number): RawColumn {
  const { values } = array;
  if (values.kind === 'number') return { name, kind: 'number', values: Float64Array.from({ length: rows }, (_, row) => values.at(row * width + offset)) };
  return { name, kind: 'text', values: Array.from({ length: rows }, (_, row) => values.at(row * width + offset).trim() || null) };
}

/** Four dimensions and bytes of three are images, other arrays of three are sequences, two are vectors. */
function inputArray(path: string, array: NpyArray): { array: RawArray; note: string } {
  const [rows = 0, second = 1, third = 1, fourth = 1] = array.shape;
  if (array.count === 0) throw new LabError('bad-input', `${path}, array "${array.name}" has no values: its shape is (${array.shape.join(', ')}).`);
  const said = `Input is the array "${array.name}" of shape (${array.shape.join(', ')})`;
  const isByte = array.dtype.endsWith('u1');
  if (array.shape.length === 2) return { array: { kind: 'vector', features: second, values: floats(array) }, note: `${said}, read as vectors.` };
  if (array.shape.length === 3 && !isByte)
    return {
      array: { kind: 'sequence', features: third, lengths: new Int32Array(rows).fill(second), values: floats(array) },
      note: `${said}, read as sequences of ${second} steps.`,
    };
  if (array.shape.length === 4 && fourth > 4) {
    if (second > 4)
      throw new LabError(
        'bad-input',
        `${path}, array "${array.name}" of shape (${array.shape.join(', ')}): images have 1 to 4 channels, in the last dimension or in the second.`,
      );
    const image: RawArray = { kind: 'image', height: third, width: fourth, channels: second, values: channelsLast(array, isByte) };
    return { array: image, note: `${said}, read as images with the channels first.` };
  }
  const values = isByte ? (array.bytes ?? Uint8Array.from({ length: array.count }, (_, i) => numberAt(array, i))) : floats(array);
  return { array: { kind: 'image', height: second, width: third, channels: fourth, values }, note: `${said}, read as images.` };
}

function floats(array: NpyArray): Float32Array {
  const out = new Float32Array(array.count);
  for (let i = 0; i < out.length; i++) out[i] = numberAt(array, i);
  return out;
}

/** [rows, channels, height, width] to [rows, height, width, channels] */
function channelsLast(array: NpyArray, isByte: boolean): Uint8Array | Float32Array {
  const [rows = 0, channels = 1, height = 1, width = 1] = array.shape;
  const out = isByte ? new Uint8Array(array.count) : new Float32Array(array.count);
  const pixels = height * width;
  for (let row = 0; row < rows; row++)
    for (let channel = 0; channel < channels; channel++)
      for (let pixel = 0; pixel < pixels; pixel++)
        out[(row * pixels + pixel) * channels + channel] = numberAt(array, (row * channels + channel) * pixels + pixel);
  return out;
}

function numberAt({ values }: NpyArray, index: number): number {
  return values.kind === 'number' ? values.at(index) : NaN;
}

function listed(arrays: readonly NpyArray[]): string {
  return arrays.map(({ name, shape }) => `${name} (${shape.join(', ')})`).join(', ');
}
