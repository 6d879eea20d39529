/** Reads ZIP files entry by entry as streams, ZIP64 included. Nothing is held in memory but the list of entries. */
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { LabError } from '../contract/errors.ts';

// Numbers and offsets: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 - 4.3.16, 4.5.3.
const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endRecord = 0x06054b50;
const end64Locator = 0x07064b50;
const end64Record = 0x06064b50;
const in64 = 0xffffffff; // the value stands in the ZIP64 field
const chunkBytes = 1 << 20;

export interface ZipEntry {
  readonly path: string;
  readonly method: 'stored' | 'deflated';
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly headerOffset: number;
  readonly isExecutable: boolean;
}

export interface ZipFile {
  readonly path: string;
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** The entry's content in pieces; length and CRC-32 are checked at its end. @throws LabError bad-input when they differ */
  read(entry: ZipEntry, signal?: AbortSignal): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** @throws LabError bad-input when the file is no ZIP file or has been cut off */
export async function openZip(path: string): Promise<ZipFile> {
  const file = await open(path, 'r');
  try {
    const entries = await readDirectory(file, path);
    return { path, entries, read: (entry, signal) => readEntry(file, path, entry, signal), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readDirectory(file: FileHandle, path: string): Promise<ReadonlyMap<string, ZipEntry>> {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557), path); // 22 bytes and a comment of at most 65,535
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < 0 || at + 22 > tail.length || tail.readUInt32LE(at) !== endRecord) {
    throw new LabError('bad-input', `${path} is not a complete ZIP file: its directory is missing (${size} bytes). It was probably cut off; get it again.`);
  }
  let bytes = tail.readUInt32LE(at + 12);
  let offset = tail.readUInt32LE(at + 16);
  if (bytes === in64 || offset === in64 || tail.readUInt16LE(at + 10) === 0xffff) {
    if (at < 20 || tail.readUInt32LE(at - 20) !== end64Locator) throw damaged(path, 'the ZIP64 locator is missing');
    const record = await readAt(file, Number(tail.readBigUInt64LE(at - 12)), 56, path);
    if (record.readUInt32LE(0) !== end64Record) throw damaged(path, 'the ZIP64 record is missing');
    bytes = Number(record.readBigUInt64LE(40));
    offset = Number(record.readBigUInt64LE(48));
  }
  if (offset + bytes > size) throw damaged(path, `its directory should end at byte ${offset + bytes}, the file has ${size}`);
  return parseDirectory(await readAt(file, offset, bytes, path), path);
}

function parseDirectory(directory: Buffer, path: string): ReadonlyMap<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === centralHeader) {
    const flags = directory.readUInt16LE(at + 8);
    const method = directory.readUInt16LE(at + 10);
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const name = directory.toString('utf8', at + 46, nameEnd);
    const wide = wideValues(directory.subarray(nameEnd, extraEnd));
    const value = (position: number): number => {
      const narrow = directory.readUInt32LE(position);
      return narrow === in64 ? (wide.shift() ?? narrow) : narrow;
    };
    const bytes = value(at + 24); // ZIP64 keeps this order: size, packed size, offset
    const packedBytes = value(at + 20);
    const headerOffset = value(at + 42);
    const isExecutable = ((directory.readUInt32LE(at + 38) >>> 16) & 0o111) !== 0;
    if ((flags & 1) !== 0) throw new LabError('bad-input', `${path}: ${name} is encrypted. Encrypted ZIP files are not read.`);
    if (method !== 0 && method !== 8)
      throw new LabError('bad-input', `${path}: ${name} is compressed with method ${method}. Read are 0 (stored) and 8 (deflated).`);
    if (!name.endsWith('/')) {
      entries.set(name, {
        path: name,
        method: method === 0 ? 'stored' : 'deflated',
        crc32: directory.readUInt32LE(at + 16),
        packedBytes,
        bytes,
        headerOffset,
        isExecutable,
      });
    }
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  if (at !== directory.length) throw damaged(path, `its directory breaks off at byte ${at} of ${directory.length}`);
  return entries;
}

/** The 64-bit values of the extra field 0x0001, in order. */
function wideValues(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    return Array.from({ length: Math.floor(field.length / 8) }, (_, i) => Number(field.readBigUInt64LE(i * 8)));
  }
  return [];
}

async function* readEntry(file: FileHandle, path: string, entry: ZipEntry, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const header = await readAt(file, entry.headerOffset, 30, path);
  if (header.readUInt32LE(0) !== localHeader) throw damaged(path, `${entry.path} does not start where the directory says`);
  const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = packedPieces(file, start, entry.packedBytes, path, signal);
  let seen = 0;
  let sum = 0;
  try {
    for await (const piece of entry.method === 'stored' ? packed : inflate(packed)) {
      seen += piece.length;
      if (seen > entry.bytes) break;
      sum = crc32(piece, sum);
      yield piece;
    }
  } catch (cause) {
    if (signal?.aborted === true || cause instanceof LabError) throw cause;
    throw new LabError('bad-input', `${path} is damaged: ${entry.path} cannot be decompressed. Get the file again.`, { cause });
  }
  if (seen !== entry.bytes || sum !== entry.crc32) throw damaged(path, `${entry.path} has another length or CRC-32 than the directory says`);
}

async function* packedPieces(file: FileHandle, start: number, length: number, path: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; done += chunkBytes) {
    signal?.throwIfAborted();
    yield await readAt(file, start + done, Math.min(chunkBytes, length - done), path);
  }
}

async function* inflate(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unpacker = createInflateRaw({ chunkSize: chunkBytes });
  const source = Readable.from(packed);
  source.once('error', (error) => unpacker.destroy(error));
  source.pipe(unpacker);
  try {
    for await (const piece of unpacker) yield piece as Buffer; // no encoding is set: pieces are Buffers
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}

async function readAt(file: FileHandle, position: number, length: number, path: string): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) throw damaged(path, `it ends at byte ${position + done}`);
    done += bytesRead;
  }
  return buffer;
}

function damaged(path: string, what: string): LabError {
  return new LabError('bad-input', `${path} is damaged or cut off: ${what}. Get the file again.`);
}
