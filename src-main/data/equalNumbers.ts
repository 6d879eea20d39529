/** Which of many numbers are equal, without a Map: one ends at 2^24 entries, and needs fifty bytes for each. */

/** For every place the first place that holds the same number. NaN equals nothing: its place is its own. */
export function firstPlaces(numbers: Float64Array): Int32Array {
  const words = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2);
  const mask = 2 ** Math.ceil(Math.log2(Math.max(2, numbers.length * 1.25))) - 1;
  const slots = new Int32Array(mask + 1); // a place + 1; 0 is free. Open addressing, at most four fifths full
  return Int32Array.from({ length: numbers.length }, (_, place) => place).map((place) => {
    const number = numbers[place] ?? NaN;
    if (Number.isNaN(number)) return place;
    for (let slot = mixed(words[2 * place] ?? 0, words[2 * place + 1] ?? 0) & mask; ; slot = (slot + 1) & mask) {
      const other = (slots[slot] ?? 0) - 1;
      if (other >= 0 && numbers[other] !== number) continue;
      if (other < 0) slots[slot] = place + 1;
      return other < 0 ? place : other;
    }
  });
}

/** The numbers at some places; at all others NaN, which equals nothing. */
export function onlyAt(places: Int32Array, numbers: ArrayLike<number>): Float64Array {
  const only = new Float64Array(numbers.length).fill(NaN);
  for (const place of places) only[place] = numbers[place] ?? NaN;
  return only;
}

/** The finalizer of MurmurHash3 over both halves of a number. */
function mixed(low: number, high: number): number {
  let hash = Math.imul(low, 0x9e3779b1) ^ high;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** For every place the next one of the same number, -1 at the last. @param first of firstPlaces */
export function nextPlaces(first: Int32Array): Int32Array {
  const next = new Int32Array(first.length).fill(-1);
  const last = first.slice(); // of the places so far, the last one of each number, kept at its first place
  for (const [place, start] of first.entries()) {
    if (start === place) continue;
    next[last[start] ?? start] = place;
    last[start] = place;
  }
  return next;
}
