/** The bytes of a file, of a gzip file or of an archive's entry, from the first to the last and a piece at a time: however large they are, no more than a piece
 *  is held. They can be gone through several times. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { LabError } from '../../contract/errors.ts';
import { maxPackedGrowth, sizeText } from '../limits.ts';
import { readHead, statOf } from '../source.ts';
import type { Archive } from './zipArchive.ts';
import type { ZipEntry } from './zip.ts';

export interface ByteSource {
  readonly size: number | null; // bytes; null where only the end of a gzip file tells
  readonly most: number; // bytes that it may hold: more would not be honest
  /** A piece holds until the next is asked for. @throws LabError naming the file when it is damaged or cannot be read */
  pieces(): AsyncGenerator<Uint8Array>;
}

const pieceBytes = 1 << 20;

export function sourceOfBytes(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, most: bytes.length, pieces: () => onePiece(bytes) };
}

/** @throws LabError when there is no such file, or it is empty */
export async function sourceOfFile(path: string, signal: AbortSignal | null): Promise<ByteSource> {
  const info = await statOf(path);
  if (info.isDirectory()) throw new LabError('bad-input', `${path} is a folder, not a file.`);
  if (!info.isFile()) throw new LabError('bad-input', `${path} is neither a file nor a folder.`); // a pipe would be waited for without end
  if (info.size === 0) throw new LabError('bad-input', `${path} is empty.`);
  if (!(await isGzipFile(path))) return { size: info.size, most: info.size, pieces: () => filePieces(path, signal) };
  const most = maxPackedGrowth(info.size);
  return { size: null, most, pieces: () => gzipPieces(path, info.size, most, signal) };
}

export function sourceOfEntry(archive: Archive, entry: ZipEntry, signal: AbortSignal | null): ByteSource {
  return { size: entry.bytes, most: entry.bytes, pieces: () => archive.pieces(entry, signal) };
}

/** The first bytes, as many as there are up to the wanted count. */
export async function headOf(source: ByteSource, count: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of source.pieces()) {
    pieces.push(Buffer.from(piece.subarray(0, count - length))); // a copy: pieces do not last
    length += pieces.at(-1)?.length ?? 0;
    if (length >= count) break;
  }
  return Buffer.concat(pieces);
}

export async function isGzipFile(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(async () => {
    await readHead(path); // says in a sentence why not
    throw new LabError('bad-input', `${path} cannot be read.`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, 0);
    return bytesRead === 3 && buffer[0] === 0x1f && buffer[1] === 0x8b && buffer[2] === 8;
  } finally {
    await file.close();
  }
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

async function* filePieces(path: string, signal: AbortSignal | null): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  const room = Buffer.allocUnsafe(pieceBytes);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(room, 0, pieceBytes, null);
      if (bytesRead === 0) return;
      yield room.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* gzipPieces(path: string, packedBytes: number, most: number, signal: AbortSignal | null): AsyncGenerator<Uint8Array> {
  const packed = createReadStream(path, { highWaterMark: pieceBytes });
  const unpacker = createGunzip({ chunkSize: pieceBytes });
  packed.once('error', (error) => unpacker.destroy(error));
  packed.pipe(unpacker);
  let seen = 0;
  try {
    for await (const piece of unpacker as AsyncIterable<Buffer>) {
      // no encoding is set: pieces are Buffers
      signal?.throwIfAborted();
      seen += piece.length;
      if (seen > most) break;
      yield piece;
    }
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    throw new LabError('bad-input', `${path} cannot be unpacked: its gzip data is damaged or cut off.`, { cause });
  } finally {
    packed.destroy();
    unpacker.destroy();
  }
  if (seen > most) throw new LabError('bad-input', `${path} unpacks from ${sizeText(packedBytes)} to more than ${sizeText(most)} and is refused.`);
}
