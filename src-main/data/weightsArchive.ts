/** Weights as an NPZ archive that NumPy and this program's own reader open: one float32 array a parameter, stored uncompressed.
 *  The archive's comment is the SHA-256 of all bytes before its end record, so that a damaged or foreign file is told from what a run wrote. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { LabError } from '../contract/errors.ts';

export interface WeightArray {
  readonly name: string; // the parameter's path: 'trunk/conv1/kernel'
  readonly shape: readonly number[];
  readonly values: Float32Array; // row-major
}

/** The archive's bytes, held against its own SHA-256.
 *  @returns null when there is no file    @throws LabError store when it is damaged */
export function readWeights(file: string): Uint8Array | null {
  if (!existsSync(file)) return null;
  const bytes = readFileSync(file);
  const body = bytes.subarray(0, Math.max(0, bytes.length - endSize - hashLength));
  if (bytes.subarray(bytes.length - hashLength).toString('latin1') === sha256([body])) return bytes;
  throw new LabError('store', `The weights ${file} are damaged: their SHA-256 does not match.`);
}

const endSize = 22; // end of central directory, without its comment
const hashLength = 64; // hex digits
const firstOfJanuary1980 = 0x21; // a fixed date, so that equal weights are equal files

/** The archive's bytes in parts, one after the other.
 *  @see APPNOTE.TXT 4.3 (PKWARE): local file headers with their content, the central directory, its end record */
export function packWeights(arrays: readonly WeightArray[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const array of arrays) {
    const name = Buffer.from(`${array.name}.npy`);
    const header = npyHeader(array.shape);
    const values = Buffer.from(array.values.buffer, array.values.byteOffset, array.values.byteLength); // float32 in the machine's order, little-endian wherever this runs
    const size = header.length + values.length;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0); // version 2.0 unpacks it
    shared.writeUInt16LE(0x0800, 2); // names are UTF-8
    shared.writeUInt16LE(firstOfJanuary1980, 8);
    shared.writeUInt32LE(crc32(values, crc32(header)), 10);
    shared.writeUInt32LE(size, 14);
    shared.writeUInt32LE(size, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = [Buffer.from('PK\x03\x04', 'latin1'), shared, name, header, values];
    const place = Buffer.alloc(14); // no comment, disk 0, no attributes
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, place, name);
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const end = Buffer.alloc(endSize);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(arrays.length, 8);
  end.writeUInt16LE(arrays.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(hashLength, 20);
  parts.push(...directory);
  return [...parts, end, Buffer.from(sha256(parts))];
}

/** NPY 1.0: magic, header length, a Python literal padded with spaces to a multiple of 64 bytes. */
function npyHeader(shape: readonly number[]): Buffer {
  const literal = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.map((size) => `${size},`).join(' ')}), }`;
  const text = `${literal}${' '.repeat(63 - ((10 + literal.length) % 64))}\n`;
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  start.writeUInt16LE(text.length, 8);
  return Buffer.concat([start, Buffer.from(text, 'latin1')]);
}

function sha256(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
