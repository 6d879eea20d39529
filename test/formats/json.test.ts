import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { expectDamageIsTold } from './damage.ts';
import { expectRefusal, plain, temporaryFolder } from './support.ts';

const { write } = temporaryFolder();
const readJson = async (value: unknown): Promise<Record<string, unknown>> => plain(await openSource(write('t.json', JSON.stringify(value))));

describe('a list of records', () => {
  test('is a table: numbers, texts, truth values, gaps, texts that look like dates', async () => {
    const data = await openSource(
      write(
        't.json',
        JSON.stringify([
          { size: 1, kind: 'cat', big: true, day: '2024-01-02', id: '007' },
          { size: 2.5, kind: null, big: false, day: '2024-01-03T04:05:06Z', more: -1 },
        ]),
      ),
    );
    expect(plain(data)).toEqual({
      size: [1, 2.5],
      kind: ['cat', null],
      big: ['true', 'false'],
      day: ['2024-01-02', '2024-01-03T04:05:06Z'],
      id: ['007', null],
      more: [NaN, -1],
    });
    expect([data.format, data.rows]).toEqual(['json', 2]);
  });

  test('values of different kinds are texts, dates keep their writing', async () => {
    expect(await readJson([{ a: 1 }, { a: 'x' }, { a: true }])).toEqual({ a: ['1', 'x', 'true'] });
    expect(await readJson([{ a: '2024-01-02' }, { a: '2024-01-03' }])).toEqual({ a: ['2024-01-02', '2024-01-03'] });
    expect(await readJson([{ a: '01/02/2024' }, { a: '03/02/2024' }])).toEqual({ a: ['01/02/2024', '03/02/2024'] });
  });

  test('numbers in texts are numbers, ids beyond the whole numbers are texts', async () => {
    expect(await readJson([{ h: '171.1' }, { h: '5' }])).toEqual({ h: [171.1, 5] });
    const ids = await openSource(write('ids.json', '[{"id": 1234567890123456789}, {"id": 1234567890123456790}]'));
    expect(plain(ids)).toEqual({ id: ['1234567890123456789', '1234567890123456790'] });
  });

  test('numbers come through bit for bit', async () => {
    // Whole numbers past 2^53 are keys, which would lose digits as numbers: they stay text.
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => Math.abs(x) < 2 ** 52);
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 20 }), async (values) => {
        expect((await readJson(values.map((x) => ({ x: x + 0.5 }))))['x']).toEqual(values.map((x) => x + 0.5 + 0));
      }),
      { numRuns: 30 },
    );
  });

  test('keys keep their order, their case and their signs', async () => {
    expect(Object.keys(await readJson([{ 'b b': 1, "a'": 2, 'ü"': 3, '': 4, '0': 5 }]))).toEqual(['0', 'b b', "a'", 'ü"', 'C4']); // 0 first: JSON.stringify
    expect(
      await readJson([
        { A: 1, a: 2, b: '2024-01-02' },
        { A: 3, a: 4 },
      ]),
    ).toEqual({ A: [1, 3], a_1: [2, 4], b: ['2024-01-02', null] });
  });

  test('records line after line are read under this name too', async () => {
    expect(plain(await openSource(write('lines.json', '{"a": 1}\n{"a": 2}\n')))).toEqual({ a: [1, 2] });
  });
});

describe('refusals', () => {
  test.each([
    [
      '{"a": [1, 2]}',
      ' holds one record, not a list of them. Save a list with one record a row: in Python with pandas.DataFrame.to_json(..., orient="records").',
    ],
    ['[1, 2]', ': value 1 of the list is no record. Each row is one: {"name": value, ...}.'],
    ['[{"a": 1}, 2]', ': value 2 of the list is no record. Each row is one: {"name": value, ...}.'],
    ['"a"', ' is no JSON: it does not begin with a list, "[".'],
    ['[]', ' holds no rows.'],
    [
      '[{"a": {"b": 1}, "c": [1], "y": 2}]',
      ' has columns that hold several values in one cell, which is no table: "a" (records), "c" (lists). Save a file without them, or with a ' +
        'column for each of their values.',
    ],
    [
      '[{"a": 1}, {"a": [1]}]',
      ' has columns that hold several values in one cell, which is no table: "a" (records or lists). Save a file without them, or with a ' +
        'column for each of their values.',
    ],
  ])('%s', async (text, sentence) => {
    const path = write('bad.json', text);
    await expectRefusal(openSource(path, { format: 'json' }), path + sentence);
  });

  test('what is cut off or misspelt', async () => {
    const cut = write('cut.json', '[{"a": 1},\n {"a": 2');
    await expect(openSource(cut)).rejects.toThrow(/cut\.json (?:is no valid JSON: line \d+, letter \d+|cannot be read as JSON: .+)\.$/);
  });
});

test('a file damaged anywhere is read or refused with a sentence, and nothing else happens', async () => {
  await expectDamageIsTold('json', 't.json', Buffer.from('[{"a": 1.5, "b": "x"},\n {"a": null, "b": "é"}]'), write);
});
