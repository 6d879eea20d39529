import { linkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { arrayOf, expectRefusal, plain, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();
const ts = (rows: string): string => `@problemName toy\n@timestamps false\n@classLabel true a b\n@data\n${rows}\n`;

describe('files given together', () => {
  test('are joined by the names of their columns, whatever their order', async () => {
    const train = write('join/learn.csv', 'a,b,c\n1,x,5\n2,y,6\n');
    const parts = { validation: write('join/tune.tsv', 'b\tc\ta\nx\t7\t3\n'), test: write('join/judge.csv', 'c,b,a\n8,y,4\n') };
    const read = await openSource(train, { parts });
    expect(plain(read)).toEqual({ split: ['train', 'train', 'validation', 'test'], a: [1, 2, 3, 4], b: ['x', 'y', 'x', 'y'], c: [5, 6, 7, 8] });
    expect(read.notes).toContain('Rows by the column "split": 2 train, 1 validation, 1 test.');
  });

  test('may be series', async () => {
    const read = await openSource(write('series/one.ts', ts('1,2:a')), { parts: { test: write('series/two.ts', ts('3,4,5:b')) } });
    expect(plain(read)).toEqual({ split: ['train', 'test'], class: ['a', 'b'] });
    expect([...arrayOf(read, 'sequence').lengths]).toEqual([2, 3]);
  });

  test('NAME_TRAIN.ts is read alone when its test part is told', async () => {
    const train = write('archive/Toy_TRAIN.ts', ts('1,2:a'));
    const other = write('archive/Toy_TEST.ts', ts('3,4:b'));
    expect((await openSource(train)).rows).toBe(2); // joined by itself
    expect(plain(await openSource(train, { parts: { test: other } }))).toEqual({ split: ['train', 'test'], class: ['a', 'b'] });
  });

  test('a column that only the training part has is named, with what to do', async () => {
    const train = write('kaggle/learn.csv', 'PassengerId,Survived,Age\n1,0,22\n2,1,38\n');
    const other = write('kaggle/judge.csv', 'PassengerId,Age\n3,26\n');
    await expectRefusal(
      openSource(train, { parts: { test: other } }),
      `${other} has no column "Survived", which ${train} has. Rows to test on need every input and the label. If the label is kept secret, as in competitions, ` +
        'leave this file out: part of the training rows is then held back for the test.',
    );
    await expectRefusal(
      openSource(other, { parts: { validation: train } }),
      `${train} has column "Survived", which ${other} has not. Remove it from the one file or add it to the other.`,
    );
    const renamed = write('kaggle/renamed.csv', 'PassengerId,survived,Age\n3,1,26\n');
    await expectRefusal(
      openSource(train, { parts: { test: renamed } }),
      `${renamed} has no column "Survived", which ${train} has; it has column "survived", which ${train} has not. ` +
        'Give both files the same columns. If one of them has no header line, say so with the option header.',
    );
  });

  test('numbers in one part and texts in the other are told', async () => {
    const read = await openSource(write('mixed/a.csv', 'x,y\n1,1\n2,2\n'), { parts: { test: write('mixed/b.csv', 'x,y\n3,1\nmany,2\n') } });
    expect(plain(read)['x']).toEqual(['1', '2', '3', 'many']);
    expect(read.notes).toContain('Column "x" holds numbers in a.csv and texts in b.csv, so all of it is text.');
  });

  test('a column without values in one part has the kind of the other', async () => {
    const read = await openSource(write('blank/a.csv', 'x,y\n1,p\n2,q\n'), { parts: { test: write('blank/b.csv', 'x,y\n,p\n,q\n') } });
    expect(plain(read)['x']).toEqual([1, 2, NaN, NaN]);
    expect(read.columns.find(({ name }) => name === 'x')?.kind).toBe('number');
  });

  test('one file twice is refused, under another name too', async () => {
    const train = write('same/a.csv', 'x,y\n1,1\n2,2\n');
    linkSync(train, join(root, 'same', 'b.csv'));
    const other = join(root, 'same', 'b.csv');
    await expectRefusal(
      openSource(train, { parts: { test: other } }),
      `${other} and ${train} are the same file. What is tested on must be other rows than what is learned from.`,
    );
  });

  test('a file that tells its parts itself is given alone', async () => {
    const train = write('own/a.csv', 'split,y\ntrain,1\ntest,2\n');
    const other = write('own/b.csv', 'split,y\ntest,1\n');
    await expectRefusal(
      openSource(train, { parts: { test: other } }),
      `${train} tells the parts of the data by its own column "split". Give it alone, or rename that column.`,
    );
  });

  test('a part that is missing or unreadable is named', async () => {
    const train = write('gone/a.csv', 'x,y\n1,1\n');
    await expectRefusal(
      openSource(train, { parts: { test: join(root, 'gone', 'c.csv') } }),
      `${join(root, 'gone', 'c.csv')} does not exist. Did you mean a.csv?`,
    );
  });
});

describe('files beside each other', () => {
  test.each([
    ['train.csv', 'test.csv'],
    ['GunPoint_TRAIN.tsv', 'GunPoint_TEST.tsv'],
    ['GunPoint_TRAIN.txt', 'GunPoint_TEST.txt'],
    ['dataTrain.csv', 'dataTest.csv'],
    ['x-training.csv', 'x-testing.csv'],
  ])('%s and %s are not joined, and the note says how', async (train, other) => {
    const folder = `beside-${train}`;
    const path = write(`${folder}/${train}`, 'x,y\n1,1\n2,2\n');
    const partner = write(`${folder}/${other}`, 'x,y\n3,3\n4,4\n');
    write(`${folder}/unrelated_test.csv`, 'z\n');
    const read = await openSource(path);
    expect(read.rows).toBe(2);
    expect(read.notes).toContain(`Beside it lies ${other}, which is not read. To test on it, give it as test rows: --test-data ${other}.`);
    expect(read.notes.filter((note) => note.startsWith('Beside'))).toHaveLength(1);
    expect((await openSource(partner)).notes).toContain(
      `Beside it lies ${train}. Give that as the data, and this file as its test rows: --test-data ${other}.`,
    );
    expect((await openSource(path, { parts: { test: partner } })).notes.filter((note) => note.startsWith('Beside'))).toEqual([]);
  });

  test('names without such words say nothing', async () => {
    const path = write('quiet/contest.csv', 'x,y\n1,1\n2,2\n');
    write('quiet/con.csv', 'x,y\n3,3\n');
    write('quiet/restrain.csv', 'x,y\n3,3\n');
    expect((await openSource(path)).notes.filter((note) => note.startsWith('Beside'))).toEqual([]);
  });
});
