import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { expectDamageIsTold } from './damage.ts';
import { arrayOf, columnOf, expectRefusal, plain, temporaryFolder } from './support.ts';

const { write } = temporaryFolder();

// After the description of the format: https://waikato.github.io/weka-wiki/formats_and_processing/arff_stable/
const iris = `% 1. Title: Iris Plants Database
%
@RELATION iris

@ATTRIBUTE sepallength  NUMERIC
@ATTRIBUTE 'petal width'   REAL
@ATTRIBUTE	seen DATE "yyyy-MM-dd"
@attribute note string
@ATTRIBUTE class        {Iris-setosa,'Iris versicolor', "it's"}

@DATA
5.1,0.2,"2001-04-03",'short, red',Iris-setosa
4.9,?,?,?,'Iris versicolor'
% a remark between rows
-1.5e2, .5 ,2001-05-12,'it\\'s',"it's"
`;

describe('tables', () => {
  test('attributes give the types, quotes and escapes are undone, and ? is missing', async () => {
    const read = await openSource(write('iris.arff', iris));
    expect(plain(read)).toEqual({
      sepallength: [5.1, 4.9, -150],
      'petal width': [0.2, NaN, 0.5],
      seen: ['2001-04-03', null, '2001-05-12'],
      note: ['short, red', null, "it's"],
      class: ['Iris-setosa', 'Iris versicolor', "it's"],
    });
    expect(columnOf(read, 'class')).toMatchObject({ kind: 'coded', texts: ['Iris-setosa', 'Iris versicolor', "it's"] });
    expect(read.format).toBe('arff');
  });

  test('it is known by its content and read from gzip, with any line ends', async () => {
    expect((await openSource(write('iris.txt', iris))).format).toBe('arff');
    expect((await openSource(write('iris.arff.gz', gzipSync(iris)))).rows).toBe(3);
    expect((await openSource(write('windows.arff', iris.replaceAll('\n', '\r\n')))).rows).toBe(3);
    expect((await openSource(write('mac.arff', iris.replaceAll('\n', '\r')))).rows).toBe(3);
  });

  test('sparse rows are filled with 0 and the first value of a list', async () => {
    const rows = '{1 X, 3 Y, 4 \'class A\'}\n{2 W, 4 "class B"}\n{}\n{0 7.5, 4 ?}\n';
    const path = write(
      'sparse.arff',
      `@relation s\n@attribute a numeric\n@attribute b {U, X}\n@attribute c {V, W}\n@attribute d {Z, Y}\n@attribute e {'class A', 'class B'}\n@data\n${rows}`,
    );
    expect(plain(await openSource(path))).toEqual({
      a: [0, 0, 0, 7.5],
      b: ['X', 'U', 'U', 'U'],
      c: ['V', 'W', 'V', 'V'],
      d: ['Y', 'Z', 'Z', 'Z'],
      e: ['class A', 'class B', 'class A', null],
    });
  });

  test('weights of rows are left out, and blanks or tabs between values are taken', async () => {
    const head = '@relation s\n@attribute a numeric\n@attribute b {x, y}\n@data\n';
    expect(plain(await openSource(write('weights.arff', `${head}1, x, {5}\n2, y, {0.5}\n`)))).toEqual({ a: [1, 2], b: ['x', 'y'] });
    expect(plain(await openSource(write('blanks.arff', `${head}1 x\n 2   y\n3\ty\n`)))).toEqual({ a: [1, 2, 3], b: ['x', 'y', 'y'] });
  });

  test('numbered names of other kinds stay columns', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `V${i + 1}`);
    const path = write(
      'openml.arff',
      `@relation o\n${names.map((name) => `@attribute ${name} numeric\n`).join('')}@attribute class {0,1}\n@data\n1,2,3,4,5,6,7,8,1\n`,
    );
    expect((await openSource(path)).columns.map(({ name }) => name)).toEqual([...names, 'class']);
  });
});

describe('series', () => {
  const univariate = (rows: string, label = '@attribute target {1,2}\n'): string =>
    `@relation toy\n${Array.from({ length: 6 }, (_, i) => `@attribute att${i} numeric\n`).join('')}${label}@data\n${rows}`;

  test('numbered steps beside a class are one series a row', async () => {
    const read = await openSource(write('uni.arff', univariate('1,2,3,4,5,6,1\n2,3,?,5,6,7,2\n1,2,3,?,?,?,1\n')));
    expect(plain(read)).toEqual({ target: ['1', '2', '1'] });
    const array = arrayOf(read, 'sequence');
    expect([...array.lengths]).toEqual([6, 6, 3]);
    expect([...array.values]).toEqual([1, 2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 7, 1, 2, 3]);
    expect(read.notes[0]).toBe('The attributes att0 to att5 are read as the steps of a series.');
  });

  test('a number to foretell may be the label', async () => {
    const read = await openSource(write('regression.arff', univariate('1,2,3,4,5,6,0.25\n', '@attribute value numeric\n')));
    expect(plain(read)).toEqual({ value: [0.25] });
  });

  test("UEA's relational attribute has a dimension a line", async () => {
    const head =
      '@relation m\n@attribute relationalAtt relational\n@attribute att0 numeric\n@attribute att1 numeric\n@attribute att2 numeric\n@end ' +
      'relationalAtt\n@attribute activity {Walk,Run}\n@data\n';
    const read = await openSource(write('multi.arff', `${head}'1,2,3\\n10,20,30',Walk\n"4,5,6\\n40,50,60",Run\n`));
    expect(plain(read)).toEqual({ activity: ['Walk', 'Run'] });
    const array = arrayOf(read, 'sequence');
    expect(array.features).toBe(2);
    expect([...array.values]).toEqual([1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60]); // [steps, dimensions] a row
  });

  test("other relational attributes have a step a line, as Weka's bags", async () => {
    const head =
      '@relation m\n@attribute id {a,b}\n@attribute bag relational\n  @attribute width numeric\n  @attribute height numeric\n@end ' +
      'bag\n@attribute class {0,1}\n@data\n';
    const read = await openSource(write('bags.arff', `${head}a,"1,10\\n2,20\\n3,30",1\nb,"4,40",0\n`));
    const array = arrayOf(read, 'sequence');
    expect([...array.lengths]).toEqual([3, 1]);
    expect([...array.values]).toEqual([1, 10, 2, 20, 3, 30, 4, 40]);
    expect(plain(read)).toEqual({ id: ['a', 'b'], class: ['1', '0'] });
  });

  test('what is wrong in a series is told with the row of the file', async () => {
    const path = write('wrong.arff', univariate('1,2,3,4,5,6,1\n% remark\n\n1,2,x,4,5,6,1\n'));
    await expectRefusal(openSource(path), `${path}, row 13, step 3: "x" is not a number.`);
  });
});

describe('refusals', () => {
  const head = '@relation s\n@attribute a numeric\n@attribute b {red, green}\n@data\n';
  test.each([
    ['values', `${head}1,red\n1,red,3\n`, ', row 6: 3 values, but there are 2 attributes. Put values with commas in quotes.'],
    ['number', `${head}1,red\nx,red\n`, ', row 6, attribute "a": "x" is not a number. Correct it, or name it in the option missing.'],
    [
      'huge',
      `${head}1e200,red\n`,
      ', row 5, attribute "a": "1e200" is larger than 1e+100, which is the most that is read. Correct it, or name it in the option missing.',
    ],
    ['class', `${head}1,gren\n`, ', row 5, attribute "b": "gren" is none of its values (red, green). Correct the row or the list.'],
    ['sparse', `${head}{7 1}\n`, ', row 5: attribute 7 is named, but there are 2, counted from 0.'],
    ['pair', `${head}{0 1, red}\n`, ', row 5: "red" is no pair of an attribute\'s number and its value.'],
    [
      'type',
      '@relation s\n@attribute a decimal\n@data\n',
      ', row 2: "decimal" is no type of ARFF. Types are numeric, real, integer, string, date, relational and a list of values in braces.',
    ],
    ['no data', '@relation s\n@attribute a numeric\n', ' has no @data line.'],
    ['no rows', head, ' has attributes but no rows after @data.'],
    ['no attributes', '@relation s\n@data\n1\n', ', row 2: there is no @attribute line above @data.'],
  ])('%s', async (name, content, says) => {
    const path = write(`${name}.arff`, content);
    await expectRefusal(openSource(path), `${path}${says}`);
  });

  test('a marker that is told is missing', async () => {
    expect(plain(await openSource(write('marker.arff', `${head}-999,red\n2,NA\n`), { options: { missing: ['-999', 'NA'] } }))).toEqual({
      a: [NaN, 2],
      b: ['red', null],
    });
  });
});

test('a file damaged anywhere is read or refused with a sentence, and nothing else happens', async () => {
  await expectDamageIsTold('arff', 'damaged.arff', Buffer.from(iris), write);
});
