/** Opens one IDX file (LeCun, "The MNIST database", file formats): two zero bytes, a type byte, a dimension count, sizes and values, all big-endian. */
import { LabError } from '../../contract/errors.ts';
import { headOf } from '../archives/byteSource.ts';
import type { ByteSource } from '../archives/byteSource.ts';
import { elementTypes } from '../numbers/elementTypes.ts';
import type { NamedArray } from './namedArray.ts';
import { decodePieces } from './pieceDecoder.ts';

interface IdxType {
  readonly title: string;
  readonly type: keyof typeof elementTypes;
}

const types: Readonly<Record<number, IdxType>> = {
  0x08: { title: 'unsigned bytes', type: 'u1' },
  0x09: { title: 'signed bytes', type: 'i1' },
  0x0b: { title: '16-bit integers', type: 'i2' },
  0x0c: { title: '32-bit integers', type: 'i4' },
  0x0d: { title: '32-bit floats', type: 'f4' },
  0x0e: { title: '64-bit floats', type: 'f8' },
};

/** Whether bytes may start an IDX file. */
export function startsAsIdx(head: Uint8Array): boolean {
  const [a, b, type = 0, dimensions = 0] = head;
  return a === 0 && b === 0 && types[type] !== undefined && dimensions >= 1 && dimensions <= 4;
}

/** @param path names the file in errors     @throws LabError when magic or length is wrong */
export async function openIdx(path: string, source: ByteSource): Promise<NamedArray> {
  const head = await headOf(source, 20); // magic and four sizes
  const [, , code = 0, dimensions = 0] = head;
  const known = types[code];
  if (head.length < 4 || !startsAsIdx(head) || known === undefined) {
    const found = head.subarray(0, 4).toString('hex').match(/../g)?.join(' ') ?? '';
    throw new LabError('bad-input', `${path} is not an IDX file: expected the magic number 00 00, a type 08 to 0e and 1 to 4 dimensions, found ${found}.`);
  }
  const start = 4 + 4 * dimensions;
  if (head.length < start) throw new LabError('bad-input', `${path} is cut off: its header needs ${start} bytes, found ${head.length}.`);
  const element = elementTypes[known.type];
  const shape = Array.from({ length: dimensions }, (_, i) => head.readUInt32BE(4 + 4 * i));
  const count = shape.reduce((product, size) => product * size, 1);
  const expected = start + count * element.size;
  const wrongLength = (found: number): string =>
    `${path} has the wrong length: ${shape.join('x')} ${known.title} need ${expected} bytes with the header, found ${start + found}.`;
  if (source.size === null ? expected > source.most : source.size !== expected)
    throw new LabError('bad-input', wrongLength((source.size ?? source.most) - start));
  if (count === 0) throw new LabError('bad-input', `${path} has no values: its shape is ${shape.join('x')}.`);
  const pieces = (): ReturnType<typeof decodePieces> => decodePieces({ source, start, count, element, isLittle: false, wrongLength });
  return { name: path, where: path, type: known.type, shape, values: { kind: 'number', pieces } };
}

/** What becomes of values that 32-bit floats do not hold, as a note. */
export function roundingNotes({ type }: NamedArray): string[] {
  const known = Object.values(types).find((candidate) => candidate.type === type);
  return known !== undefined && ['i4', 'f8'].includes(type) ? [`Input values are ${known.title} and are rounded to 32-bit floats.`] : [];
}
