/** Data sets at the desk: read in a process of their own, shown page by page, refused with a sentence. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../src-main/lab/context.ts';
import { openFakeDesk, type FakeDesk } from '../support/deskHome.ts';
import { writeFlowers } from '../support/labHome.ts';
import { withSamples } from '../support/entriesThere.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const opened: FakeDesk[] = [];

function open(home: string, clock?: Clock): FakeDesk {
  const fake = openFakeDesk(home, '', clock === undefined ? {} : { clock });
  opened.push(fake);
  return fake;
}

afterEach(async () => {
  for (const { desk } of opened.splice(0)) await desk.close();
});

describe('data', () => {
  test('a table is read in a process of its own, described, paged, split, and remembered', async () => {
    const home = folder();
    const { client } = open(home);
    const source = writeFlowers(home);
    const picture = await client.call('data.inspect', { data: { source } });
    expect(picture).toMatchObject({ source, rows: 60, format: 'csv', input: { kind: 'table' }, sizeBytes: expect.any(Number) });
    expect(picture.columns.find(({ name }) => name === 'length')).toMatchObject({ kind: 'number', histogram: { length: 24 } });
    const rows = await client.call('data.rows', { data: { source }, offset: 58, limit: 100 });
    expect(rows).toEqual({
      total: 60,
      columns: ['length', 'width', 'species', 'region', 'height'],
      rows: [
        [29, 3, 'red', 'b', 13],
        [29.5, 10, 'blue', 'c', 10],
      ],
    });
    const split = await client.call('data.split', { data: { source }, target: 'species' });
    expect([split.train.rows, split.validation.rows, split.test.rows]).toEqual([42, 9, 9]);
    expect(split.train.classes).toEqual([{ name: 'blue', count: 21 }, { name: 'red', count: 21 }]); // prettier-ignore
    expect(await client.call('data.recent', {})).toMatchObject([{ source, name: 'flowers.csv', rows: 60, isThere: true }]);
    rmSync(source);
    expect(await client.call('data.recent', {})).toMatchObject([{ isThere: false }]);
    await expect(client.call('data.rows', { data: { source } })).rejects.toThrow(`${source} does not exist.`);
    await expect(client.call('data.thumbnails', { data: { source: 'sample:auto-mpg' } })).rejects.toThrow('This data set has no images to show.');
  });

  test('groups with rows in training and in test are counted, rows without a group apart', async () => {
    const home = folder();
    const source = join(home, 'visits.csv');
    const rows = Array.from({ length: 90 }, (_, row) => `${row * 1.5},${row % 10 === 9 ? '' : `p${row % 3}`},${row % 2 === 0 ? 'yes' : 'no'}`);
    writeFileSync(source, `dose,patient,outcome\n${rows.join('\n')}\n`);
    const { client } = open(home);
    const data = { source, roles: { patient: 'group' as const } };
    const { warnings } = await client.call('data.split', { data: { ...data, split: { kind: 'stratified' } }, target: 'outcome' });
    expect(warnings).toContain('3 groups of "patient" have rows in training and in test. A split grouped by this column keeps them apart.');
    const grouped = await client.call('data.split', { data: { ...data, split: { kind: 'grouped' } }, target: 'outcome' });
    expect(grouped.warnings.join(' ')).not.toContain('groups of');
  });

  test('what was only looked at is cleared away after a month, and read again when somebody asks for it', async () => {
    const home = folder();
    const source = writeFlowers(home);
    const prepared = (): string[] => readdirSync(join(home, 'datasets')).filter((name) => /^[0-9a-f]{64}$/.test(name));
    const at = (time: string): Clock => ({ now: () => new Date(time) });
    const look = async (time: string): Promise<number> => (await open(home, at(time)).client.call('data.inspect', { data: { source } })).rows;
    expect([await look('2026-01-01'), await look('2026-01-20')]).toEqual([60, 60]);
    open(home, at('2026-02-15')); // 26 days after the second look
    expect(prepared()).toHaveLength(1);
    open(home, at('2026-02-20'));
    expect(prepared()).toEqual([]);
    expect(await look('2026-02-20')).toBe(60);
    expect(prepared()).toHaveLength(1);
  });

  test.each([
    ['a;b;kind\n1,5;2;x\n2,5;3;y\n3,5;1;x\n', 'utf8', { delimiter: ';', encoding: 'utf-8', decimal: ',', header: true }],
    ['1\t2\tred\n3\t4\tblau\u00fc\n5\t7\tred\n', 'latin1', { delimiter: '\t', encoding: 'latin1', decimal: '.', header: false }],
  ] as const)('how a table was read is told, whoever found it out: %j', async (text, encoding, reading) => {
    const home = folder();
    const source = join(home, 'table.csv');
    writeFileSync(source, text, encoding);
    const { client } = open(home);
    expect((await client.call('data.inspect', { data: { source } })).reading).toEqual(reading);
    const told = await client.call('data.inspect', { data: { source, options: { delimiter: reading.delimiter, encoding: reading.encoding } } });
    expect(told.reading).toEqual(reading);
  });

  test('types that a person says hold in the look, the split and the rows, and warnings come with what can be done', async () => {
    const home = folder();
    const source = join(home, 'visits.csv');
    const lines = Array.from(
      { length: 60 },
      (_, row) => `${row % 40},2021-03-${String(1 + (row % 28)).padStart(2, '0')},${row % 4},${row % 3 === 0 ? 'a' : 'b'}`,
    );
    writeFileSync(source, `x,day,stage,label\n${lines.join('\n')}\n`);
    const { client } = open(home);
    const kindsOf = async (types: Record<string, 'class' | 'number' | 'date' | 'text'> | undefined): Promise<unknown> =>
      Object.fromEntries(
        (await client.call('data.inspect', { data: { source, roles: { stage: 'target' }, ...(types !== undefined && { types }) } })).columns.map((column) => [
          column.name,
          [column.kind, column.role, column.guessed, column.told],
        ]),
      );
    expect(await kindsOf(undefined)).toEqual({
      x: ['number', 'input', 'input', null],
      day: ['date', 'input', 'input', null],
      stage: ['number', 'target', 'input', null], // 15 rows a value are few
      label: ['class', 'target', 'target', null],
    });
    expect(await kindsOf({ day: 'text', stage: 'class', x: 'class' })).toEqual({
      x: ['class', 'input', 'input', 'class'],
      day: ['text', 'ignore', 'ignore', 'text'],
      stage: ['class', 'target', 'input', 'class'],
      label: ['class', 'target', 'target', null],
    });
    const { columns, warnings, remedies } = await client.call('data.inspect', { data: { source } });
    expect(columns[1]).toMatchObject({
      dates: { first: '2021-03-01', last: '2021-03-28' },
      examples: ['2021-03-01', '2021-03-02', '2021-03-03', '2021-03-04'],
    });
    expect(remedies).toHaveLength(warnings.length);
    expect((await client.call('data.rows', { data: { source }, limit: 1 })).rows).toEqual([[0, '2021-03-01', 0, 'a']]);
    const time = { kind: 'time', column: 'day', train: 0.7, validation: 0.15, test: 0.15 } as const;
    const split = await client.call('data.split', { data: { source, split: time }, target: 'label' });
    expect([split.kind, split.column, split.train.rows + split.validation.rows + split.test.rows]).toEqual(['time', 'day', 60]);
    expect(split.notes[0]).toMatch(/^By "day", the validation rows begin at 2021-03-\d\d and the test rows at 2021-03-\d\d\.$/);
    await expect(client.call('data.rows', { data: { source, types: { label: 'number' } } })).rejects.toThrow('Column "label", row 1: "a" is not a number.');
  });

  test('images come as thumbnails and sequences as thinned lines, and neither was cut at delimiters', withSamples('digits', 'japanese-vowels'), async () => {
    const { client } = open(folder());
    expect((await client.call('data.inspect', { data: { source: 'sample:digits' } })).reading).toEqual({}); // IDX files say all of it themselves
    const images = await client.call('data.thumbnails', { data: { source: 'sample:digits' }, limit: 3, offset: 10 });
    expect(images).toMatchObject({ total: 1797, images: [{ row: 10, labels: { digit: expect.anything() } }, {}, {}] });
    expect(images.images[0]?.url).toMatch(/^data:image\/png;base64,iVBOR/);
    const { sequences } = await client.call('data.sequences', { data: { source: 'sample:japanese-vowels' }, limit: 2, points: 10 });
    expect(sequences).toHaveLength(2);
    expect(sequences[0]?.lines).toHaveLength(12);
    expect(sequences[0]?.lines[0]?.length).toBeLessThanOrEqual(10);
  });

  test('reading can be cancelled by its name, and nothing is remembered', async () => {
    const home = folder();
    const { client } = open(home);
    const source = join(home, 'big.csv');
    writeFileSync(source, `a,b,label\n${'1.5,2.5,x\n3.5,4.5,y\n'.repeat(400_000)}`);
    const reading = client.call('data.inspect', { data: { source }, job: 'read-1' });
    const refused = expect(reading).rejects.toMatchObject({ code: 'interrupted', message: 'Reading big.csv: cancelled. Nothing was changed.' });
    await expect.poll(() => client.call('jobs.list', {})).toMatchObject([{ job: 'read-1', title: 'Reading big.csv', state: 'running' }]);
    await client.call('jobs.cancel', { job: 'read-1' });
    await refused;
    expect(await client.call('data.recent', {})).toEqual([]);
    await expect(client.call('jobs.cancel', { job: 'read-1' })).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each([
    ['photo.heic', 'text that is no picture\u0000\u0001', 'is one picture. Give the folder that it lies in'],
    ['broken.zip', 'PK\u0003\u0004 and then nothing', 'cannot be unpacked: the ZIP archive is damaged, encrypted or cut off.'],
    ['empty.csv', '', 'is empty'],
  ])('%s is refused with a sentence', async (name, content, sentence) => {
    const home = folder();
    const { client } = open(home);
    const source = join(home, name);
    writeFileSync(source, content);
    await expect(client.call('data.inspect', { data: { source } })).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining(sentence) });
  });

  test('a folder without images is refused with a sentence', async () => {
    const home = folder();
    const { client } = open(home);
    const empty = join(home, 'pictures');
    mkdirSync(empty);
    writeFileSync(join(empty, 'notes.txt'), 'none');
    await expect(client.call('data.inspect', { data: { source: empty } })).rejects.toThrow(`${empty} holds no images (PNG, JPEG`);
  });
});
