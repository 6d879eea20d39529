/** Opens one NPY array: its header is read at once, its values when they are asked for. */
import { LabError } from '../../contract/errors.ts';
import { headOf } from '../archives/byteSource.ts';
import type { ByteSource } from '../archives/byteSource.ts';
import { elementType, elementTypes } from '../numbers/elementTypes.ts';
import type { ElementType, NumberPiece } from '../numbers/elementTypes.ts';
import { maxFileBytes, sizeText } from '../limits.ts';
import { shapeText } from './namedArray.ts';
import type { LeftOut, NamedArray } from './namedArray.ts';
import { npyHeadBytes, readNpyHeader } from './npyHeader.ts';
import type { NpyHeader } from './npyHeader.ts';
import { allBytes, decodePieces } from './pieceDecoder.ts';
import type { Packed } from './pieceDecoder.ts';

const maxTextBytes = 65_536;

/** @param where names the file, or file and array, in errors
 *  @returns what is not read where the array is of such a kind
 *  @throws LabError for what is no NPY array, or a damaged one */
export async function openNpy(where: string, name: string, source: ByteSource): Promise<NamedArray | LeftOut> {
  const header = readNpyHeader(where, await headOf(source, npyHeadBytes));
  const { shape, start, isFortran } = header;
  const descr = header.descr ?? '';
  const [, order = '', code = '', width = '', unit = ''] = /^([<>|=])([a-zA-Z])(\d*)(\[.*\])?$/.exec(descr) ?? [];
  const number = elementType(code + width);
  const text = code === 'U' ? 4 * Number(width) : code === 'S' || code === 'a' ? Number(width) : 0;
  const size = number?.size ?? text;
  if (size === 0 || size > maxTextBytes) return { name, where, why: header.descr === null ? structured : whyNot(descr, code, unit) };
  const count = shape.reduce((product, length) => product * length, 1);
  const wrongLength = (found: number): string =>
    `${where} has the wrong length: shape ${shapeText({ shape })} of ${descr} needs ${count * size} bytes, found ${found}.`;
  if (source.size === null ? count * size > source.most : source.size - start !== count * size)
    throw new LabError('bad-input', wrongLength((source.size ?? source.most) - start));
  const element: ElementType = number ?? { size, decode: (bytes) => bytes };
  const packed: Packed = { source, start, count, element, isLittle: order !== '>', wrongLength };
  const isTurned = isFortran && shape.filter((length) => length > 1).length > 1;
  if (count * size > maxFileBytes && (isTurned || number === null))
    throw new LabError(
      'bad-input',
      `${where} has ${sizeText(count * size)} ${isTurned ? 'in column order' : 'of texts'}. Such arrays are read up to ${sizeText(maxFileBytes)}.` +
        (isTurned ? ' Save it with numpy.ascontiguousarray.' : ' Save codes of numbers instead.'),
    );
  const type = `${code}${width}`;
  if (number === null) return { name, where, type, shape, values: { kind: 'text', texts: () => readTexts(packed, header, code) } };
  const pieces = (): AsyncGenerator<NumberPiece> => (isTurned ? turnedPiece(packed, shape) : decodePieces(packed));
  return { name, where, type, shape, values: { kind: 'number', pieces } };
}

const structured = 'structured arrays are not read. Save every field as an array of its own.';

function whyNot(descr: string, code: string, unit: string): string {
  switch (code) {
    case 'O':
      return 'object arrays are not read, because they can run code. Save it with a number type or a fixed-length text type.';
    case 'c':
      return `complex numbers (${descr}) are not read. Save real and imaginary parts, or size and phase, as arrays of numbers.`;
    case 'M':
      return `dates (datetime64${unit}) are not read. Save them as numbers, as array.astype("int64") gives them.`;
    case 'm':
      return `lengths of time (timedelta64${unit}) are not read. Save them as numbers, as array.astype("int64") gives them.`;
    case 'V':
      return `raw data (${descr}) is not read. Save it with a number type or a fixed-length text type.`;
    default:
      return `the type ${descr} is not read. Types are ${Object.keys(elementTypes).join(' ')} and fixed-length texts (U, S).`;
  }
}

/** Column-major values in row-major order, all at once. */
async function* turnedPiece(packed: Packed, shape: readonly number[]): AsyncGenerator<NumberPiece> {
  const given = packed.element.decode(await allBytes(packed), packed.isLittle);
  const out = given.slice();
  const { last, step } = lastAxis(shape);
  let to = 0;
  for (const start of columnOrder(shape)) for (let i = 0; i < last; i++) out[to++] = given[start + i * step] ?? 0;
  yield out;
}

/** Size, and the distance of neighbours along the last axis in column-major order. */
function lastAxis(shape: readonly number[]): { readonly last: number; readonly step: number } {
  return { last: shape.at(-1) ?? 1, step: shape.slice(0, -1).reduce((product, size) => product * size, 1) };
}

/** Where the first values along the last axis stand in column-major order, one after the other in row-major order. */
function* columnOrder(shape: readonly number[]): Generator<number> {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  const count = shape.reduce((product, size) => product * size, 1);
  const { last } = lastAxis(shape);
  const index = shape.map(() => 0);
  let place = 0;
  for (let done = 0; done < count; done += last) {
    yield place;
    for (let axis = shape.length - 2; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      const stride = strides[axis] ?? 1;
      index[axis] = ((index[axis] ?? 0) + 1) % size;
      place += stride;
      if (index[axis] !== 0) break;
      place -= stride * size;
    }
  }
}

async function readTexts(packed: Packed, { isFortran, shape }: NpyHeader, code: string): Promise<readonly string[]> {
  const bytes = await allBytes(packed);
  const { size } = packed.element;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder();
  const read = (place: number): string =>
    code === 'U' ? utf32Text(view, place * size, size, packed.isLittle) : decoder.decode(untilZero(bytes.subarray(place * size, (place + 1) * size)));
  if (!isFortran || shape.length < 2) return Array.from({ length: packed.count }, (_, i) => read(i));
  const { last, step } = lastAxis(shape);
  return [...columnOrder(shape)].flatMap((start) => Array.from({ length: last }, (_, i) => read(start + i * step)));
}

function utf32Text(view: DataView, offset: number, size: number, isLittle: boolean): string {
  let text = '';
  for (let at = offset; at < offset + size; at += 4) {
    const point = view.getUint32(at, isLittle);
    if (point === 0) break; // NumPy pads with zeros
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text;
}

function untilZero(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
