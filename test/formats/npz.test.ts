import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { npy, npyOf, npz, oddNpy, readNpy } from './arraySupport.ts';
import { expectDamageIsTold } from './damage.ts';
import { arrayOf, expectRefusal, fixture, plain, temporaryFolder } from './support.ts';

// The fixtures were written by NumPy 2.4.6; the arrays are those of numpy.arange in the named shapes.
const { write } = temporaryFolder();
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('arrays', () => {
  const types = unzipSync(readFileSync(fixture('npz/types.npz')));

  test.each(Object.entries(types))('%s is read', async (_, content) => {
    expect(await readNpy(content)).toMatchObject({ shape: [3, 4], values: upTo(12) });
  });

  test('all eleven number types are there in both byte orders', () => {
    expect(Object.keys(types)).toHaveLength(22);
  });

  test('Fortran order is turned into row order', async () => {
    expect(plain(await openSource(fixture('npz/fortran.npy')))).toEqual({ column1: [0, 4, 8], column2: [1, 5, 9], column3: [2, 6, 10], column4: [3, 7, 11] });
  });
});

describe('roles by shape', () => {
  test('bytes of three dimensions are images, and arrays with a value a row are columns', async () => {
    const data = await openSource(fixture('npz/images.npz'));
    expect(arrayOf(data, 'image')).toEqual({ kind: 'image', height: 3, width: 4, channels: 1, values: Uint8Array.from(upTo(24)) });
    expect(plain(data)).toEqual({
      y: [7, 9],
      name: ['a', 'Ωx'],
      code: ['ab', 'c'],
      big: ['p', 'q'],
      flag: [1, 0],
      pair: [1.5, 2.5],
      multi_1: [1, 4],
      multi_2: [2, 5],
      multi_3: [3, 6],
    });
    expect(data.notes).toEqual(['Input is the array "x" of shape (2, 3, 4), read as images.', 'Array "extra" of shape (5) is not used.']);
  });

  test('floats of three dimensions are sequences of equal length', async () => {
    const data = await openSource(fixture('npz/sequence.npz'));
    expect(arrayOf(data, 'sequence')).toEqual({ kind: 'sequence', features: 4, lengths: Int32Array.of(3, 3), values: Float32Array.from(upTo(24)) });
    expect(plain(data)).toEqual({ y: [1.5, 2] });
  });

  test('images with the channels first are turned', async () => {
    const array = arrayOf(await openSource(fixture('npz/channelsFirst.npz')), 'image');
    expect(array).toMatchObject({ height: 4, width: 5, channels: 3 });
    expect([...array.values.slice(0, 6)]).toEqual([0, 20, 40, 1, 21, 41]); // pixel (0,0) and (0,1) of planes of 4 * 5
  });

  test('x_train, y_train, x_test, y_test are joined with the column split', async () => {
    const data = await openSource(fixture('npz/split.npz'));
    expect(plain(data)).toEqual({ split: ['train', 'train', 'test'], y: [0, 1, 1] });
    expect(arrayOf(data, 'vector')).toEqual({ kind: 'vector', features: 3, values: Float32Array.of(0, 1, 2, 3, 4, 5, 100, 101, 102) });
  });

  test('an archive or an array that was zipped once more with gzip is read like itself', async () => {
    const archive = readFileSync(fixture('npz/split.npz'));
    expect(plain(await openSource(write('split.npz.gz', gzipSync(archive))))).toEqual(plain(await openSource(fixture('npz/split.npz'))));
    const array = write('fortran.npy.gz', gzipSync(readFileSync(fixture('npz/fortran.npy'))));
    expect(plain(await openSource(array))).toEqual(plain(await openSource(fixture('npz/fortran.npy'))));
  });

  test('a matrix by itself is a table, and one of very many columns a vector', async () => {
    const wide = write('wide.npy', npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1200), }", new Uint8Array(2400).fill(3)));
    expect(arrayOf(await openSource(wide), 'vector').features).toBe(1200);
    const one = write('one.npy', npy("{'descr': '|i1', 'fortran_order': False, 'shape': (2,), }", Uint8Array.of(255, 4)));
    expect(plain(await openSource(one))).toEqual({ one: [-1, 4] });
  });
});

describe('refusals', () => {
  test('arrays of objects, fields and unknown types are refused by name', async () => {
    const object = write('object.npy', unzipSync(readFileSync(fixture('npz/object.npz')))['names.npy'] ?? '');
    await expectRefusal(
      openSource(object),
      `${object}: object arrays are not read, because they can run code. Save it with a number type or a fixed-length text type.`,
    );
    const structured = fixture('npz/structured.npy');
    await expectRefusal(openSource(structured), `${structured}: structured arrays are not read. Save every field as an array of its own.`);
    const complex = fixture('npz/complex.npy');
    await expectRefusal(
      openSource(complex),
      `${complex}: complex numbers (<c16) are not read. Save real and imaginary parts, or size and phase, as arrays of numbers.`,
    );
    const dates = write('dates.npy', oddNpy("'<M8[D]'", [3], 8));
    await expectRefusal(openSource(dates), `${dates}: dates (datetime64[D]) are not read. Save them as numbers, as array.astype("int64") gives them.`);
    const long = write('long.npy', oddNpy("'<f16'", [3], 16));
    await expectRefusal(openSource(long), `${long}: the type <f16 is not read. Types are f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1 and fixed-length texts (U, S).`);
  });

  test('a wrong length, an odd header and a foreign file are refused', async () => {
    const short = write('short.npy', npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }", new Uint8Array(20)));
    await expectRefusal(openSource(short), `${short} has the wrong length: shape (3, 2) of <f4 needs 24 bytes, found 20.`);
    const huge = write('huge.npy', npy("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999), }"));
    await expectRefusal(openSource(huge), `${huge} states an impossible shape (99999999999, 99999999999).`);
    const bare = write('bare.npy', npy('{}'));
    await expectRefusal(openSource(bare), `${bare} has a header without descr, fortran_order and shape.`);
    const long = write('long.npy', Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([2, 0, 0, 0, 2, 0]), Buffer.alloc(40)]));
    await expectRefusal(openSource(long), `${long} has a header of 131072 bytes. At most 65536 are read.`); // 0x00020000
    const cut = write('cut.npy', npy("{'descr': '<f4'}").subarray(0, 20));
    await expectRefusal(openSource(cut), `${cut} is cut off in its header.`);
    const newer = write('newer.npy', Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([9, 0, 0, 0, 0, 0])]));
    await expectRefusal(openSource(newer), `${newer} is not an NPY array of version 1, 2 or 3.`);
    const foreign = write('foreign.npz', 'hello');
    await expectRefusal(openSource(foreign), `${foreign} is neither an NPY array nor an NPZ archive.`);
    const none = write('scalar.npy', npy("{'descr': '|u1', 'fortran_order': False, 'shape': (), }", Uint8Array.of(1)));
    await expectRefusal(openSource(none), `${none} holds no array with rows: scalar ().`);
  });

  test('archives without arrays, cut archives and outward names are refused', async () => {
    const empty = write('empty.npz', zipSync({ 'readme.md': strToU8('x') }));
    await expectRefusal(openSource(empty), `${empty} holds no .npy arrays.`);
    const cut = write('cut.npz', readFileSync(fixture('npz/images.npz')).subarray(0, 900));
    await expectRefusal(openSource(cut), `${cut} cannot be unpacked: the ZIP archive is damaged, encrypted or cut off.`);
    for (const name of ['../x.npy', '/x.npy', 'a/../../x.npy', 'C:/x.npy', '..\\x.npy']) {
      const path = write('outward.npz', zipSync({ [name]: strToU8('x') }));
      await expectRefusal(openSource(path), `${path} holds an entry that points outside the archive (${JSON.stringify(name)}) and is refused.`);
    }
  });

  test('an archive that unpacks a hundredfold past 256 MB is refused before it is unpacked', async () => {
    const zip = zipSync({ 'x.npy': strToU8('x') });
    const view = new DataView(zip.buffer, zip.byteOffset, zip.length);
    // The size that the central directory states
    for (let at = 0; at < zip.length - 46; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0x7fffffff, true);
    const bomb = write('bomb.npz', zip);
    await expectRefusal(openSource(bomb), `${bomb} unpacks from ${zip.length} bytes to more than 256 MB and is refused.`);
  });

  test('an archive that lies about sizes is refused', async () => {
    const zip = npz({ x: npyOf('|u1', [4920]) });
    const view = new DataView(zip.buffer, zip.byteOffset, zip.length);
    for (let at = 0; at < zip.length - 46; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 9000, true);
    const liar = write('liar.npz', zip);
    await expectRefusal(openSource(liar), `${liar}, entry x.npy: 8.8 KB expected, 4.9 KB found. The archive is damaged.`);
  });
});

test.each([
  ['npz/images.npz', 't.npz'],
  ['npz/fortran.npy', 't.npy'],
])('%s damaged anywhere is read or refused with a sentence, and nothing else happens', async (from, name) => {
  await expectDamageIsTold('npz', name, readFileSync(fixture(from)), write);
});
