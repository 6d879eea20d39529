import { mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { FileNumbers, partOf } from '../../src-main/formats/numbers/numbers.ts';
import { parquet } from '../../src-main/formats/tables/parquet.ts';
import { expectDamageIsTold } from './damage.ts';
import { writeQuery } from './duckFiles.ts';
import { columnOf, expectRefusal, plain, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();
const written = (name: string, query: string): Promise<string> => writeQuery(join(root, name), query, 'format parquet');

describe('what a Parquet file says', () => {
  test('numbers, texts, truth values and times', async () => {
    const path = await written(
      'all.parquet',
      `select i::tinyint as small, i::bigint as big, i / 4.0 as real, (i / 4)::float as single, (i / 4)::decimal(6, 2) as money, i::decimal(38, 2) as long,
        'k' || i % 2 as kind, i > 1 as yes, date '2024-02-28' + i::int as day, timestamp '2024-01-01 10:00:00' + interval (i) hour as "at time",
        null as nothing, (['b', 'a'])[i % 2 + 1]::enum('a', 'b') as e, if(i = 1, null, i) as gap from range(3) r(i)`,
    );
    const data = await openSource(path);
    expect(plain(data)).toEqual({
      small: [0, 1, 2],
      big: [0, 1, 2],
      real: [0, 0.25, 0.5],
      single: [0, 0.25, 0.5],
      money: [0, 0.25, 0.5],
      long: [0, 1, 2],
      kind: ['k0', 'k1', 'k0'],
      yes: ['false', 'false', 'true'],
      day: ['2024-02-28', '2024-02-29', '2024-03-01'],
      'at time': ['2024-01-01 10:00:00', '2024-01-01 11:00:00', '2024-01-01 12:00:00'],
      nothing: [NaN, NaN, NaN],
      e: ['b', 'a', 'b'],
      gap: [0, NaN, 2],
    });
    expect([data.format, data.rows, data.notes]).toEqual(['parquet', 3, []]);
  });

  test('whole numbers that a number cannot hold stay text', async () => {
    const data = await openSource(await written('ids.parquet', 'select 1234567890123456789 + i as id, 9007199254740992 as edge from range(3) r(i)'));
    expect(plain(data)).toEqual({ id: ['1234567890123456789', '1234567890123456790', '1234567890123456791'], edge: Array(3).fill(2 ** 53) });
    expect(data.notes).toEqual(['Column "id" is text: it holds whole numbers of more digits than a number can tell apart. As text no two values become one.']);
  });

  test('numbers in texts are read as numbers, ids with leading zeros are not', async () => {
    const data = await openSource(await written('texts.parquet', "select (i * 1.5)::varchar as n, '00' || i as id, ' a' as t from range(2) r(i)"));
    expect(plain(data)).toEqual({ n: [0, 1.5], id: ['000', '001'], t: ['a', 'a'] });
    expect(data.notes).toEqual(['Column "n" holds numbers as texts, and is read as numbers.']);
  });

  test('told missing marks are missing among numbers and texts', async () => {
    const path = await written('marks.parquet', "select if(i = 0, -999, i) as n, if(i = 0, 'none', 'x') as t from range(3) r(i)");
    expect(plain(await openSource(path, { options: { missing: ['-999', 'none'] } }))).toEqual({ n: [NaN, 1, 2], t: [null, 'x', 'x'] });
    expect(plain(await openSource(path))).toEqual({ n: [-999, 1, 2], t: ['none', 'x', 'x'] });
  });

  test('doubles come through bit for bit, but for one zero and one missing value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noDefaultInfinity: true }), { minLength: 1, maxLength: 20 }), async (values) => {
        const list = values.map((value) => `'${Object.is(value, -0) ? '-0' : String(value)}'::double`);
        const path = await written('doubles.parquet', `select unnest([${list.join(', ')}]) as x`);
        expect(plain(await openSource(path))['x']).toEqual(values.map((value) => value + 0));
      }),
      { numRuns: 20 },
    );
  });

  test('decimals are the nearest doubles', async () => {
    const decimal = fc
      .tuple(fc.maxSafeNat(), fc.nat(12))
      .map(([digits, places]) => `${digits}`.padStart(places + 1, '0').replace(new RegExp(`(\\d{${places}})$`), '.$1'));
    await fc.assert(
      fc.asyncProperty(fc.array(decimal, { minLength: 1, maxLength: 20 }), async (texts) => {
        const path = await written('decimals.parquet', `select unnest([${texts.map((text) => `'${text}'::decimal(38, 12)`).join(', ')}]) as x`);
        expect(plain(await openSource(path))['x']).toEqual(texts.map(Number));
      }),
      { numRuns: 20 },
    );
  });

  test('the first four bytes are enough, whatever the name', async () => {
    const path = await written('table.parquet', 'select 1.5 as x');
    expect((await openSource(write('table.csv', readFileSync(path)))).format).toBe('parquet');
  });
});

describe('a file of its own, and no other', () => {
  test('a name with stars and brackets is no pattern', async () => {
    const folder = join(root, "it's [a] *");
    mkdirSync(folder);
    const query = (value: number): string => `select ${value} as x`;
    await writeQuery(join(folder, 'a[1]*?.parquet'), query(7), 'format parquet');
    await writeQuery(join(folder, 'a1xyz.parquet'), query(8), 'format parquet'); // what the pattern would find
    expect(plain(await openSource(join(folder, 'a[1]*?.parquet')))).toEqual({ x: [7] });
  });

  test('nothing is put into the home', async () => {
    const home = mkdtempSync(join(root, 'home-'));
    const before = process.env['HOME'];
    process.env['HOME'] = home;
    try {
      await openSource(await written('home.parquet', 'select 1 as x'));
    } finally {
      if (before === undefined) delete process.env['HOME'];
      else process.env['HOME'] = before;
    }
    expect(readdirSync(home)).toEqual([]);
  });

  test('the numbers of a large file go into one file, and a reading can be stopped', async () => {
    const path = await written('large.parquet', "select i, i / 2.0 as x, 'k' || i % 3 as kind from range(3000000) r(i)");
    const folder = mkdtempSync(join(root, 'room-'));
    const told: number[] = [];
    const data = await parquet.read(path, {}, { folder, signal: null, onProgress: ({ rows = 0 }) => told.push(rows) });
    const [x, kind] = [columnOf(data, 'x'), columnOf(data, 'kind')];
    if (x.kind !== 'number' || kind.kind !== 'coded') throw new Error('Other kinds were expected.');
    expect([x.values instanceof FileNumbers, ...partOf(x.values, 2_999_998, 3_000_000), ...partOf(kind.codes, 0, 4)]).toEqual([
      true,
      1499999,
      1499999.5,
      0,
      1,
      2,
      0,
    ]);
    expect(readdirSync(folder)).toEqual(['table.numbers']);
    expect(told.length).toBeGreaterThan(10);
    const stop = new AbortController();
    const reason = new Error('Enough.');
    const reading = parquet.read(path, {}, { folder: null, signal: stop.signal, onProgress: () => stop.abort(reason) });
    await expect(reading).rejects.toBe(reason);
  });
});

describe('refusals', () => {
  test('columns of lists, records and bytes are named', async () => {
    const path = await written('nested.parquet', "select [1, 2] as tags, {'a': 1} as box, 'x'::blob as picture, 1 as y");
    await expectRefusal(
      openSource(path),
      `${path} has columns that hold several values in one cell, which is no table: "tags" (lists), "box" (records), "picture" (bytes). ` +
        'Save a file without them, or with a column for each of their values.',
    );
  });

  test('a file without rows, and one that was cut off', async () => {
    const none = await written('none.parquet', 'select 1 as x where false');
    await expectRefusal(openSource(none), `${none} holds no rows.`);
    const bytes = readFileSync(await written('whole.parquet', 'select * from range(100)'));
    const cut = write('cut.parquet', bytes.subarray(0, bytes.length - 9));
    await expectRefusal(openSource(cut), `${cut} does not end as a Parquet file does: it was probably cut off. Download or save it again.`);
  });
});

test('a file damaged anywhere is read or refused with a sentence, and nothing else happens', async () => {
  const bytes = readFileSync(await written('good.parquet', "select i, i / 3 as x, 'k' || i as t from range(5) r(i)"));
  await expectDamageIsTold('parquet', 'damaged.parquet', bytes, write);
});
