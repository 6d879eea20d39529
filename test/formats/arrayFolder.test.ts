import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { npz as npzFormat } from '../../src-main/formats/arrays/npz.ts';
import { noRoom } from '../../src-main/formats/readRoom.ts';
import { npyOf, npz } from './arraySupport.ts';
import { arrayOf, expectRefusal, plain, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();
const images = (rows: number): Uint8Array => npyOf('|u1', [rows, 8, 8]);
const labels = (rows: number): Uint8Array => npyOf('<i8', [rows], (row) => row % 2);

/** Writes files into a folder of its own. @returns the folder */
function folderOf(name: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  for (const [file, content] of Object.entries(files)) write(`${name}/${file}`, content);
  return `${root}/${name}`;
}

const kmnist = {
  'kmnist-train-imgs.npz': npz({ arr_0: images(3) }),
  'kmnist-train-labels.npz': npz({ arr_0: labels(3) }),
  'kmnist-test-imgs.npz': npz({ arr_0: images(2) }),
  'kmnist-test-labels.npz': npz({ arr_0: labels(2) }),
};
const joined = { split: ['train', 'train', 'train', 'test', 'test'], labels: [0, 1, 0, 0, 1] };

describe('files of one data set', () => {
  test('the four files of KMNIST are joined, given their folder or one of them', async () => {
    const folder = folderOf('kmnist', kmnist);
    expect(plain(await openSource(folder))).toEqual(joined);
    const data = await openSource(`${folder}/kmnist-test-labels.npz`);
    expect(plain(data)).toEqual(joined);
    expect(data.notes[0]).toBe('Read together: kmnist-test-imgs.npz, kmnist-test-labels.npz, kmnist-train-imgs.npz, kmnist-train-labels.npz.');
    expect(arrayOf(data, 'image').values).toHaveLength(5 * 64);
  });

  test('a caller that joins parts itself gets the files of one part', async () => {
    const path = `${folderOf('parts', kmnist)}/kmnist-test-imgs.npz`;
    expect(plain(await openSource(path, { room: { ...noRoom, isPart: true } }))).toEqual({ test_labels: [0, 1] });
  });

  test('a class map gives the classes their names', async () => {
    const folder = folderOf('named', { ...kmnist, 'kmnist_classmap.csv': 'index,codepoint,char\n0,U+304A,お\n1,U+304D,き\n' });
    expect(plain(await openSource(folder))).toEqual({ ...joined, labels: ['お', 'き', 'お', 'お', 'き'] });
    const map = write('named/kmnist_classmap.csv', 'index,codepoint,char\n0,U+304A,お\n');
    await expectRefusal(openSource(folder), `${map} names no class 1, which is the "labels" of row 2.`);
  });

  test.each<[string, Readonly<Record<string, Uint8Array>>]>([
    ['X_train.npy', { 'X_train.npy': images(3), 'y_train.npy': labels(3), 'X_test.npy': images(2), 'y_test.npy': labels(2) }],
    ['folders', { 'train/X.npy': images(3), 'train/y.npy': labels(3), 'test/X.npy': images(2), 'test/y.npy': labels(2) }],
    ['archives', { 'train.npz': npz({ X: images(3), y: labels(3) }), 'test.npz': npz({ X: images(2), y: labels(2) }) }],
    ['prefixed', { 'digits_x_train.npy': images(3), 'digits_y_train.npy': labels(3), 'digits_x_test.npy': images(2), 'digits_y_test.npy': labels(2) }],
    [
      'gzip',
      {
        'x_train.npy.gz': gzipSync(images(3)),
        'y_train.npy': labels(3),
        'x_test.npy': images(2),
        'y_test.npy.gz': gzipSync(labels(2)),
        'readme.md': new Uint8Array(1),
      },
    ],
  ])('train and test: %s', async (name, files) => {
    const data = await openSource(folderOf(`pair-${name}`, files));
    expect(plain(data)).toEqual({ split: joined.split, y: joined.labels });
    expect(arrayOf(data, 'image')).toMatchObject({ height: 8, width: 8, channels: 1 });
  });

  test('X and y in a folder, or one of them, with a labels.csv beside', async () => {
    const folder = folderOf('xy', { 'X.npy': npyOf('<f4', [2, 3]), 'y.npy': labels(2), 'labels.csv': 'group\na\nb\n' });
    expect(plain(await openSource(folder))).toEqual({ y: [0, 1], group: ['a', 'b'] });
    expect(plain(await openSource(`${folder}/X.npy`))).toEqual({ y: [0, 1] });
  });

  test('files beside one that have other numbers of rows are left alone', async () => {
    const folder = folderOf('strangers', { 'X.npy': npyOf('<f4', [2, 3]), 'y.npy': labels(5) });
    expect(Object.keys(plain(await openSource(`${folder}/X.npy`)))).toEqual(['column1', 'column2', 'column3']);
    await expect(openSource(folder)).rejects.toThrow('the array "y" has 5 rows, but the input "X" has 2');
  });

  test('several data sets in a folder are refused, one of their files is not', async () => {
    const files = Object.entries(kmnist);
    const folder = folderOf('several', { ...kmnist, ...Object.fromEntries(files.map(([name, content]) => [name.replace('kmnist', 'k49'), content])) });
    await expectRefusal(openSource(folder), `${folder} has several data sets: k49, kmnist. Give one of the files.`);
    expect(plain(await openSource(`${folder}/k49-train-imgs.npz`))).toEqual(joined);
  });
});

describe('one file a row', () => {
  const row = (value: number): Uint8Array => npyOf('<f4', [8, 9, 3], (place) => value + place);

  test('folders are classes, around them perhaps parts of a split', async () => {
    const folder = folderOf('rows', { 'b/1.npy': row(5), 'a/2.npy': row(7), 'a/10.npy': row(6) });
    const data = await openSource(folder);
    expect(plain(data)).toEqual({ class: ['a', 'a', 'b'] });
    expect(arrayOf(data, 'image')).toMatchObject({ height: 8, width: 9, channels: 3 });
    expect([0, 216, 432].map((at) => arrayOf(data, 'image').values[at])).toEqual([6, 7, 5]); // 8 * 9 * 3 values a row
    const names = [
      ['train', 'test'],
      ['training_set', 'test_set'],
    ] as const;
    for (const [train, other] of names) {
      const parts = folderOf(`parts-${train}`, { [`${train}/a/1.npy`]: row(1), [`${train}/b/1.npy`]: row(2), [`${other}/a/1.npy`]: row(3) });
      expect(plain(await openSource(parts))).toEqual({ split: ['test', 'train', 'train'], class: ['a', 'a', 'b'] });
    }
  });

  test('series have their own lengths, with the channels on either axis', async () => {
    const last = await openSource(folderOf('last', { 'a/1.npy': npyOf('<f8', [2, 3]), 'b/1.npy': npyOf('<f8', [1, 3]) }));
    expect(arrayOf(last, 'sequence')).toMatchObject({ features: 3, lengths: Int32Array.of(2, 1), values: Float32Array.of(0, 1, 2, 3, 4, 5, 0, 1, 2) });
    const first = await openSource(folderOf('first', { 'a/1.npy': npyOf('<f8', [2, 3]), 'b/1.npy': npyOf('<f8', [2, 1]) }));
    expect(arrayOf(first, 'sequence')).toMatchObject({ features: 2, lengths: Int32Array.of(3, 1), values: Float32Array.of(0, 3, 1, 4, 2, 5, 0, 1) });
    expect(first.notes).toEqual(['Every file is a series of 1 to 3 steps and 2 channels, the channels first.']);
  });

  test('rows that are unlike, or have no class, are refused', async () => {
    const odd = folderOf('odd', { 'a/1.npy': images(2), 'b/1.npy': images(3) });
    await expectRefusal(openSource(odd), `${odd}/b/1.npy has the shape (3, 8, 8), but ${odd}/a/1.npy has (2, 8, 8). All arrays must have one shape.`);
    const mixed = folderOf('mixed', { 'a/1.npy': images(2), 'b/1.npy': npyOf('<f4', [2, 8, 8]) });
    await expectRefusal(
      openSource(mixed),
      `${mixed}/b/1.npy has the shape (2, 8, 8) of f4, but ${mixed}/a/1.npy has (2, 8, 8) of u1. All arrays must be alike.`,
    );
    const bare = folderOf('bare', Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`0${number}.npy`, npyOf('<f4', [8, 8])])));
    await expectRefusal(openSource(bare), `${bare} holds 5 arrays without labels. Put the arrays of every class into a folder of their own.`);
  });
});

describe('ZIP archives of such folders', () => {
  test.each<[string, Readonly<Record<string, Uint8Array>>, Readonly<Record<string, unknown>>]>([
    ['files of one data set', kmnist, joined],
    ['inside a folder', Object.fromEntries(Object.entries(kmnist).map(([name, content]) => [`set/${name}`, content])), joined],
    ['written on Windows', Object.fromEntries(Object.entries(kmnist).map(([name, content]) => [`set\\${name}`, content])), joined],
    ['files a row', { 'a/1.npy': images(2), 'b/1.npy': images(2) }, { class: ['a', 'b'] }],
  ])('%s', async (name, files, columns) => {
    const data = await openSource(write(`zip-${name}.zip`, zipSync({ ...files, 'README.md': new Uint8Array(3) })));
    expect(plain(data)).toEqual(columns);
  });

  test('are called by their own name in refusals', async () => {
    const path = write('odd.zip', zipSync({ 'a/1.npy': images(2), 'b/1.npy': images(3) }));
    await expectRefusal(openSource(path), `${path}/b/1.npy has the shape (3, 8, 8), but ${path}/a/1.npy has (2, 8, 8). All arrays must have one shape.`);
  });
});

test('files of the same shape that no word tells are classes', async () => {
  const data = await openSource(folderOf('drawings', { 'full_bitmap_cat.npy': npyOf('|u1', [2, 9]), 'full_bitmap_dog.npy': npyOf('|u1', [1, 9]) }));
  expect(plain(data)).toEqual({ class: ['cat', 'cat', 'dog'] });
  expect(arrayOf(data, 'vector').features).toBe(9);
  expect(data.notes[0]).toBe('Every file is a class: cat, dog.');
});

test('a folder of pictures with an array beside them is one of pictures', () => {
  const isArrays = (...entries: string[]): boolean => npzFormat.match({ path: root, isDirectory: true, entries, head: new Uint8Array(0), packing: null });
  expect([isArrays('a.png', 'features.npy'), isArrays('README.md'), isArrays('x.npy', 'README.md')]).toEqual([false, false, true]);
});
