/** How much a reader takes in. Sizes that a file states about itself are checked against these before memory is reserved. */

const mebi = 1024 * 1024;

export const maxFileBytes = 2048 * mebi;
export const maxArchiveEntries = 200_000;
export const maxImagePixels = 25_000_000;
/** Squares of larger numbers, summed over all rows, overflow and would make means and spreads useless without a word. */
export const largestNumber = 1e100;

/** Unpacked bytes that a packed file of this size may give when they are held in memory. */
export function maxUnpackedBytes(packedBytes: number): number {
  return Math.min(maxFileBytes, maxPackedGrowth(packedBytes));
}

/** The same where they are read a piece at a time: honest data seldom shrinks a hundredfold, and small files are free. */
export function maxPackedGrowth(packedBytes: number): number {
  return Math.max(256 * mebi, 100 * packedBytes);
}

/** '3.2 GB', '14 MB', '9 KB', '120 bytes'; powers of 1024. */
export function sizeText(bytes: number): string {
  if (bytes >= 1024 * mebi) return `${trimmed(bytes / (1024 * mebi))} GB`;
  if (bytes >= mebi) return `${trimmed(bytes / mebi)} MB`;
  if (bytes >= 1024) return `${trimmed(bytes / 1024)} KB`;
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}

function trimmed(value: number): string {
  return value >= 10 ? value.toFixed(0) : String(Number(value.toFixed(1)));
}
