/** Where the bytes of a table come from: read several times from the beginning, a piece at a time, never all of them in memory. */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { LabError } from '../../contract/errors.ts';
import { maxPackedGrowth, sizeText } from '../limits.ts';
import { noRoom } from '../readRoom.ts';
import type { ReadRoom } from '../readRoom.ts';
import { readHead, statOf } from '../source.ts';

export interface TableSource {
  readonly sizeBytes: number; // of the file, packed or not
  /** All bytes from the beginning, unpacked. A piece is not changed while it is looked at. */
  read(): AsyncIterable<{ readonly bytes: Buffer; readonly done: number }>; // done: bytes of the file that are used up
}

/** What takes the bytes of a table in once. */
export interface Feed {
  readonly rows?: number; // so far
  push(bytes: Buffer): void;
  end(): void;
}

const pieceBytes = 4 * 1024 * 1024;

/** A file, unpacked when it is a gzip. @throws LabError when there is no such file */
export async function fileSource(path: string): Promise<TableSource> {
  const { isDirectory, packing } = await readHead(path);
  if (isDirectory) throw new LabError('bad-input', `${path} is a folder, not a file.`);
  const { size } = await statOf(path);
  return { sizeBytes: size, read: () => (packing === 'gzip' ? gzipPieces(path, size) : plainPieces(path)) };
}

/** Gives every feed that is asked for all bytes of a source.
 *  @throws what the steps throw, and the reason of the room's signal */
export async function feedFromSource<T>(source: TableSource, steps: Generator<Feed, T, void>, room: ReadRoom = noRoom): Promise<T> {
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      for await (const { bytes, done } of source.read()) {
        room.signal?.throwIfAborted();
        step.value.push(bytes);
        room.onProgress({ bytes: done, ofBytes: source.sizeBytes, ...(step.value.rows === undefined ? {} : { rows: step.value.rows }) });
      }
      step.value.end();
    }
  } finally {
    steps.return(undefined as never); // runs what the steps leave behind; the value goes nowhere
  }
}

/** The same with bytes that are in memory. */
export function feedFromBytes<T>(bytes: Buffer, steps: Generator<Feed, T, void>): T {
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      for (let at = 0; at < bytes.length; at += pieceBytes) step.value.push(bytes.subarray(at, at + pieceBytes));
      step.value.end();
    }
  } finally {
    steps.return(undefined as never); // as above
  }
}

async function* plainPieces(path: string): AsyncGenerator<{ bytes: Buffer; done: number }> {
  let done = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: pieceBytes })) {
    const bytes = chunk as Buffer; // a stream without an encoding gives buffers
    done += bytes.length;
    yield { bytes, done };
  }
}

async function* gzipPieces(path: string, size: number): AsyncGenerator<{ bytes: Buffer; done: number }> {
  const limit = maxPackedGrowth(size);
  const packed = createReadStream(path, { highWaterMark: 1024 * 1024 });
  const unpacked = createGunzip({ chunkSize: 1024 * 1024 });
  packed.on('error', (error) => unpacked.destroy(error));
  let total = 0;
  try {
    for await (const chunk of packed.pipe(unpacked)) {
      const bytes = chunk as Buffer; // as above
      total += bytes.length;
      if (total > limit) throw new LabError('bad-input', `${path} unpacks from ${sizeText(size)} to more than ${sizeText(limit)} and is refused.`);
      yield { bytes, done: packed.bytesRead };
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_'))
      throw new LabError('bad-input', `${path} cannot be unpacked: its gzip data is damaged or cut off.`, { cause: error });
    throw error;
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}
