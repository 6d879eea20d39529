/** The cells of a table row by row, for training on more than memory holds: a row is one read, where its columns would be one each. */
import { createHash } from 'node:crypto';
import { littleEndian, partOf } from '../formats/numbers/numbers.ts';
import { numbersOf } from './columns.ts';
import { writeBlocks } from './numberFiles.ts';
import type { PreparedDataset } from './dataset.ts';

const blockCells = 1 << 20;

/** Writes [rows, columns] as float64, classes by their codes.  @returns the SHA-256 of the file, hex */
export function writeCells(path: string, { rows, columns }: PreparedDataset): string {
  const hash = createHash('sha256');
  const width = columns.length;
  const most = Math.max(1, Math.floor(blockCells / width));
  writeBlocks(path, function* () {
    for (let first = 0; first < rows; first += most) {
      const count = Math.min(most, rows - first);
      const block = new Float64Array(count * width);
      for (const [place, column] of columns.entries()) {
        const cells = partOf<'int32' | 'float64'>(numbersOf(column), first, first + count);
        for (let row = 0; row < count; row++) block[row * width + place] = cells[row] ?? NaN;
      }
      hash.update(littleEndian(block));
      yield block;
    }
  });
  return hash.digest('hex');
}
