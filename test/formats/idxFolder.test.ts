import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { arrayOf, expectRefusal, plain, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();

/** An IDX file of unsigned bytes. */
function idxBytes(shape: readonly number[], values: readonly number[]): Buffer {
  const sizes = Buffer.alloc(4 * shape.length);
  shape.forEach((size, i) => sizes.writeUInt32BE(size, 4 * i));
  return Buffer.concat([Buffer.from([0, 0, 8, shape.length]), sizes, Buffer.from(values)]);
}

const images = (rows: number): Buffer =>
  idxBytes(
    [rows, 2, 3],
    Array.from({ length: rows * 6 }, (_, i) => i),
  );
const labels = (...codes: number[]): Buffer => idxBytes([codes.length], codes);
const names = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'] as const;
const contents = [images(2), labels(5, 0), images(1), labels(7)];
const joined = { split: ['train', 'train', 'test'], label: [5, 0, 7] };

/** Writes the four files of MNIST. @param placeOf the path of each */
function mnist(folder: string, placeOf: (name: string) => string, pack: (content: Buffer, at: number) => Buffer = (content) => content): string {
  names.forEach((name, at) => write(`${folder}/${placeOf(name)}`, pack(contents[at] ?? Buffer.alloc(0), at)));
  return `${root}/${folder}`;
}

test.each<[string, (name: string) => string]>([
  ['inside folders of the same name (Kaggle)', (name) => `${name}/${name}`],
  ['in a folder within (torchvision)', (name) => `MNIST/raw/${name}`],
  ['with a dot', (name) => name.replace('-idx', '.idx')],
  ['in folders for train and test', (name) => `${name.startsWith('train') ? 'training' : 'testing'}/${name}`],
  ['some in folders, some not', (name) => (name.startsWith('train') ? `${name}/${name}` : name)],
  ['with underscores in some names', (name) => (name.includes('labels') ? name.replace('-labels', '_labels') : name)],
  ['without the number of dimensions', (name) => name.replace(/idx\d-ubyte/, 'ubyte')],
])('the four files are found: %s', async (title, placeOf) => {
  const folder = mnist(title, placeOf);
  const data = await openSource(folder);
  expect(plain(data)).toEqual(joined);
  expect(arrayOf(data, 'image')).toMatchObject({ height: 2, width: 3, channels: 1 });
});

test('Kaggle has every file twice: the unpacked ones with a dot are read, once', async () => {
  const folder = mnist('twice', (name) => `${name}/${name}`);
  mnist('twice', (name) => name.replace('-idx', '.idx'));
  expect(plain(await openSource(folder))).toEqual(joined);
});

test('gzip and plain files may be mixed, in folders too', async () => {
  const folder = mnist(
    'mixed',
    (name) => (name.includes('images') ? `${name}/${name}` : `${name}.gz`),
    (content, at) => (at % 2 === 1 ? gzipSync(content) : content),
  );
  expect(plain(await openSource(folder))).toEqual(joined);
});

test('a file inside a folder of its own name finds its partner', async () => {
  const folder = mnist('deep', (name) => `${name}/${name}`);
  expect(plain(await openSource(`${folder}/${names[0]}/${names[0]}`))).toEqual({ label: [5, 0] });
  expect(plain(await openSource(`${folder}/${names[3]}/${names[3]}`))).toEqual({ label: [7] });
});

test('two data sets in folders beside each other are refused', async () => {
  mnist('both/MNIST', (name) => name);
  const folder = `${root}/both`;
  mnist('both/Fashion', (name) => name);
  await expectRefusal(openSource(folder), `${folder} has several sets of images: Fashion, MNIST. Give one of the folders.`);
});

test('a gzip file that holds fewer or more values than it says is refused', async () => {
  const cut = write('gzip/train-images-idx3-ubyte.gz', gzipSync(images(2).subarray(0, 20)));
  write('gzip/train-labels-idx1-ubyte', labels(5, 0));
  await expectRefusal(openSource(cut), `${cut} has the wrong length: 2x2x3 unsigned bytes need 28 bytes with the header, found 20.`); // 4 + 3 * 4 + 12
  const long = write('gzip/train-images-idx3-ubyte.gz', gzipSync(Buffer.concat([images(2), Buffer.alloc(3)])));
  await expectRefusal(openSource(long), `${long} has the wrong length: 2x2x3 unsigned bytes need 28 bytes with the header, found 31.`);
  const torn = write('gzip/train-images-idx3-ubyte.gz', gzipSync(images(2)).subarray(0, 30));
  await expectRefusal(openSource(torn), `${torn} cannot be unpacked: its gzip data is damaged or cut off.`);
});
