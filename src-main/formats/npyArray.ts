/** Decodes one NPY array (NumPy, "numpy.lib.format", versions 1.0 to 3.0). */
import { LabError } from '../contract/errors.ts';

export type NpyValues = { readonly kind: 'number'; readonly at: (index: number) => number } | { readonly kind: 'text'; readonly at: (index: number) => string };

export interface NpyArray {
  readonly name: string;
  readonly dtype: string; // as NumPy writes it: '<f4', '|u1', '<U10'
  readonly shape: readonly number[];
  readonly count: number;
  /** Values in row-major order, whatever the order in the file. */
  readonly values: NpyValues;
  readonly bytes: Uint8Array | null; // the values themselves of an unsigned byte array in row-major order
}

interface ElementType {
  readonly size: number;
  readonly read: (view: DataView, offset: number, little: boolean) => number;
}

const numberTypes: Readonly<Record<string, ElementType>> = {
  f2: { size: 2, read: (view, offset, little) => view.getFloat16(offset, little) },
  f4: { size: 4, read: (view, offset, little) => view.getFloat32(offset, little) },
  f8: { size: 8, read: (view, offset, little) => view.getFloat64(offset, little) },
  i1: { size: 1, read: (view, offset) => view.getInt8(offset) },
  i2: { size: 2, read: (view, offset, little) => view.getInt16(offset, little) },
  i4: { size: 4, read: (view, offset, little) => view.getInt32(offset, little) },
  i8: { size: 8, read: (view, offset, little) => Number(view.getBigInt64(offset, little)) },
  u1: { size: 1, read: (view, offset) => view.getUint8(offset) },
  u2: { size: 2, read: (view, offset, little) => view.getUint16(offset, little) },
  u4: { size: 4, read: (view, offset, little) => view.getUint32(offset, little) },
  u8: { size: 8, read: (view, offset, little) => Number(view.getBigUint64(offset, little)) },
  b1: { size: 1, read: (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1) },
};
const maxHeaderBytes = 65_536;
const maxTextBytes = 65_536;

export function startsAsNpy(head: Uint8Array): boolean {
  return head[0] === 0x93 && String.fromCharCode(...head.subarray(1, 6)) === 'NUMPY';
}

/** @param where names the file, or file and array, in errors     @throws LabError for what is no NPY array, or one that is not read */
export function decodeNpy(where: string, name: string, bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { descr, isFortran, shape, start } = readHeader(where, bytes, view);
  const [, order = '', code = '', width = ''] = /^([<>|=])([a-zA-Z])(\d*)$/.exec(descr) ?? [];
  if (code === 'O')
    throw new LabError('bad-input', `${where}: object arrays are not read, because they can run code. Save it with a number type or a fixed-length text type.`);
  const number = numberTypes[code + width];
  const text = code === 'U' ? 4 * Number(width) : code === 'S' || code === 'a' ? Number(width) : 0;
  const size = number?.size ?? text;
  if (size === 0 || size > maxTextBytes)
    throw new LabError('bad-input', `${where}: the type ${descr} is not read. Types are ${Object.keys(numberTypes).join(' ')} and fixed-length texts (U, S).`);
  const count = shape.reduce((product, length) => product * length, 1);
  if (bytes.length - start !== count * size)
    throw new LabError(
      'bad-input',
      `${where} has the wrong length: shape (${shape.join(', ')}) of ${descr} needs ${count * size} bytes, found ${bytes.length - start}.`,
    );
  const little = order !== '>';
  const place = isFortran && shape.length > 1 ? fortranPlace(shape) : (index: number): number => index;
  const values: NpyValues =
    number !== undefined
      ? { kind: 'number', at: (index) => number.read(view, start + place(index) * size, little) }
      : {
          kind: 'text',
          at: (index) => (code === 'U' ? readUtf32(view, start + place(index) * size, size, little) : readBytesText(bytes, start + place(index) * size, size)),
        };
  const isPlainBytes = code + width === 'u1' && (!isFortran || shape.length < 2);
  return { name, dtype: descr, shape, count, values, bytes: isPlainBytes ? bytes.subarray(start, start + count) : null };
}

interface Header {
  readonly descr: string;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  readonly start: number; // byte of the first value
}

function readHeader(where: string, bytes: Uint8Array, view: DataView): Header {
  const major = bytes[6] ?? 0;
  if (!startsAsNpy(bytes) || bytes.length < 12 || major < 1 || major > 3) throw new LabError('bad-input', `${where} is not an NPY array of version 1, 2 or 3.`);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const begin = major === 1 ? 10 : 12;
  if (length > maxHeaderBytes) throw new LabError('bad-input', `${where} has a header of ${length} bytes. At most ${maxHeaderBytes} are read.`);
  if (begin + length > bytes.length) throw new LabError('bad-input', `${where} is cut off in its header.`);
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(begin, begin + length));
  if (/'descr'\s*:\s*\[/.test(text)) throw new LabError('bad-input', `${where}: structured arrays are not read. Save every field as an array of its own.`);
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape'\s*:\s*\(([\d\sL,]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || sizes === undefined)
    throw new LabError('bad-input', `${where} has a header without descr, fortran_order and shape.`);
  const shape = (sizes.match(/\d+/g) ?? []).map(Number);
  if (shape.length > 32 || !Number.isSafeInteger(shape.reduce((product, size) => product * Math.max(1, size), 1)))
    throw new LabError('bad-input', `${where} states an impossible shape (${sizes.trim()}).`);
  return { descr, isFortran: order === 'True', shape, start: begin + length };
}

/** Where the value with a row-major index stands in column-major order. */
function fortranPlace(shape: readonly number[]): (index: number) => number {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  return (index) => {
    let rest = index;
    let place = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      place += (rest % size) * (strides[axis] ?? 1);
      rest = Math.floor(rest / size);
    }
    return place;
  };
}

function readUtf32(view: DataView, offset: number, size: number, little: boolean): string {
  let text = '';
  for (let at = offset; at < offset + size; at += 4) {
    const point = view.getUint32(at, little);
    if (point === 0) break; // NumPy pads with zeros
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text;
}

function readBytesText(bytes: Uint8Array, offset: number, size: number): string {
  const end = bytes.subarray(offset, offset + size).indexOf(0);
  return new TextDecoder().decode(bytes.subarray(offset, end < 0 ? offset + size : offset + end));
}
