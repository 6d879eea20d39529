/** A file that is written whole or not at all and told from a damaged one. Layout: eight letters that say what it is, header length (uint32 LE), header JSON,
 *  content, SHA-256 of all before it. The hash tells a damaged file, not who wrote it: what the header says must be checked. */
import { createHash } from 'node:crypto';
import { writeWhole } from './wholeFile.ts';

const hashBytes = 32;

/** @param letters eight of them     @param what the file is, for the sentence of an error: 'checkpoint'
 *  @throws LabError store when the disk is full or the folder cannot be written */
export function writeSealed(file: string, letters: string, header: unknown, content: readonly Uint8Array[], what: string): void {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const parts: Uint8Array[] = [Buffer.from(letters), length, json, ...content];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  writeWhole(file, [...parts, hash.digest()], what);
}

/** @returns the header as parsed JSON (undefined: it is none), and what lies behind it; or in what way the file is damaged */
export function openSealed(bytes: Buffer, letters: string, what: string): { readonly header: unknown; readonly content: Buffer } | string {
  const start = letters.length + 4;
  if (bytes.length < start + hashBytes || !bytes.subarray(0, letters.length).equals(Buffer.from(letters))) return `it is no ${what} or cut short`;
  const body = bytes.subarray(0, bytes.length - hashBytes);
  if (!createHash('sha256').update(body).digest().equals(bytes.subarray(body.length))) return 'its SHA-256 does not match';
  const end = start + body.readUInt32LE(letters.length);
  if (end > body.length) return 'its header is longer than the file';
  return { header: parsed(body.subarray(start, end)), content: body.subarray(end) };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined; // no JSON
  }
}
