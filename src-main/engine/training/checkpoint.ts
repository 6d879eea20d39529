/** The checkpoint file: named float arrays and one JSON value, written whole or not at all, refused when a bit is wrong.
 *  Layout: that of sealedFile.ts, with the arrays one after the other (float32 LE). */
import { existsSync, readFileSync } from 'node:fs';
import { asCheckpointHeader } from '../../contract/checkpointHeader.ts';
import { LabError } from '../../contract/errors.ts';
import { openSealed, writeSealed } from '../sealedFile.ts';

export interface Checkpoint {
  readonly meta: unknown; // plain JSON
  readonly arrays: ReadonlyMap<string, Float32Array>;
}

const letters = 'AUXCKPT1';

/** Writes beside the old file, flushes and renames, so that a crash at any moment leaves a whole checkpoint: the old one or the new one.
 *  @throws LabError store when the disk is full or the folder cannot be written */
export function writeCheckpoint(file: string, { meta, arrays }: Checkpoint): void {
  const content = [...arrays.values()].map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  writeSealed(file, letters, { meta, arrays: [...arrays].map(([name, values]) => [name, values.length]) }, content, 'checkpoint');
}

/** @returns null when there is no file     @throws LabError store when the file is damaged */
export function readCheckpoint(file: string): Checkpoint | null {
  if (!existsSync(file)) return null;
  const damaged = (what: string): LabError => new LabError('store', `The checkpoint ${file} is damaged (${what}). Delete it to start this run again.`);
  const opened = openSealed(readFileSync(file), letters, 'checkpoint');
  if (typeof opened === 'string') throw damaged(opened);
  const { content } = opened;
  const header = asCheckpointHeader(opened.header);
  if (header === null) throw damaged('its header cannot be read');
  const arrays = new Map<string, Float32Array>();
  let at = 0;
  for (const [name, count] of header.arrays) {
    if (count > (content.length - at) / 4) throw damaged(`${name} is longer than the file`);
    const values = new Float32Array(count);
    new Uint8Array(values.buffer).set(content.subarray(at, at + 4 * count));
    arrays.set(name, values);
    at += 4 * count;
  }
  if (at !== content.length) throw damaged('it is longer than its header says');
  return { meta: header.meta, arrays };
}
