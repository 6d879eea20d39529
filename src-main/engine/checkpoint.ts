/** The checkpoint file: named float arrays and one JSON value, written whole or not at all, refused when a bit is wrong.
 *  Layout: 'AUXCKPT1', header length (uint32 LE), header JSON, arrays (float32 LE, one after the other), SHA-256 of all before it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { asCheckpointHeader, type CheckpointHeader } from '../contract/checkpointHeader.ts';
import { LabError } from '../contract/errors.ts';
import { writeWhole } from './wholeFile.ts';

export interface Checkpoint {
  readonly meta: unknown; // plain JSON
  readonly arrays: ReadonlyMap<string, Float32Array>;
}

const magic = Buffer.from('AUXCKPT1');

/** Writes beside the old file, flushes and renames, so that a crash at any moment leaves a whole checkpoint: the old one or the new one.
 *  @throws LabError store when the disk is full or the folder cannot be written */
export function writeCheckpoint(file: string, checkpoint: Checkpoint): void {
  const header = Buffer.from(JSON.stringify({ meta: checkpoint.meta, arrays: [...checkpoint.arrays].map(([name, values]) => [name, values.length]) }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const parts = [magic, length, header, ...[...checkpoint.arrays.values()].map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength))];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  parts.push(hash.digest());
  writeWhole(file, parts, 'checkpoint');
}

/** @returns null when there is no file     @throws LabError store when the file is damaged */
export function readCheckpoint(file: string): Checkpoint | null {
  if (!existsSync(file)) return null;
  const damaged = (what: string): LabError => new LabError('store', `The checkpoint ${file} is damaged (${what}). Delete it to start this run again.`);
  const content = readFileSync(file);
  if (content.length < magic.length + 4 + 32 || !content.subarray(0, magic.length).equals(magic)) throw damaged('it is no checkpoint or cut short');
  const body = content.subarray(0, content.length - 32);
  if (
    !createHash('sha256')
      .update(body)
      .digest()
      .equals(content.subarray(content.length - 32))
  )
    throw damaged('its SHA-256 does not match');
  const headerEnd = magic.length + 4 + body.readUInt32LE(magic.length);
  if (headerEnd > body.length) throw damaged('its header is longer than the file');
  const header = readHeader(body.subarray(magic.length + 4, headerEnd));
  if (header === null) throw damaged('its header cannot be read');
  const arrays = new Map<string, Float32Array>();
  let at = headerEnd;
  for (const [name, count] of header.arrays) {
    if (count > (body.length - at) / 4) throw damaged(`${name} is longer than the file`);
    const values = new Float32Array(count);
    new Uint8Array(values.buffer).set(body.subarray(at, at + 4 * count));
    arrays.set(name, values);
    at += 4 * count;
  }
  if (at !== body.length) throw damaged('it is longer than its header says');
  return { meta: header.meta, arrays };
}

/** The header that parsed JSON holds; null when it is not of this form. The hash tells a damaged file, not who wrote it. */
function readHeader(bytes: Buffer): CheckpointHeader | null {
  try {
    return asCheckpointHeader(JSON.parse(bytes.toString()));
  } catch {
    return null; // no JSON
  }
}
