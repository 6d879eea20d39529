/** Tables larger than memory: their numbers lie in one file in the folder that the reader is given. */
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { csv, tableSteps } from '../../src-main/formats/tables/csv.ts';
import type { RawDataset } from '../../src-main/formats/format.ts';
import { FileNumbers, partOf } from '../../src-main/formats/numbers/numbers.ts';
import type { Progress, ReadRoom } from '../../src-main/formats/readRoom.ts';
import { feedFromSource, fileSource } from '../../src-main/formats/tables/tableSource.ts';
import { columnOf, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();
const rows = 300_000;
const line = (row: number): string =>
  `${row},${row % 7 === 0 ? 'NA' : row / 4},${['red', 'none', 'blue'][row % 3] ?? ''},${row % 1000 === 999 ? '-' : row % 5}\n`;
const path = join(root, 'large.csv');
writeFileSync(path, 'id,x,color,k\n');
for (let start = 0; start < rows; start += 100_000) writeFileSync(path, Array.from({ length: 100_000 }, (_, i) => line(start + i)).join(''), { flag: 'a' });

function room(signal: AbortSignal | null = null): ReadRoom & { readonly folder: string; readonly told: Progress[] } {
  const told: Progress[] = [];
  return { folder: mkdtempSync(join(root, 'room-')), signal, told, onProgress: (progress) => told.push(progress) };
}

/** As a table is read of which less than a mebibyte may be kept in memory. */
async function readLarge(from: string, place: ReadRoom): Promise<RawDataset> {
  return feedFromSource(await fileSource(from), tableSteps(from, {}, { folder: place.folder, mostInMemory: 1_000_000 }), place);
}

function check(data: RawDataset): void {
  expect([data.rows, data.columns.map(({ kind }) => kind)]).toEqual([rows, ['number', 'number', 'coded', 'number']]);
  const [x, color] = [columnOf(data, 'x'), columnOf(data, 'color')];
  if (x.kind !== 'number' || color.kind !== 'coded') throw new Error('Other kinds were expected.');
  expect([...partOf(x.values, 69_998, 70_002)]).toEqual([69_998 / 4, 69_999 / 4, NaN, 70_001 / 4]);
  expect(color.texts).toEqual(['red', 'none', 'blue']);
  expect([...partOf(color.codes, rows - 3, rows)]).toEqual([0, 1, 2].map((i) => (rows - 3 + i) % 3));
}

describe('a large table', () => {
  test('is read into one file, column after column, and told about on the way', async () => {
    const place = room();
    const data = await readLarge(path, place);
    check(data);
    expect(readdirSync(place.folder)).toEqual(['table-1.numbers']);
    expect(statSync(join(place.folder, 'table-1.numbers')).size).toBe(rows * (8 + 8 + 4 + 8));
    const first = new Float64Array(readFileSync(join(place.folder, 'table-1.numbers')).buffer, 0, rows);
    expect([first[0], first[rows - 1]]).toEqual([0, rows - 1]);
    expect(
      data.columns.every((column) => (column.kind === 'number' ? column.values : column.kind === 'coded' ? column.codes : null) instanceof FileNumbers),
    ).toBe(true);
    const { size } = statSync(path);
    expect(place.told.at(-1)).toEqual({ bytes: size, ofBytes: size, rows });
    expect(data.notes).toContain('Cells read as missing: "NA" (42858), "-" (300).'); // every seventh, every thousandth
  });

  test('is the same in memory, and from a gzip', async () => {
    const place = room();
    const { columns, notes } = await csv.read(path, {}, place); // too small for a file
    expect(readdirSync(place.folder)).toEqual([]);
    check({ format: 'csv', rows, columns, notes });
    check(await readLarge(write('large.csv.gz', gzipSync(readFileSync(path), { level: 1 })), room()));
  });

  test('a column that shows to be text late is read again alone, and missing marks of texts are settled in the file', async () => {
    const late = join(root, 'late.csv');
    writeFileSync(late, readFileSync(path));
    writeFileSync(late, 'A7,1,?,1\n', { flag: 'a' });
    const place = room();
    const data = await readLarge(late, place);
    const [id, color] = [columnOf(data, 'id'), columnOf(data, 'color')];
    if (id.kind !== 'coded' || color.kind !== 'coded') throw new Error('Other kinds were expected.');
    expect([id.texts.length, id.texts[rows], [...partOf(id.codes, rows - 1, rows + 1)]]).toEqual([rows + 1, 'A7', [rows - 1, rows]]);
    expect([...partOf(color.codes, rows - 1, rows + 1)]).toEqual([2, -1]);
    expect(readdirSync(place.folder)).toEqual(['table-1.numbers', 'table-2.numbers']);
    expect(statSync(join(place.folder, 'table-2.numbers')).size).toBe((rows + 1) * 4);
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    const place = room(stop.signal);
    const reason = new Error('Enough.');
    const reading = csv.read(path, {}, { ...place, onProgress: ({ bytes = 0 }) => bytes > 5_000_000 && stop.abort(reason) });
    await expect(reading).rejects.toBe(reason);
  });
});
