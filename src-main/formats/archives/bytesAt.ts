/** The bytes of a file by position, a block at a time: an archive's headers are asked for in pieces of 30 and 46 bytes, each of which would else be a call
 *  to the system. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

const blockBytes = 64 * 1024;

export interface BytesAt {
  readonly size: number;
  /** @returns exactly so many bytes, not to be written to     @throws RangeError when they end before */
  at(position: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** @throws what the system says when the file cannot be opened */
export async function openBytes(path: string): Promise<BytesAt> {
  const file = await open(path, 'r');
  const { size } = await file.stat().catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  let held: Block = { start: 0, bytes: Buffer.alloc(0) };
  return {
    size,
    async at(position, length) {
      checkRange(position, length, size);
      const isHeld = position >= held.start && position + length <= held.start + held.bytes.length;
      const block = isHeld ? held : { start: position, bytes: await readAt(file, position, Math.min(Math.max(length, blockBytes), size - position)) };
      if (length <= blockBytes) held = block; // the pieces of a large entry are asked for once
      return block.bytes.subarray(position - block.start, position - block.start + length);
    },
    close: () => file.close(),
  };
}

/** Bytes that are in memory already. */
export function bytesOf(content: Buffer): BytesAt {
  const at = (position: number, length: number): Buffer => {
    checkRange(position, length, content.length);
    return content.subarray(position, position + length);
  };
  return { size: content.length, at: async (position, length) => at(position, length), close: () => Promise.resolve() };
}

interface Block {
  readonly start: number;
  readonly bytes: Buffer;
}

function checkRange(position: number, length: number, size: number): void {
  if (position + length > size) throw new RangeError(`Bytes ${position} to ${position + length} are asked for, and there are ${size}.`);
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) throw new RangeError(`The file ends at byte ${position + done}: it was cut off after it was opened.`);
    done += bytesRead;
  }
  return buffer;
}
