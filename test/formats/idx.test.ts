import { gzipSync } from 'node:zlib';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../src-main/formats/archives/byteSource.ts';
import { openIdx } from '../../src-main/formats/arrays/idxFile.ts';
import { openSource } from '../../src-main/formats/index.ts';
import { allNumbers } from '../../src-main/formats/arrays/namedArray.ts';
import { expectDamageIsTold } from './damage.ts';
import { arrayOf, expectRefusal, plain, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();

/** An IDX file: magic, sizes, values, all big-endian. */
function idxBytes(type: number, shape: readonly number[], values: Uint8Array | readonly number[]): Buffer {
  const sizes = Buffer.alloc(4 * shape.length);
  shape.forEach((size, i) => sizes.writeUInt32BE(size, 4 * i));
  return Buffer.concat([Buffer.from([0, 0, type, shape.length]), sizes, Buffer.from(values)]);
}

const images = (rows: number, first = 0): Buffer =>
  idxBytes(
    8,
    [rows, 2, 3],
    Array.from({ length: rows * 6 }, (_, i) => first + i),
  );
const labels = (...codes: number[]): Buffer => idxBytes(8, [codes.length], codes);

describe('pairs', () => {
  beforeAll(() => {
    write('mnist/train-images-idx3-ubyte.gz', gzipSync(images(2)));
    write('mnist/train-labels-idx1-ubyte.gz', gzipSync(labels(5, 0)));
    write('mnist/t10k-images-idx3-ubyte', images(1, 100));
    write('mnist/t10k-labels-idx1-ubyte', labels(7));
  });

  test('train and t10k pairs of a folder, gzip or not, become one data set with the column split', async () => {
    const data = await openSource(`${root}/mnist`);
    expect(data.format).toBe('idx');
    expect(data.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['split coded', 'label number']);
    expect(plain(data)).toEqual({ split: ['train', 'train', 'test'], label: [5, 0, 7] });
    expect(arrayOf(data, 'image')).toMatchObject({ height: 2, width: 3, channels: 1 });
    expect([...arrayOf(data, 'image').values]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 100, 101, 102, 103, 104, 105]);
    expect(arrayOf(data, 'image').values).toBeInstanceOf(Uint8Array);
    expect(data.notes).toEqual(['Rows by the column "split": 2 train, 1 test.']);
  });

  test.each(['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'])(
    'one file of a pair finds its partner and leaves the other pair: %s',
    async (name) => {
      expect(plain(await openSource(`${root}/mnist/${name}`))).toEqual({ label: [5, 0] });
    },
  );

  test('names of EMNIST and of archives that write a dot are known too', async () => {
    for (const [folder, a, b] of [
      ['emnist', 'emnist-letters-test-images-idx3-ubyte', 'emnist-letters-test-labels-idx1-ubyte'],
      ['dotted', 'train-images.idx3-ubyte', 'train-labels.idx1-ubyte'],
    ] as const) {
      write(`${folder}/${a}`, images(1));
      write(`${folder}/${b}`, labels(3));
      expect(plain(await openSource(`${root}/${folder}`))).toEqual({ label: [3] });
    }
  });

  test('labels.txt gives the classes their names', async () => {
    write('named/train-images-idx3-ubyte', images(2));
    write('named/train-labels-idx1-ubyte', labels(1, 0));
    write('named/labels.txt', 'T-shirt\nTrouser\n');
    expect(plain(await openSource(`${root}/named`))).toEqual({ label: ['Trouser', 'T-shirt'] });
    const path = write('fewNames/train-labels-idx1-ubyte', labels(1, 2));
    write('fewNames/train-images-idx3-ubyte', images(2));
    const names = write('fewNames/labels.txt', 'T-shirt\nTrouser\n');
    await expectRefusal(openSource(dirname(path)), `${path}, row 2: label 2, but ${names} names only the classes 0 to 1.`);
    write('fewNames/labels.txt', 'a\nb\na\n');
    await expectRefusal(openSource(dirname(path)), `${names}, row 3: the class name "a" is there twice. Give every class its own name.`);
  });
});

describe('labels.csv', () => {
  const pairs = (folder: string): string => {
    write(`${folder}/train-images-idx3-ubyte`, images(2));
    write(`${folder}/train-labels-idx1-ubyte`, labels(5, 0));
    write(`${folder}/test-images-idx3-ubyte`, images(1));
    write(`${folder}/test-labels-idx1-ubyte`, labels(7));
    return `${root}/${folder}`;
  };

  test('rows in order give further columns, renamed where a name is taken', async () => {
    const folder = pairs('ordered');
    write('ordered/labels.csv', 'group,label\ntop,1\nshoe,2\ntop,3\n');
    const data = await openSource(folder);
    expect(plain(data)).toEqual({ split: ['train', 'train', 'test'], label: [5, 0, 7], group: ['top', 'shoe', 'top'], label_2: [1, 2, 3] });
    expect(data.notes).toContain('The column "label" of labels.csv is called "label_2": the name was taken.');
  });

  test('the columns split and index place rows in any order, for a pair alone too', async () => {
    const folder = pairs('keyed');
    write('keyed/labels.csv', 'split,index,group\nt10k,0,c\ntrain,1,b\n');
    const data = await openSource(folder);
    expect(plain(data)).toEqual({ split: ['train', 'train', 'test'], label: [5, 0, 7], group: [null, 'b', 'c'] });
    expect(data.notes).toContain('1 rows are not in labels.csv; their further labels are missing.');
    expect(plain(await openSource(`${folder}/test-images-idx3-ubyte`)).group).toEqual(['c']);
  });

  test('a wrong number of rows and a repeated key are refused', async () => {
    const folder = pairs('wrong');
    const path = write('wrong/labels.csv', 'group\na\nb\n');
    await expectRefusal(openSource(folder), `${path} has 2 rows, but the images have 3. Give one row for each image in order, or the columns split and index.`);
    write('wrong/labels.csv', 'split,index,group\ntrain,0,a\ntrain,0,b\n');
    await expectRefusal(openSource(folder), `${path}: split "train" with index 0 is there twice. Every image has one row.`);
  });

  test('images with a labels.csv need no label file', async () => {
    write('csvOnly/train-images-idx3-ubyte', images(2));
    write('csvOnly/labels.csv', 'group\na\nb\n');
    expect(plain(await openSource(`${root}/csvOnly`))).toEqual({ group: ['a', 'b'] });
  });
});

describe('one file', () => {
  test('every value type is read', async () => {
    const cases: [number, number, (bytes: Buffer, value: number) => void, number][] = [
      [0x08, 1, (bytes, value) => bytes.writeUInt8(value), 200],
      [0x09, 1, (bytes, value) => bytes.writeInt8(value), -100],
      [0x0b, 2, (bytes, value) => bytes.writeInt16BE(value), -30_000],
      [0x0c, 4, (bytes, value) => bytes.writeInt32BE(value), -2_000_000_000],
      [0x0d, 4, (bytes, value) => bytes.writeFloatBE(value), 1.5],
      [0x0e, 8, (bytes, value) => bytes.writeDoubleBE(value), 0.1],
    ];
    for (const [type, size, put, value] of cases) {
      const body = Buffer.alloc(size);
      put(body, value);
      expect([...(await allNumbers(await openIdx('t', sourceOfBytes(idxBytes(type, [1], body)))))]).toEqual([value]);
      const alone = await openSource(write('types.idx', idxBytes(type, [1, 1, 1], body)));
      expect([...arrayOf(alone, 'image').values]).toEqual([type === 8 ? value : Math.fround(value)]);
    }
  });

  test('dimensions decide: images with channels, vectors, a label column', async () => {
    const image = await openSource(write('alone/color.idx', idxBytes(8, [1, 2, 2, 3], new Array<number>(12).fill(9))));
    expect(arrayOf(image, 'image')).toMatchObject({ height: 2, width: 2, channels: 3 });
    const vector = await openSource(write('alone/vector.idx.gz', gzipSync(idxBytes(8, [2, 2], [1, 2, 3, 4]))));
    expect(arrayOf(vector, 'vector')).toMatchObject({ features: 2, values: Float32Array.of(1, 2, 3, 4) });
    expect(plain(await openSource(write('alone/codes.idx', labels(4, 2))))).toEqual({ label: [4, 2] });
  });

  test('several labels a row become label1, label2', async () => {
    write('multi/train-images-idx3-ubyte', images(2));
    write('multi/train-labels-idx2-int', idxBytes(8, [2, 2], [1, 2, 3, 4]));
    expect(plain(await openSource(`${root}/multi`))).toEqual({ label1: [1, 3], label2: [2, 4] });
  });
});

describe('refusals', () => {
  test('a wrong magic number says what was expected and found', async () => {
    const path = write('magic.idx', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]));
    await expectRefusal(
      openSource(path),
      `${path} is not an IDX file: expected the magic number 00 00, a type 08 to 0e and 1 to 4 dimensions, found 89 50 4e 47.`,
    );
  });

  test('a wrong length says what was expected and found', async () => {
    const path = write('length.idx', images(2).subarray(0, 20));
    await expectRefusal(openSource(path), `${path} has the wrong length: 2x2x3 unsigned bytes need 28 bytes with the header, found 20.`); // 4 + 3 * 4 + 12
    const short = write('short.idx', images(2).subarray(0, 9));
    await expectRefusal(openSource(short), `${short} is cut off: its header needs 16 bytes, found 9.`);
    const none = write('none.idx', idxBytes(8, [0, 2, 2], []));
    await expectRefusal(openSource(none), `${none} has no values: its shape is 0x2x2.`);
  });

  test('missing partners, unequal pairs and unrelated sets are refused', async () => {
    const lonely = write('lonely/train-images-idx3-ubyte', images(2));
    await expectRefusal(
      openSource(lonely),
      `${lonely} has images without labels: expected train-labels-idx1-ubyte, train-labels-idx1-ubyte.gz or labels.csv beside it.`,
    );
    const blind = write('blind/train-labels-idx1-ubyte', labels(1));
    await expectRefusal(openSource(blind), `${blind} has labels without images: expected train-images-idx3-ubyte or train-images-idx3-ubyte.gz beside it.`);
    const a = write('unequal/train-images-idx3-ubyte', images(2));
    const b = write('unequal/train-labels-idx1-ubyte', labels(1, 2, 3));
    await expectRefusal(openSource(a), `${b} has 3 labels, but ${a} has 2 images.`);
    write('unrelated/cats-images-idx3-ubyte', images(2));
    write('unrelated/dogs-images-idx3-ubyte', images(2));
    await expectRefusal(
      openSource(`${root}/unrelated`),
      `${root}/unrelated has several sets of images that are not train and test of one: cats-images, dogs-images. Give one of the files.`,
    );
    await expectRefusal(
      openSource(`${root}/blind`, { format: 'idx' }),
      `${root}/blind has no images: expected a file such as train-images-idx3-ubyte or train-images-idx3-ubyte.gz.`,
    );
  });

  test('parts of different shape, deep labels and many channels are refused', async () => {
    const train = write('shapes/train-images-idx3-ubyte', images(1));
    write('shapes/train-labels-idx1-ubyte', labels(1));
    const testPath = write('shapes/test-images-idx3-ubyte', idxBytes(8, [1, 2, 2], [1, 2, 3, 4]));
    write('shapes/test-labels-idx1-ubyte', labels(1));
    await expectRefusal(
      openSource(`${root}/shapes`),
      `${testPath} does not fit ${train}: it has 2x2x1 images and the columns label, ` +
        'the other 2x3x1 images and the columns label. Both parts must have the same columns and shape.',
    );
    const deep = write('deep/train-labels-idx3-ubyte', images(1));
    write('deep/train-images-idx3-ubyte', images(1));
    await expectRefusal(openSource(`${root}/deep`), `${deep} has labels of 3 dimensions (1x2x3). Labels have one, or two with several labels a row.`);
    const many = write('many.idx', idxBytes(8, [1, 1, 1, 5], [1, 2, 3, 4, 5]));
    await expectRefusal(openSource(many), `${many} has 5 values a pixel (shape 1x1x1x5). Images have 1 to 4 channels, in the last dimension.`);
  });
});

test('a file damaged anywhere is read or refused with a sentence, and nothing else happens', async () => {
  await expectDamageIsTold('idx', 't.idx', images(2), write);
});
