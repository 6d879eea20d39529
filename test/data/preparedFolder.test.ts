import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { repeatedRows } from '../../src-main/data/duplicates.ts';
import { readPrepared } from '../../src-main/data/preparedFolder.ts';
import { writePrepared } from '../../src-main/data/writePrepared.ts';
import { resolveRoles } from '../../src-main/data/roles.ts';
import { datasetFolder } from '../../src-main/lab/paths.ts';
import { timesAsMuch } from '../support/effort.ts';
import { prepared, series } from './prepared.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'auxlab-data-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const table = prepared({ x: [1.5, null, -0.25], colour: ['red', null, 'blue'], y: [1, 2, 3] });

describe('a prepared folder', () => {
  test.each([
    ['a table with an odd number of rows', table],
    ['a table whose columns need no filling up', prepared({ colour: series(8, (row) => `c${row % 3}`), x: series(8, (row) => row / 4) })],
    ['a table with dates', prepared({ when: ['2021-03-04', null, '2021-03-05'], y: [1, 2, 3] })],
    ['byte images', prepared({ y: ['a', 'b'] }, { kind: 'image', height: 2, width: 1, channels: 3, values: Uint8Array.from(series(12, (i) => i * 20)) })],
    ['float images', prepared({ y: ['a', 'b'] }, { kind: 'image', height: 1, width: 2, channels: 1, values: Float32Array.of(0.5, NaN, -1, 2) })],
    ['sequences', prepared({ y: ['a', 'b'] }, { kind: 'sequence', features: 2, lengths: Int32Array.of(2, 1), values: Float32Array.of(1, 2, 3, 4, 5, 6) })],
    ['vectors', prepared({ y: ['a', 'b'] }, { kind: 'vector', features: 2, values: Float32Array.of(1, 2, 3, 4) })],
  ])('gives back %s bit for bit', (_, dataset) => {
    const folder = datasetFolder(home, dataset.digest);
    writePrepared(dataset, folder);
    expect(readPrepared(folder, { verify: true })).toEqual(dataset);
  });

  test('is written once: the second write leaves the files as they are and nothing beside them', () => {
    const folder = datasetFolder(home, table.digest);
    writePrepared(table, folder);
    const header = readFileSync(join(folder, 'dataset.json'), 'utf8');
    writePrepared({ ...table, name: 'another name' }, folder);
    expect(readFileSync(join(folder, 'dataset.json'), 'utf8')).toBe(header);
    expect(readdirSync(join(home, 'datasets'))).toEqual([table.digest]);
  });

  test('remembers how many rows repeat an earlier one, by the roles that the columns have at first', () => {
    const repeating = prepared({ x: [1, 2, 1, 1], z: [5, 6, 5, 7], y: ['a', 'b', 'a', 'a'] });
    const folder = datasetFolder(home, repeating.digest);
    writePrepared(repeating, folder);
    const facts = join(folder, 'facts.json');
    const written = JSON.parse(readFileSync(facts, 'utf8')) as { repeated: unknown };
    expect(written.repeated).toEqual({ columns: ['x', 'z', 'y'], rows: 1 });
    writeFileSync(facts, JSON.stringify({ ...written, repeated: { columns: ['x', 'z', 'y'], rows: 3 } })); // as no count would find it
    const known = readPrepared(folder);
    const roles = resolveRoles(known, {});
    expect(repeatedRows(known, roles).rows).toBe(3); // remembered
    expect(repeatedRows(known, { ...roles, z: 'ignore' }).rows).toBe(2); // counted
    writeFileSync(facts, JSON.stringify({ ...written, repeated: { columns: 'x', rows: -1 } }));
    expect(repeatedRows(readPrepared(folder), roles).rows).toBe(1);
  });

  test('that is damaged is refused by name and written anew', () => {
    const folder = datasetFolder(home, table.digest);
    writePrepared(table, folder);
    truncateSync(join(folder, 'columns.bin'), 10);
    expect(() => readPrepared(folder)).toThrow(
      expect.objectContaining({
        code: 'store',
        message:
          `The prepared data set in ${folder} is damaged: columns.bin cannot be used: ` +
          'it has 10 bytes, 64 are needed. Remove the folder; it is made again from the source.', // 3 * 8 + (3 * 4 up to 16) + 3 * 8
      }),
    );
    writePrepared(table, folder);
    expect(readPrepared(folder)).toEqual(table);
  });

  test('with one changed byte passes the size check and fails the SHA-256', () => {
    const folder = datasetFolder(home, table.digest);
    writePrepared(table, folder);
    const bytes = readFileSync(join(folder, 'columns.bin'));
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    writeFileSync(join(folder, 'columns.bin'), bytes);
    expect(() => readPrepared(folder)).not.toThrow();
    expect(() => readPrepared(folder, { verify: true })).toThrow('its content does not match its SHA-256');
    writePrepared(table, folder);
    expect(readPrepared(folder, { verify: true })).toEqual(table);
  });

  test('of another version or without a header is refused', () => {
    const folder = datasetFolder(home, table.digest);
    expect(() => readPrepared(folder)).toThrow('dataset.json cannot be read');
    writePrepared(table, folder);
    writeFileSync(join(folder, 'dataset.json'), '{"format":"auxlab-dataset/9"}');
    expect(() => readPrepared(folder)).toThrow('dataset.json is not of the form auxlab-dataset/1');
  });

  test.each([
    ['a length below 0', [-1, 4], 'lengths.bin holds a length below 0'],
    ['another sum', [1, 3], 'lengths.bin does not fit dataset.json'],
    ['another longest one', [0, 3], 'lengths.bin does not fit dataset.json'],
  ])('whose sequences have %s is refused', (_, lengths, message) => {
    const dataset = prepared({ y: ['a', 'b'] }, { kind: 'sequence', features: 1, lengths: Int32Array.of(1, 2), values: Float32Array.of(1, 2, 3) });
    const folder = datasetFolder(home, dataset.digest);
    writePrepared(dataset, folder);
    writeFileSync(join(folder, 'lengths.bin'), Int32Array.from(lengths));
    expect(() => readPrepared(folder)).toThrow(message);
  });

  test('of which a file is gone is refused by its name', () => {
    const folder = datasetFolder(home, table.digest);
    writePrepared(table, folder);
    rmSync(join(folder, 'columns.bin'));
    expect(() => readPrepared(folder)).toThrow(/is damaged: columns\.bin cannot be used: ENOENT/);
  });

  test('with a header beyond belief is refused before it is read', () => {
    const folder = datasetFolder(home, table.digest);
    writePrepared(table, folder);
    truncateSync(join(folder, 'dataset.json'), 256 * 2 ** 20 + 1);
    const cause = expect.objectContaining({ message: 'it has more than 268435456 bytes' });
    expect(() => readPrepared(folder)).toThrow(expect.objectContaining({ code: 'store', cause }));
  });

  test('takes what killed processes left of it away, and nothing that may still be written', () => {
    const folder = datasetFolder(home, table.digest);
    for (const name of ['old', 'new']) mkdirSync(`${folder}.partial-${name}`, { recursive: true });
    utimesSync(`${folder}.partial-old`, 0, 0);
    writePrepared(table, folder);
    expect(readdirSync(join(home, 'datasets')).sort()).toEqual([table.digest, `${table.digest}.partial-new`]);
  });

  test('that cannot be written says so and leaves nothing behind', () => {
    writeFileSync(join(home, 'datasets'), 'a file where the folder should be');
    expect(() => writePrepared(table, datasetFolder(home, table.digest))).toThrow(
      expect.objectContaining({ code: 'store', message: expect.stringContaining('The prepared data set cannot be written to') }),
    );
    expect(readdirSync(home)).toEqual(['datasets']);
  });

  test('of 12,000 images of 28 by 28 is read for little more than its bytes alone', () => {
    const dataset = prepared(
      { y: series(12_000, (row) => row % 10) },
      { kind: 'image', height: 28, width: 28, channels: 1, values: new Uint8Array(12_000 * 784) },
    );
    const folder = datasetFolder(home, dataset.digest);
    writePrepared(dataset, folder);
    const tenTimes = (work: () => unknown) => () => series(10, work);
    const bytes = (): unknown => readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(
      timesAsMuch(
        tenTimes(() => readPrepared(folder)),
        tenTimes(bytes),
      ),
    ).toBeLessThan(5); // 1.4 measured
  });
});
