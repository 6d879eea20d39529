/** Bytes as they come from a file, turned into the numbers of an array: what lies before them is skipped, elements that a piece cuts are put together. */
import { LabError } from '../../contract/errors.ts';
import type { ByteSource } from '../archives/byteSource.ts';
import type { ElementType, NumberPiece } from '../numbers/elementTypes.ts';

export interface Packed {
  readonly source: ByteSource;
  readonly start: number; // bytes before the first number
  readonly count: number; // numbers
  readonly element: ElementType;
  readonly isLittle: boolean;
  readonly wrongLength: (found: number) => string; // what to say when the file has another length
}

const blockBytes = 1 << 20;

/** @throws LabError where there are fewer or more bytes than the count needs */
export async function* decodePieces({ source, start, count, element, isLittle, wrongLength }: Packed): AsyncGenerator<NumberPiece> {
  const needed = count * element.size;
  let seen = -start;
  let filled = 0;
  let room = new Uint8Array(element.size === 1 ? 0 : Math.min(blockBytes, needed));
  for await (const whole of source.pieces()) {
    let piece = whole.subarray(Math.max(0, Math.min(whole.length, -seen)));
    seen += whole.length;
    if (seen > needed) continue; // counted to its end for what is said of it
    if (element.size === 1) {
      if (piece.length > 0) yield element.decode(new Uint8Array(piece.buffer, piece.byteOffset, piece.length), isLittle); // a Buffer copies itself otherwise
      continue;
    }
    while (piece.length > 0) {
      const taken = Math.min(room.length - filled, piece.length);
      room.set(piece.subarray(0, taken), filled);
      filled += taken;
      piece = piece.subarray(taken);
      if (filled < room.length) continue;
      yield element.decode(room, isLittle);
      filled = 0;
    }
  }
  if (seen !== needed) throw new LabError('bad-input', wrongLength(Math.max(0, seen)));
  room = room.subarray(0, filled);
  if (filled > 0) yield element.decode(room, isLittle);
}

/** All bytes behind the start, in a buffer of their own. */
export async function allBytes({ source, start, count, element, wrongLength }: Omit<Packed, 'isLittle'>): Promise<Uint8Array> {
  const out = new Uint8Array(count * element.size);
  let at = -start;
  for await (const piece of source.pieces()) {
    const used = piece.subarray(Math.max(0, Math.min(piece.length, -at)));
    const place = Math.max(0, at);
    out.set(used.subarray(0, Math.max(0, out.length - place)), Math.min(place, out.length));
    at += piece.length;
  }
  if (at !== out.length) throw new LabError('bad-input', wrongLength(Math.max(0, at)));
  return out;
}
