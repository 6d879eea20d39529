/** The number types of array files: how many bytes each takes, and how bytes become numbers, many at a time. */
import { endianness } from 'node:os';

export type NumberPiece = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

export interface ElementType {
  readonly size: number; // bytes
  /** Numbers of whole elements. @param bytes from the start of their buffer on where elements have several; they are turned in place and may become the
   *  numbers */
  decode(bytes: Uint8Array, isLittle: boolean): NumberPiece;
}

/** By NumPy's letters and bytes. Whole numbers of 64 bits become the nearest that a double holds. */
export const elementTypes = {
  f2: { size: 2, decode: (bytes: Uint8Array, isLittle: boolean) => halves(new Uint16Array(ordered(bytes, 2, isLittle).buffer, 0, bytes.length / 2)) },
  f4: { size: 4, decode: (bytes: Uint8Array, isLittle: boolean) => new Float32Array(ordered(bytes, 4, isLittle).buffer, 0, bytes.length / 4) },
  f8: { size: 8, decode: (bytes: Uint8Array, isLittle: boolean) => new Float64Array(ordered(bytes, 8, isLittle).buffer, 0, bytes.length / 8) },
  i1: { size: 1, decode: (bytes: Uint8Array) => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) },
  i2: { size: 2, decode: (bytes: Uint8Array, isLittle: boolean) => new Int16Array(ordered(bytes, 2, isLittle).buffer, 0, bytes.length / 2) },
  i4: { size: 4, decode: (bytes: Uint8Array, isLittle: boolean) => new Int32Array(ordered(bytes, 4, isLittle).buffer, 0, bytes.length / 4) },
  i8: { size: 8, decode: (bytes: Uint8Array, isLittle: boolean) => wide(ordered(bytes, 8, isLittle), true) },
  u1: { size: 1, decode: (bytes: Uint8Array) => bytes },
  u2: { size: 2, decode: (bytes: Uint8Array, isLittle: boolean) => new Uint16Array(ordered(bytes, 2, isLittle).buffer, 0, bytes.length / 2) },
  u4: { size: 4, decode: (bytes: Uint8Array, isLittle: boolean) => new Uint32Array(ordered(bytes, 4, isLittle).buffer, 0, bytes.length / 4) },
  u8: { size: 8, decode: (bytes: Uint8Array, isLittle: boolean) => wide(ordered(bytes, 8, isLittle), false) },
  b1: { size: 1, decode: (bytes: Uint8Array) => bytes.map((byte) => (byte === 0 ? 0 : 1)) },
} as const satisfies Readonly<Record<string, ElementType>>;

/** The type of a name: 'f4'; null when there is no such type of numbers. */
export function elementType(name: string): ElementType | null {
  return Object.hasOwn(elementTypes, name) ? elementTypes[name as keyof typeof elementTypes] : null; // asked for in the same line
}

/** In the machine's order. */
function ordered(bytes: Uint8Array, size: 2 | 4 | 8, isLittle: boolean): Uint8Array {
  if (isLittle === (endianness() === 'LE')) return bytes;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else buffer.swap64();
  return bytes;
}

/** High and low half give the number with one rounding, as a conversion of the whole does. */
function wide(bytes: Uint8Array, isSigned: boolean): Float64Array {
  const [low, high] = endianness() === 'LE' ? [0, 1] : [1, 0];
  const words = new Uint32Array(bytes.buffer, 0, bytes.length / 4);
  const signed = new Int32Array(bytes.buffer, 0, bytes.length / 4);
  const highs = isSigned ? signed : words;
  const out = new Float64Array(bytes.length / 8);
  for (let i = 0; i < out.length; i++) out[i] = (highs[2 * i + high] ?? 0) * 4_294_967_296 + (words[2 * i + low] ?? 0);
  return out;
}

/** The value of every pattern of 16 bits (IEEE 754 binary16), made when it is first asked for. */
let halfValues: Float32Array | null = null;

function halves(words: Uint16Array): Float32Array {
  halfValues ??= allHalves();
  const out = new Float32Array(words.length);
  for (let i = 0; i < out.length; i++) out[i] = halfValues[words[i] ?? 0] ?? NaN;
  return out;
}

function allHalves(): Float32Array {
  const view = new DataView(new ArrayBuffer(2));
  return Float32Array.from({ length: 65_536 }, (_, bits) => {
    view.setUint16(0, bits);
    return view.getFloat16(0);
  });
}
