/** Sorting many numbers: by their bits, several times as fast as by comparing them. */
import { endianness } from 'node:os';

const fewest = 4096; // below it counting digits costs more than it saves
const bits = 11;
const buckets = 1 << bits;
const digits = [0, 11, 22, 32, 43, 54] as const; // where each begins, none across the halves of a number; 10 bits where the next begins sooner

/** Sorts in place, ascending, -0 before 0, as Float64Array.prototype.sort. Least significant digit first (Knuth, The Art of Computer Programming 3, 5.2.5).
 *  @param numbers none of them NaN */
export function sortNumbers(numbers: Float64Array): void {
  if (numbers.length < fewest || endianness() !== 'LE') {
    numbers.sort();
    return;
  }
  const given: Uint32Array = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2); // low half, high half
  const starts = startsOf(given);
  let from = given;
  let to: Uint32Array = new Uint32Array(given.length);
  for (const [place, digit] of digits.entries()) {
    const next = starts.subarray(place * buckets, (place + 1) * buckets);
    if (isOneBucket(next, numbers.length)) continue; // all have the same digit, as the last ones of whole numbers
    move(from, to, digit, next);
    [from, to] = [to, from];
  }
  for (let at = 1; at < from.length; at += 2) {
    const high = from[at] ?? 0;
    const flipped = high >>> 31 === 1 ? 0 : -1; // ordered bits back to those of a number
    given[at - 1] = (from[at - 1] ?? 0) ^ flipped;
    given[at] = high ^ (flipped | 0x80000000);
  }
}

/** Turns the bits into ones that are ordered as unsigned whole numbers, and counts their digits.
 *  @returns for each digit in turn where the numbers of each of its values begin */
function startsOf(words: Uint32Array): Uint32Array {
  const counts = new Uint32Array(digits.length * buckets);
  for (let at = 1; at < words.length; at += 2) {
    const flipped = (words[at] ?? 0) >>> 31 === 1 ? -1 : 0; // of a number below 0 every bit, so that a larger size comes first
    const low = (words[at - 1] ?? 0) ^ flipped;
    const high = (words[at] ?? 0) ^ (flipped | 0x80000000);
    words[at - 1] = low;
    words[at] = high;
    increase(counts, low & 2047);
    increase(counts, buckets + ((low >>> 11) & 2047));
    increase(counts, 2 * buckets + (low >>> 22));
    increase(counts, 3 * buckets + (high & 2047));
    increase(counts, 4 * buckets + ((high >>> 11) & 2047));
    increase(counts, 5 * buckets + (high >>> 22));
  }
  for (let place = 0; place < digits.length; place++) {
    let sum = 0;
    for (let at = place * buckets; at < (place + 1) * buckets; at++) {
      const count = counts[at] ?? 0;
      counts[at] = sum;
      sum += count;
    }
  }
  return counts;
}

function increase(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

function isOneBucket(starts: Uint32Array, total: number): boolean {
  const last = starts.lastIndexOf(0); // the first bucket that is not empty, or one before it
  return starts.every((start, at) => at <= last || start === total);
}

/** Hands the numbers out by one digit, those of one digit in their order. */
function move(from: Uint32Array, to: Uint32Array, digit: number, next: Uint32Array): void {
  const [half, shift] = digit < 32 ? [0, digit] : [1, digit - 32];
  for (let at = 0; at < from.length; at += 2) {
    const bucket = ((from[at + half] ?? 0) >>> shift) & (buckets - 1);
    const place = 2 * (next[bucket] ?? 0);
    next[bucket] = (next[bucket] ?? 0) + 1;
    to[place] = from[at] ?? 0;
    to[place + 1] = from[at + 1] ?? 0;
  }
}
