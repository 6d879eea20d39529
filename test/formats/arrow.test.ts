import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { expectDamageIsTold } from './damage.ts';
import { arrayOf, columnOf, expectRefusal, fixture, plain, temporaryFolder } from './support.ts';

const { write } = temporaryFolder();
const types = fixture('more/types.feather'); // make.py beside it says what is in it

describe('files that pyarrow made', () => {
  test.each(['types.feather', 'stream.arrows'])('%s: every type, with a missing value in the middle', async (name) => {
    const read = await openSource(fixture(`more/${name}`));
    expect(plain(read)).toEqual({
      small: [1, NaN, -3],
      large: ['9007199254740993', null, '1'], // 2^53 + 1: no double
      safe: [9007199254740991, NaN, 1],
      half: [0.5, NaN, -2],
      real: [0.1, NaN, 1e300],
      cents: [1.25, NaN, -0.05],
      text: [null, null, 'zwei'],
      group: ['b', null, 'a'],
      flag: ['true', null, 'false'],
      day: ['2024-02-29', null, '1969-12-31'],
      moment: ['2024-02-29T08:15:30.250', null, '1969-12-31T23:59:59'],
      midnight: ['2024-02-29', null, '2024-03-01'],
      time: ['08:15:00', null, '23:59:59'],
      nothing: [NaN, NaN, NaN],
    });
    expect(columnOf(read, 'group')).toMatchObject({ kind: 'coded', texts: ['b', 'a'] });
    expect(read.notes.map((note) => note.split(' of a kind')[0])).toEqual(['Column "list" holds lists', 'Column "record" holds records']);
    expect(read.format).toBe('arrow');
  });

  test.each(['long-lz4.feather', 'long-zstd.feather'])('%s: packed buffers of several blocks', async (name) => {
    const { third = [], word = [] } = plain(await openSource(fixture(`more/${name}`)));
    expect(third).toEqual(Array.from({ length: 30_000 }, (_, i) => i % 3));
    expect(word).toEqual(Array.from({ length: 30_000 }, (_, i) => `w${i % 7}`));
  });

  test('lists of one length are the input', async () => {
    const read = await openSource(fixture('more/vectors.feather'));
    expect(arrayOf(read, 'vector')).toMatchObject({ features: 2, values: Float32Array.of(1, 2, 3, 4.5) });
    expect(plain(read)).toEqual({ label: ['x', 'y'] });
  });

  test('they are known by their content', async () => {
    for (const name of ['types.csv', 'types']) expect((await openSource(write(name, readFileSync(types)))).format, name).toBe('arrow');
    expect((await openSource(write('stream.bin', readFileSync(fixture('more/stream.arrows'))))).format).toBe('arrow');
  });
});

describe('refusals', () => {
  test('another file under the name, and one that is cut off', async () => {
    const other = write('other.feather', 'a,b\n1,2\n');
    await expectRefusal(
      openSource(other),
      `${other} is no Arrow or Feather file: it begins otherwise. Save it again, for example with pandas.to_feather or as Parquet.`,
    );
    const cut = write('cut.feather', readFileSync(types).subarray(0, 1000));
    await expectRefusal(
      openSource(cut),
      expect.stringMatching(/cut\.feather is damaged or cut off, or of a kind of Arrow that is not read \(.*\)\. Save it again/) as string,
    ); // matched as a text
  });

  test('a buffer that states more than is honest', async () => {
    const content = readFileSync(fixture('more/long-lz4.feather'));
    const frame = content.indexOf(Buffer.from([0x04, 0x22, 0x4d, 0x18])); // LZ4's magic number, after the length that Arrow writes before it
    content.writeBigInt64LE(2n ** 40n, frame - 8);
    const path = write('bomb.feather', content);
    // Matched as a text
    await expectRefusal(openSource(path), expect.stringMatching(/bomb\.feather unpacks from [\d.]+ KB to more than 256 MB and is refused\./) as string);
  });

  test.each(['types.feather', 'stream.arrows'])('%s damaged anywhere is read or refused with a sentence, and nothing else happens', async (name) => {
    await expectDamageIsTold('arrow', `damaged-${name}`, readFileSync(fixture(`more/${name}`)), write);
  });
});
