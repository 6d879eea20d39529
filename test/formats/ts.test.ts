import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { expectDamageIsTold } from './damage.ts';
import { arrayOf, expectRefusal, plain, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();
const header = // 9 lines
  '# a remark\n@problemName Toy\n@timeStamps false\n@missing true\n@univariate false\n@dimensions 2\n@equalLength false\n@classLabel true a b\n@data\n';

describe('series', () => {
  test('rows of unequal length become one ragged array and the class a text column', async () => {
    const data = await openSource(write('toy.ts', `${header}1,2,3:10,20,30:a\r\n4,5:40,50:b\n`));
    expect(data.format).toBe('ts');
    expect(plain(data)).toEqual({ class: ['a', 'b'] });
    expect(arrayOf(data, 'sequence')).toEqual({
      kind: 'sequence',
      features: 2,
      lengths: Int32Array.of(3, 2),
      values: Float32Array.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50),
    });
    expect(data.notes).toEqual(['Series of 2 dimensions and 2 to 3 steps.']);
  });

  test('classes may be listed with commas between them', async () => {
    expect(plain(await openSource(write('commas.ts', '@problemName T\n@classLabel true a,b, c\n@data\n1:a\n2:c\n')))).toEqual({ class: ['a', 'c'] });
  });

  test('a target is a number column, and no label no column', async () => {
    const target = await openSource(write('target.ts', '@problemName T\n@univariate true\n@targetLabel true\n@data\n1,2:0.5\n3,4:?\n'));
    expect(plain(target)).toEqual({ target: [0.5, NaN] });
    const bare = await openSource(write('bare.ts', '@problemName T\n@univariate true\n@classLabel false\n@data\n1,2\n'));
    expect(bare.columns).toEqual([]);
    expect(arrayOf(bare, 'sequence').features).toBe(1);
  });

  test('gaps are filled on the line between their neighbours, ends with the nearest, empty dimensions with 0, and missing tails are cut', async () => {
    const data = await openSource(write('gaps.ts', `${header}?,1,?,?,4,?:?,?,?,?,?,?:a\n`));
    expect([...arrayOf(data, 'sequence').values]).toEqual([1, 0, 1, 0, 2, 0, 3, 0, 4, 0]);
    expect(data.notes).toEqual([
      'Series of 2 dimensions and 5 steps.',
      '1 missing steps at the ends of series were cut off.',
      '8 missing values inside series were filled by linear interpolation (0 where a whole dimension is missing).',
    ]);
  });

  test('_TRAIN and _TEST are joined from either file and from their folder', async () => {
    write('pair/Toy_TRAIN.ts', `${header}1:1:a\n`);
    write('pair/Toy_TEST.ts', `${header}2:2:b\n3:3:a\n`);
    for (const path of ['pair/Toy_TRAIN.ts', 'pair/Toy_TEST.ts', 'pair']) {
      const data = await openSource(`${root}/${path}`);
      expect(plain(data)).toEqual({ split: ['train', 'test', 'test'], class: ['a', 'b', 'a'] });
      expect([...arrayOf(data, 'sequence').lengths]).toEqual([1, 1, 1]);
    }
  });

  test('a part alone is read without the column split', async () => {
    expect(plain(await openSource(write('single/Toy_TRAIN.ts', `${header}1:1:a\n`)))).toEqual({ class: ['a'] });
  });
});

describe('refusals', () => {
  test.each([
    ['1,2:1,2,3:a', 'row 10: dimension 2 has 3 steps, but dimension 1 has 2. All dimensions of a row must be equally long.'],
    ['1,2:a', 'row 10: 1 dimension, but 2 dimensions expected.'],
    ['1,2:1,2:c', 'row 10: the class "c" is not among those of @classLabel (a, b).'],
    ['1,x:1,2:a', 'row 10, step 2: "x" is not a number.'],
    ['1,,2:1,2,3:a', 'row 10, step 2: "" is not a number.'],
    ['?,?:?,?:a', 'row 10: the series has no values.'],
    ['1,2:1,2:', 'row 10: no class after the last ":".'],
  ])('%s', async (line, text) => {
    const path = write('bad.ts', `${header}${line}\n`);
    await expectRefusal(openSource(path), `${path}, ${text}`);
  });

  test('headers that cannot be read are refused with their line', async () => {
    const stamped = write('stamped.ts', '@problemName T\n@timestamps true\n@data\n');
    await expectRefusal(openSource(stamped), `${stamped}, row 2: series with time stamps are not read. Save the values alone, with @timestamps false.`);
    const odd = write('odd.ts', '@problemName T\nhello\n');
    await expectRefusal(openSource(odd), `${odd}, row 2: expected a header line such as @problemName or @data, found "hello".`);
    const none = write('none.ts', '@problemName T\n');
    await expectRefusal(openSource(none), `${none} has no @data line.`);
    const empty = write('noSeries.ts', '@problemName T\n@data\n\n');
    await expectRefusal(openSource(empty), `${empty} has no series after @data.`);
    const dimensions = write('dimensions.ts', '@problemName T\n@dimensions two\n@data\n');
    await expectRefusal(openSource(dimensions), `${dimensions}, row 2: @dimensions must be a whole number of at least 1, found "two".`);
    const target = write('badTarget.ts', '@problemName T\n@targetLabel true\n@data\n1,2:high\n');
    await expectRefusal(openSource(target), `${target}, row 4: the target value "high" is not a number.`);
  });

  test('folders with several problems or none are refused', async () => {
    write('several/A_TRAIN.ts', header);
    write('several/B_TRAIN.ts', header);
    await expectRefusal(openSource(`${root}/several`), `${root}/several has several problems: A, B. Give one of the files.`);
    write('nothing/readme.md', '');
    await expectRefusal(openSource(`${root}/nothing`, { format: 'ts' }), `${root}/nothing has no time series: expected NAME_TRAIN.ts and NAME_TEST.ts.`);
  });
});

test('TypeScript is no time series', async () => {
  await expect(openSource(write('program.ts', 'export const x = 1;\n'))).rejects.toThrow('is of no known data format');
});

test('a file damaged anywhere is read or refused with a sentence, and nothing else happens', async () => {
  const bytes = Buffer.from('@problemName T\n@dimensions 2\n@classLabel true a b\n@data\n1,2:3,?:a\n4:5:b\n');
  await expectDamageIsTold('ts', 't.ts', bytes, write);
});
