import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { splitOfName } from '../../src-main/formats/arrays/arrayNames.ts';
import { npyOf, npz, oddNpy } from './arraySupport.ts';
import { arrayOf, expectRefusal, plain, temporaryFolder } from './support.ts';

const { write } = temporaryFolder();
const y = (rows: number): Uint8Array => npyOf('<i8', [rows], (row) => row % 3);
let files = 0;
const archive = (arrays: Readonly<Record<string, Uint8Array>>): string => write(`${++files}.npz`, npz(arrays));
const isText = (text: string | RegExp): unknown => expect.stringMatching(text);
const wave = (value: number): number => Math.sin(value / 4);

describe('pictures in floats', () => {
  test.each([
    ['x', [6, 28, 28], 'both sides alike'],
    ['X', [6, 8, 8], 'the smallest'],
    ['arr_0', [6, 12, 10], 'sides nearly alike, nothing below zero'],
    ['images', [6, 62, 30], 'a name that says so'],
  ])('%s %j are images: %s', async (name, shape) => {
    const data = await openSource(archive({ [name]: npyOf('<f4', shape, (place) => place / 100), y: y(6) }));
    expect(arrayOf(data, 'image')).toMatchObject({ height: shape[1], width: shape[2], channels: 1 });
    expect(arrayOf(data, 'image').values[101]).toBe(Math.fround(1.01));
    expect(data.notes[0]).toMatch(/read as grey images of .* set the option axes to channels-last/);
  });

  test.each([
    ['x', [6, 20, 16], wave, 'sides unlike and values below zero'],
    ['signals', [6, 28, 28], Math.abs, 'a name that says series'],
    ['x', [6, 50, 8], Math.abs, 'many steps'],
    ['x', [6, 7, 7], Math.abs, 'too small'],
  ])('%s %j are series: %s, %#', async (name, shape, value) => {
    const data = await openSource(archive({ [name]: npyOf('<f8', shape, value), y: y(6) }));
    expect(arrayOf(data, 'sequence').features).toBe(shape[2]);
    expect(arrayOf(data, 'sequence').lengths[0]).toBe(shape[1]);
  });

  test('the option axes makes series of them', async () => {
    const path = archive({ x: npyOf('<f4', [2, 8, 9]), y: y(2) });
    expect(arrayOf(await openSource(path), 'image').height).toBe(8);
    expect(arrayOf(await openSource(path, { options: { axes: 'channels-last' } }), 'sequence').features).toBe(9);
    const turned = arrayOf(await openSource(path, { options: { axes: 'channels-first' } }), 'sequence');
    expect(turned.features).toBe(8);
    expect([...turned.values.slice(0, 9)]).toEqual([0, 9, 18, 27, 36, 45, 54, 63, 1]); // channel c of step s stands at 9 c + s
  });

  test('numbers of 16 bits keep their values as floats', async () => {
    const data = await openSource(archive({ x: npyOf('<u2', [2, 8, 8], (place) => 500 * place), y: y(2) }));
    expect(arrayOf(data, 'image').values.at(-1)).toBe(63_500); // 127 * 500
  });
});

describe('channels', () => {
  test('four dimensions with few values in the second have the channels first, which the option can deny', async () => {
    const path = archive({ x: npyOf('<f4', [2, 1, 6, 5]), y: y(2) });
    expect(arrayOf(await openSource(path), 'image')).toMatchObject({ height: 6, width: 5, channels: 1 });
    const odd = archive({ x: npyOf('|u1', [2, 3, 4, 2]), y: y(2) });
    const data = await openSource(odd);
    expect(arrayOf(data, 'image')).toMatchObject({ height: 3, width: 4, channels: 2 });
    expect(data.notes[0]).toContain('If the channels stand first, set the option axes to channels-first.');
    const first = arrayOf(await openSource(odd, { options: { axes: 'channels-first' } }), 'image');
    expect(first).toMatchObject({ height: 4, width: 2, channels: 3 });
    expect([...first.values.slice(0, 6)]).toEqual([0, 8, 16, 1, 9, 17]); // planes of 4 * 2
    await expectRefusal(
      openSource(path, { options: { axes: 'channels-last' } }),
      `${path}, array "x" of shape (2, 1, 6, 5): with axes channels-last an image would have 5 channels. Images have 1 to 4. Leave the option axes out.`,
    );
  });

  test.each([
    ['few channels in front of many steps', [4, 3, 50], (place: number) => (place * 7919) % 13, [50, 3]],
    ['nine channels of 128 steps (HAR)', [4, 9, 128], (place: number) => (place % 128) + 1000 * Math.floor(place / 128), [128, 9]],
    ['one channel', [4, 1, 20], wave, [20, 1]],
    ['steps first, as values are alike from step to step', [4, 10, 128], (place: number) => 100 * (place % 2) + Math.floor(place / 128), [10, 128]],
    ['steps first, as usual', [4, 50, 3], wave, [50, 3]],
    ['more features than steps, but not many more', [4, 10, 30], wave, [10, 30]],
  ])('series: %s', async (_, shape, value, [steps, features]) => {
    const data = await openSource(archive({ X: npyOf('<f8', shape, value), y: y(4) }));
    const array = arrayOf(data, 'sequence');
    expect([array.lengths[0], array.features]).toEqual([steps, features]);
    const isTurned = shape[1] !== steps;
    expect(array.values[1]).toBe(Math.fround(value(isTurned && shape[1] !== 1 ? (steps ?? 0) : 1))); // the second channel of the first step
    expect(data.notes[0]).toMatch(isTurned ? /the channels first\. If the steps come first, set the option axes to channels-last/ : /axes to channels-first/);
  });

  test('videos and volumes are refused by name', async () => {
    const path = archive({ x: npyOf('|u1', [2, 3, 4, 4, 3]), y: y(2) });
    await expectRefusal(
      openSource(path),
      `${path}, array "x" of shape (2, 3, 4, 4, 3) has 5 dimensions. Videos and volumes are not read: ` +
        'inputs have 2 (vectors), 3 (series, grey pictures) or 4 dimensions (pictures), rows first.',
    );
  });
});

describe('labels', () => {
  test.each([
    ['<f8', [5, 3]],
    ['|b1', [5, 3]],
    ['|u1', [5, 1, 3]],
  ])('rows with a single 1 are one class column: %s %j', async (type, shape) => {
    const data = await openSource(archive({ x: npyOf('<f4', [5, 4]), y: npyOf(type, shape, (place) => Number(place % 3 === Math.floor(place / 3) % 3)) }));
    expect(plain(data)).toEqual({ y: ['0', '1', '2', '0', '1'] });
    expect(data.notes).toContain(
      'Array "y" has a single 1 among 3 values in every row: it is read as one class column with the codes 0 to 2. ' +
        'Save its columns as arrays of their own to read them one by one.',
    );
  });

  test('a hundred classes in more values than the input are labels too', async () => {
    const data = await openSource(
      archive({ x: npyOf('<f4', [5, 4]), y: npyOf('|u1', [5, 100], (place) => Number(place % 100 === 90 + Math.floor(place / 100))) }),
    );
    expect(plain(data)).toEqual({ y: ['90', '91', '92', '93', '94'] });
    expect(arrayOf(data, 'vector').features).toBe(4);
  });

  test('several 1 a row, or none, stay columns, in all parts when in one', async () => {
    const single = (place: number): number => Number(place % 2 === 0);
    const data = await openSource(
      archive({ x_train: npyOf('<f4', [2, 3]), y_train: npyOf('|u1', [2, 2], () => 1), x_test: npyOf('<f4', [2, 3]), y_test: npyOf('|u1', [2, 2], single) }),
    );
    expect(plain(data)).toEqual({ split: ['train', 'train', 'test', 'test'], y_1: [1, 1, 1, 1], y_2: [1, 1, 0, 0] });
  });

  test('one line of labels, and labels within brackets of their own, are a column', async () => {
    for (const shape of [
      [1, 4],
      [4, 1],
      [4, 1, 1],
    ])
      expect(plain(await openSource(archive({ x: npyOf('<f4', [4, 3]), labels: npyOf('<i8', shape) })))).toEqual({ labels: [0, 1, 2, 3] });
  });

  test('another number of labels than rows is refused, and told when the rows stand elsewhere', async () => {
    const short = archive({ x: npyOf('|u1', [4, 8, 8]), y: y(3) });
    await expectRefusal(
      openSource(short),
      `${short}: the array "y" has 3 rows, but the input "x" has 4. Every row needs its label: save both with the same number of rows.`,
    );
    const unnamed = archive({ x: npyOf('|u1', [4, 8, 8]), kind: y(3) });
    await expect(openSource(unnamed)).rejects.toThrow('the array "kind" has 3 rows, but the input "x" has 4');
    const behind = archive({ X: npyOf('|u1', [8, 8, 3, 6]), y: y(6) });
    await expectRefusal(
      openSource(behind),
      `${behind}: the array "y" has 6 rows, but the input "X" has 8. Dimension 4 of the input has 6: if its rows stand there, save it with ` +
        'numpy.moveaxis(X, 3, 0).',
    );
  });

  test('names of classes and other arrays beside labels are no labels', async () => {
    const data = await openSource(archive({ x: npyOf('|u1', [4, 8, 8]), y: y(4), mean: npyOf('<f4', [64, 64, 3]), classes: npyOf('<i8', [2]) }));
    expect(plain(data)).toEqual({ y: [0, 1, 2, 0] });
    expect(data.notes).toContain('Array "mean" of shape (64, 64, 3) is not used.');
  });
});

test('the option entry says which array is the input', async () => {
  const path = archive({ large: npyOf('<f4', [4, 9]), small: npyOf('<f4', [4, 2]), y: y(4) });
  expect(arrayOf(await openSource(path, { options: { entry: 'small' } }), 'vector').features).toBe(2);
  expect(arrayOf(await openSource(path), 'vector').features).toBe(9);
  await expect(openSource(path, { options: { entry: 'smal' } })).rejects.toThrow('small');
  await expectRefusal(
    openSource(path, { options: { entry: 'y' } }),
    `${path}, array "y" of shape (4) cannot be the input. Inputs are numbers with several values a row.`,
  );
});

describe('arrays that are not read', () => {
  test.each([
    ["'<M8[ns]'", 8, 'dates (datetime64[ns]) are not read. Save them as numbers, as array.astype("int64") gives them.'],
    ["'<m8[s]'", 8, 'lengths of time (timedelta64[s]) are not read. Save them as numbers, as array.astype("int64") gives them.'],
    ["'<c16'", 16, 'complex numbers (<c16) are not read. Save real and imaginary parts, or size and phase, as arrays of numbers.'],
    ["[('a', '<f4'), ('b', '<i4')]", 8, 'structured arrays are not read. Save every field as an array of its own.'],
    ["'|V8'", 8, 'raw data (|V8) is not read. Save it with a number type or a fixed-length text type.'],
    ["'|O'", 8, 'object arrays are not read, because they can run code. Save it with a number type or a fixed-length text type.'],
  ])('%s is left out and named', async (descr, bytes, why) => {
    const data = await openSource(archive({ x: npyOf('<f4', [4, 3]), y: y(4), when: oddNpy(descr, [4], bytes) }));
    expect(plain(data)).toEqual({ y: [0, 1, 2, 0] });
    expect(data.notes).toContain(`Array "when" is left out: ${why}`);
  });

  test('without its labels or its input an archive is refused', async () => {
    for (const name of ['y', 'x'] as const) {
      const arrays = { x: npyOf('<f4', [4, 3]), y: y(4) };
      const path = archive({ ...arrays, [name]: oddNpy("'|O'", [4], 8) });
      await expect(openSource(path)).rejects.toThrow(`${path}, array "${name}": object arrays are not read`);
    }
  });
});

describe('parts by name', () => {
  test.each([
    ['trainX', 'trainY', 'testX', 'testY', 'Y'],
    ['X_train', 'y_train', 'X_test', 'y_test', 'y'],
    ['train_images', 'train_labels', 'test_images', 'test_labels', 'labels'],
    ['trainImages', 'trainLabels', 'testImages', 'testLabels', 'Labels'],
    ['x_tr', 'y_tr', 'x_te', 'y_te', 'y'],
    ['Xtrain', 'ytrain', 'Xtest', 'ytest', 'y'],
    ['XTrain', 'YTrain', 'XTest', 'YTest', 'Y'],
    ['train_set_x', 'train_set_y', 'test_set_x', 'test_set_y', 'set_y'],
    ['x', 'y', 'x_test', 'y_test', 'y'],
    ['X_train', 'Y_train', 'x_test', 'y_test', 'Y'],
  ])('%s, %s, %s, %s', async (a, b, c, d, label) => {
    const data = await openSource(archive({ [a]: npyOf('|u1', [3, 8, 8]), [b]: y(3), [c]: npyOf('|u1', [2, 8, 8]), [d]: y(2) }));
    expect(plain(data)).toEqual({ split: ['train', 'train', 'train', 'test', 'test'], [label]: [0, 1, 2, 0, 1] });
    expect(arrayOf(data, 'image').values).toHaveLength(5 * 64);
  });

  test('words that only look like parts tell none', () => {
    for (const name of ['ts', 'tr', 'contest', 'trainer', 'x', 'texts', 'extra', 'train_test'])
      expect([name, splitOfName(name)?.stem ?? null]).toEqual([name, name === 'train_test' ? 'test' : null]);
  });

  test('test rows without labels are left out, and lists of rows are no parts', async () => {
    const secret = await openSource(archive({ x_train: npyOf('|u1', [3, 8, 8]), y_train: y(3), x_test: npyOf('|u1', [2, 8, 8]) }));
    expect(plain(secret)).toEqual({ y: [0, 1, 2] });
    expect(secret.notes).toContain('The 2 rows of test have no labels and are left out.');
    const lists = await openSource(archive({ x: npyOf('<f4', [3, 4]), y: y(3), train_index: y(2), test_index: y(1) }));
    expect(plain(lists)).toEqual({ y: [0, 1, 2] });
    expect(lists.notes).toContainEqual(isText('"train_index" of shape \\(2\\) is not used'));
  });

  test('parts whose inputs differ are refused with both', async () => {
    const path = archive({ x_train: npyOf('<f4', [3, 4]), y_train: y(3), x_test: npyOf('<f4', [2, 5]), y_test: y(2) });
    await expectRefusal(
      openSource(path),
      `${path} (test) does not fit ${path} (train): it has vectors of 5 features and the columns y, the other vectors of 4 features and the columns y. ` +
        'Both parts must have the same columns and shape.',
    );
    const deep = archive({ x_train: npyOf('<f4', [3, 4]), y_train: y(3), x_test: npyOf('<f4', [2, 4, 4]), y_test: y(2) });
    await expectRefusal(openSource(deep), `${deep} (test): the array "x" has 3 dimensions, that of the first part has 2.`);
  });
});
