/** A made table as CSV, of any size: it is written in pieces. Numbers about normal, one column of five groups, one of three labels that follow from the first
 *  two numbers. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { wordsOf, type Words } from './noise.ts';

export interface MadeTable {
  readonly rows: number;
  readonly numbers: number; // columns x0, x1 ...; `group` and `label` come after them
  readonly decimals: number; // of each number, which lies in -3 .. 3
  readonly seed?: number;
}

const pieceBytes = 4 * 2 ** 20;
const rowsAPart = 100_000;

/** @returns bytes written */
export function writeTable(path: string, { rows, numbers, decimals, seed = 1 }: MadeTable): number {
  const file = openSync(path, 'wx');
  const piece = Buffer.allocUnsafe(pieceBytes + (numbers + 4) * (decimals + 8)); // a row more than a full piece
  let [at, written] = [0, 0];
  const flush = (): void => {
    for (let done = 0; done < at;) done += writeSync(file, piece, done, at - done);
    written += at;
    at = 0;
  };
  try {
    at = piece.write(`${[...Array.from({ length: numbers }, (_, i) => `x${i}`), 'group', 'label'].join(',')}\n`);
    let words: Words = wordsOf(seed, 'table');
    const unit = 10 ** decimals;
    for (let row = 0; row < rows; row++) {
      if (row % rowsAPart === 0) words = wordsOf(seed, 'table', row / rowsAPart);
      let sum = 0;
      for (let column = 0; column < numbers; column++) {
        const value = aboutNormal(words(), unit);
        if (column < 2) sum += value;
        at = writeNumber(piece, at, value, decimals);
        piece[at++] = comma;
      }
      piece[at++] = letterA + (words() % 5);
      piece[at++] = comma;
      piece[at++] = letterA + (sum < -unit / 2 ? 0 : sum < unit / 2 ? 1 : 2);
      piece[at++] = newline;
      if (at >= pieceBytes) flush();
    }
    flush();
  } finally {
    closeSync(file);
  }
  return written;
}

// Six marks
const [comma, newline, minus, point, letterA, digit0] = [...',\n-.a0'].map((mark) => mark.charCodeAt(0)) as [number, number, number, number, number, number];

/** Three uniform parts of a word add to something round about a normal number.  @returns a whole number, units a 1 */
function aboutNormal(word: number, unit: number): number {
  const sum = (word & 0x7ff) + ((word >>> 11) & 0x7ff) + ((word >>> 22) & 0x3ff) * 2 + (word % 7) / 7; // 0 .. 6140, mean 3070
  return Math.round(((sum - 3070.5) / 1024) * unit);
}

function writeNumber(out: Buffer, start: number, value: number, decimals: number): number {
  let at = start;
  if (value < 0) out[at++] = minus;
  let rest = Math.abs(value);
  for (let place = decimals; place >= 0; place--) {
    out[at + place + (place > 0 && decimals > 0 ? 1 : 0)] = digit0 + (rest % 10); // one digit stands before the point
    rest = Math.floor(rest / 10);
  }
  if (decimals > 0) out[at + 1] = point;
  return at + decimals + (decimals > 0 ? 2 : 1);
}
