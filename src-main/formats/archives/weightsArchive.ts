/** The weights that a run ends with, as an NPZ archive that NumPy and this program's own reader open: one float32 array a parameter, stored uncompressed.
 *  The archive's comment is the SHA-256 of all bytes before its end record, so that a damaged or foreign file is told from what a run wrote. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { LabError } from '../../contract/errors.ts';

export interface WeightArray {
  readonly name: string; // the parameter's path: 'trunk/conv1/kernel'
  readonly shape: readonly number[];
  readonly values: Float32Array; // row-major
}

const endSize = 22; // end of central directory, without its comment (APPNOTE.TXT 4.3.16)
const hashLength = 64; // hex digits
const fixedDate = new Date(1980, 0, 1); // so that equal weights are equal files

export function packWeights(arrays: readonly WeightArray[]): Uint8Array {
  const entries = arrays.map(({ name, shape, values }) => {
    const content = Buffer.from(values.buffer, values.byteOffset, values.byteLength); // in the machine's order: little-endian wherever this runs
    return [`${name}.npy`, new Uint8Array(Buffer.concat([npyHeader(shape), content]))] as const;
  });
  const zip = zipSync(Object.fromEntries(entries), { level: 0, mtime: fixedDate });
  const archive = Buffer.concat([zip, Buffer.from(sha256(zip.subarray(0, zip.length - endSize)))]);
  archive.writeUInt16LE(hashLength, zip.length - 2); // the length of the comment is the end record's last field
  return archive;
}

/** The archive's bytes, held against its own SHA-256.
 *  @returns null when there is no file    @throws LabError store when it is damaged */
export function readWeights(file: string): Uint8Array | null {
  if (!existsSync(file)) return null;
  const bytes = readFileSync(file);
  const body = bytes.subarray(0, Math.max(0, bytes.length - endSize - hashLength));
  if (bytes.subarray(bytes.length - hashLength).toString('latin1') === sha256(body)) return bytes;
  throw new LabError('store', `The weights ${file} are damaged: their SHA-256 does not match.`);
}

/** NPY 1.0: magic, header length, a Python literal padded with spaces to a multiple of 64 bytes. */
function npyHeader(shape: readonly number[]): Buffer {
  const literal = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.map((size) => `${size},`).join(' ')}), }`;
  const text = `${literal}${' '.repeat(63 - ((10 + literal.length) % 64))}\n`;
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  start.writeUInt16LE(text.length, 8);
  return Buffer.concat([start, Buffer.from(text, 'latin1')]);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
