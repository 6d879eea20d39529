/** Decodes one IDX file (LeCun, "The MNIST database", file formats): two zero bytes, a type byte, a dimension count, sizes and values, all big-endian. */
import { LabError } from '../contract/errors.ts';

export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array | Float32Array; // unsigned bytes as they are, every other type as floats
  readonly exact: (index: number) => number; // a value at full precision, for labels
  readonly notes: readonly string[];
}

interface IdxType {
  readonly title: string;
  readonly bytes: number;
  readonly get: (view: DataView, offset: number) => number;
}

const types: Readonly<Record<number, IdxType>> = {
  0x08: { title: 'unsigned bytes', bytes: 1, get: (view, offset) => view.getUint8(offset) },
  0x09: { title: 'signed bytes', bytes: 1, get: (view, offset) => view.getInt8(offset) },
  0x0b: { title: '16-bit integers', bytes: 2, get: (view, offset) => view.getInt16(offset) },
  0x0c: { title: '32-bit integers', bytes: 4, get: (view, offset) => view.getInt32(offset) },
  0x0d: { title: '32-bit floats', bytes: 4, get: (view, offset) => view.getFloat32(offset) },
  0x0e: { title: '64-bit floats', bytes: 8, get: (view, offset) => view.getFloat64(offset) },
};

/** Whether bytes may start an IDX file. */
export function startsAsIdx(head: Uint8Array): boolean {
  const [a, b, type = 0, dimensions = 0] = head;
  return a === 0 && b === 0 && types[type] !== undefined && dimensions >= 1 && dimensions <= 4;
}

/** @param path names the file in errors     @throws LabError when magic or length is wrong */
export function decodeIdx(path: string, bytes: Buffer): IdxArray {
  if (bytes.length < 4 || !startsAsIdx(bytes)) {
    const found = bytes.subarray(0, 4).toString('hex').match(/../g)?.join(' ') ?? '';
    throw new LabError('bad-input', `${path} is not an IDX file: expected the magic number 00 00, a type 08 to 0e and 1 to 4 dimensions, found ${found}.`);
  }
  const type = types[bytes[2] ?? 0];
  const dimensions = bytes[3] ?? 0;
  const start = 4 + 4 * dimensions;
  if (type === undefined || bytes.length < start)
    throw new LabError('bad-input', `${path} is cut off: its header needs ${start} bytes, found ${bytes.length}.`);
  const shape = Array.from({ length: dimensions }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const count = shape.reduce((product, size) => product * size, 1);
  const expected = start + count * type.bytes;
  if (bytes.length !== expected)
    throw new LabError(
      'bad-input',
      `${path} has the wrong length: ${shape.join('x')} ${type.title} need ${expected} bytes with the header, found ${bytes.length}.`,
    );
  if (count === 0) throw new LabError('bad-input', `${path} has no values: its shape is ${shape.join('x')}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const exact = (index: number): number => type.get(view, start + index * type.bytes);
  if (type.bytes === 1 && bytes[2] === 0x08) return { shape, values: new Uint8Array(bytes.buffer, bytes.byteOffset + start, count), exact, notes: [] };
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = exact(i);
  return { shape, values, exact, notes: type.bytes > 2 && bytes[2] !== 0x0d ? [`Input values are ${type.title} and are rounded to 32-bit floats.`] : [] };
}
