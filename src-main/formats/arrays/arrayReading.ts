/** What the steps of reading arrays share: the room for what is large, how much is read, and whether to go on. */
import { elementType } from '../numbers/elementTypes.ts';
import { countOf } from './namedArray.ts';
import type { NamedArray } from './namedArray.ts';
import type { ReadRoom } from '../readRoom.ts';

export interface Reading {
  readonly room: ReadRoom;
  /** After so many values more of an array. @throws the signal's reason when the reading is to stop */
  tell(array: NamedArray, values: number): void;
}

/** @param arrays that are to be read, for how much there is */
export function readingOf(arrays: readonly NamedArray[], room: ReadRoom): Reading {
  const ofBytes = arrays.reduce((sum, array) => sum + countOf(array) * (elementType(array.type)?.size ?? 0), 0);
  let bytes = 0;
  return {
    room,
    tell(array, values) {
      room.signal?.throwIfAborted();
      bytes += values * (elementType(array.type)?.size ?? 0);
      room.onProgress({ bytes: Math.min(bytes, ofBytes), ofBytes });
    },
  };
}
