import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { expectDamageIsTold } from './damage.ts';
import { arrayOf, expectRefusal, fixture, plain, temporaryFolder } from './support.ts';

const { write } = temporaryFolder();
const arrays = fixture('more/arrays.h5'); // make.py beside it says what is in it
const split = fixture('more/split.h5');

describe('files that h5py made', () => {
  test('the largest array is the input, those with a value a row are columns: every type, packed, big-endian and half ones among them', async () => {
    const read = await openSource(arrays);
    expect(plain(read)).toEqual({
      fixed: ['a', 'bc', 'a', 'd'],
      flag: [1, 0, 1, 1],
      half: [0.5, -2, 10000, 3],
      labels: [0, 1, 0, 1],
      packed: [1.5, 2.5, 3.5, 4.5],
      words: ['red', 'blue', 'red', 'grün'],
    });
    expect([...arrayOf(read, 'image').values]).toEqual(Array.from({ length: 36 }, (_, i) => i));
    expect(read.format).toBe('hdf5');
    expect(read.notes).toContain('Array "pairs" is left out: structured arrays are not read. Save every field as an array of its own.');
  });

  test('links are not followed, and other files not opened', async () => {
    const read = await openSource(arrays); // "elsewhere" leads into other.h5, where 7 stands
    expect(read.columns.map(({ name }) => name)).not.toContain('elsewhere');
    expect(read.notes).toContain('Links are not followed: elsewhere, gone, linked.');
    const outside = fixture('more/external.h5'); // its y is the first bytes of types.feather
    await expectRefusal(
      openSource(outside),
      `${outside} is damaged or cut off, or of a kind of HDF5 that is not read (unable to open external raw data file). Get the file again.`,
    );
  });

  test('groups train and test are the parts', async () => {
    const read = await openSource(split);
    expect(plain(read)).toEqual({ split: ['train', 'train', 'train', 'test', 'test'], y: [0, 1, 2, 0, 1] });
    expect([...arrayOf(read, 'vector').values]).toEqual([...Array.from({ length: 15 }, (_, i) => i), ...Array.from({ length: 10 }, (_, i) => i)]);
  });

  test('the option entry names a group, or the array that is the input', async () => {
    expect((await openSource(split, { options: { entry: '/test' } })).rows).toBe(2);
    expect(arrayOf(await openSource(arrays, { options: { entry: 'images' } }), 'image').height).toBe(3);
    await expectRefusal(
      openSource(split, { options: { entry: 'tests' } }),
      expect.stringMatching(/split\.h5 has no entry "tests"\. Did you mean test\/x/) as string,
    ); // matched as a text
  });

  test('they are known by their content', async () => {
    for (const name of ['split.dat', 'split.csv', 'split']) expect((await openSource(write(name, readFileSync(split)))).format, name).toBe('hdf5');
  });
});

describe('refusals', () => {
  test('weights of Keras by name', async () => {
    const path = fixture('more/weights.h5');
    await expectRefusal(openSource(path), `${path} holds the weights of a Keras network, not data. Give the file that the network learned from.`);
  });

  test('an array that states more than the file can hold', async () => {
    const path = fixture('more/void.h5'); // 10^9 x 1000 numbers that were never written
    await expectRefusal(openSource(path), `${path}, array "x" unpacks from 1.4 KB to 7451 GB and is refused.`);
  });

  test('another file under the name', async () => {
    const path = write('other.h5', 'a text, which is no HDF5');
    await expectRefusal(openSource(path), `${path} is no HDF5 file: it begins otherwise. Get the file again.`);
  });

  test('a file damaged anywhere is read or refused with a sentence, and nothing else happens', async () => {
    await expectDamageIsTold('hdf5', 'damaged.h5', readFileSync(split), write);
  });
});
