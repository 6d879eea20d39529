import { describe, expect, test } from 'vitest';
import { columnOf } from '../../src-main/data/columns.ts';
import { dateText } from '../../src-main/data/dateText.ts';
import { momentsOfNumbers, readDates } from '../../src-main/data/dates.ts';
import { encodeInputs } from '../../src-main/data/encode.ts';
import { profileColumns } from '../../src-main/data/profile.ts';
import { guessRoles, possibleTargets, resolveRoles } from '../../src-main/data/roles.ts';
import { splitNotes, splitRows } from '../../src-main/data/splits.ts';
import { checkTargetColumn } from '../../src-main/data/targets.ts';
import { prepared, series } from './prepared.ts';
import type { DateOrder } from '../../src-main/contract/reading.ts';

/** The moments as ISO texts, or what keeps them from being dates. */
function read(texts: readonly string[], name = 'x', order?: DateOrder): readonly (string | null)[] | string | null {
  const dates = readDates(texts, name, order);
  if (dates === null) return null;
  if ('text' in dates) return dates.text;
  return dates.moments.map((moment) => (Number.isNaN(moment) ? null : new Date(moment).toISOString()));
}

function notes(texts: readonly string[], name = 'x', order?: DateOrder): readonly string[] {
  const dates = readDates(texts, name, order);
  return dates !== null && 'notes' in dates ? dates.notes : ['no dates'];
}

describe('one date', () => {
  test.each([
    ['2021-03-04', '2021-03-04T00:00:00.000Z'],
    ['2021/3/4', '2021-03-04T00:00:00.000Z'],
    ['2021.03.04', '2021-03-04T00:00:00.000Z'],
    ['2021-03-04 05:06', '2021-03-04T05:06:00.000Z'],
    ['2021-03-04 05:06:07', '2021-03-04T05:06:07.000Z'],
    ['2021-03-04T05:06:07.123456', '2021-03-04T05:06:07.123Z'],
    ['2021-03-04T05:06:07Z', '2021-03-04T05:06:07.000Z'],
    ['2021-03-04T05:06:07+02:00', '2021-03-04T03:06:07.000Z'],
    ['2021-03-04 05:06:07 -0530', '2021-03-04T10:36:07.000Z'],
    ['2021-03-04 05:06:07+00', '2021-03-04T05:06:07.000Z'],
    ['2021-03-04 05:06:07 UTC', '2021-03-04T05:06:07.000Z'],
    ['20210304T050607Z', '2021-03-04T05:06:07.000Z'],
    ['24.03.2021', '2021-03-24T00:00:00.000Z'],
    ['24. 3. 2021', '2021-03-24T00:00:00.000Z'],
    ['3/24/2021', '2021-03-24T00:00:00.000Z'],
    ['3/24/21', '2021-03-24T00:00:00.000Z'],
    ['3/24/99', '1999-03-24T00:00:00.000Z'],
    ['24-3-2021', '2021-03-24T00:00:00.000Z'],
    ['3/24/2021 5:06 PM', '2021-03-24T17:06:00.000Z'],
    ['3/24/2021, 12:00:01 a.m.', '2021-03-24T00:00:01.000Z'],
    ['4 March 2021', '2021-03-04T00:00:00.000Z'],
    ['04-Mar-2021', '2021-03-04T00:00:00.000Z'],
    ['Mar 4, 2021', '2021-03-04T00:00:00.000Z'],
    ['March 4th 2021', '2021-03-04T00:00:00.000Z'],
    ['Thu, 04 Mar 2021 05:06:07 GMT', '2021-03-04T05:06:07.000Z'],
    ['2021-03', '2021-03-01T00:00:00.000Z'],
    ['March 2021', '2021-03-01T00:00:00.000Z'],
    ['2020-02-29', '2020-02-29T00:00:00.000Z'],
  ])('%s', (text, iso) => {
    expect(read([text])).toEqual([iso]);
  });

  test.each([
    '2021',
    '20210304',
    '2021-13',
    '2021-02-30',
    '2021-02-29',
    '31.04.2021',
    '32/1/2021',
    '13/13/2021',
    '2021-03-04-05',
    '1.2.3',
    '10.0.0.1',
    '3/4',
    '1/2/3',
    '555-1234',
    '4 Marvels 2021',
    'May',
    'model 2021',
    '2021-03-04 25:00',
    '2021-03-04 05:61',
    '3/24/2021 13:00 PM',
    '04.03.21',
    '12:30',
    '2020-21',
    '',
  ])('%s is none', (text) => {
    expect(read([text])).toBeNull();
  });
});

describe('a column of dates', () => {
  test('must be sure of short years and of times: its name says so', () => {
    expect(read(['04.03.21', '24.03.21'], 'Datum')).toEqual(['2021-03-04T00:00:00.000Z', '2021-03-24T00:00:00.000Z']);
    expect(read(['12:30', '1:05 PM', '23:59:59.5'], 'departure_time')).toEqual([
      '1970-01-01T12:30:00.000Z',
      '1970-01-01T13:05:00.000Z',
      '1970-01-01T23:59:59.500Z',
    ]);
    expect(read(['12:30', '2021-03-04'], 'time')).toBeNull();
    expect(read(['2009-10', '2010-11', '2011-12'])).toBeNull(); // seasons
    expect(read(['2009-10', '2010-11', '2012-01'])).not.toBeNull();
    expect(read(['1203-11', '1204-12', '1204-10'])).toBeNull(); // the numbers of articles
  });

  test('has one order of day and month, found where a day is past 12', () => {
    expect(read(['3/4/2021', '14/4/2021'])).toEqual(['2021-04-03T00:00:00.000Z', '2021-04-14T00:00:00.000Z']);
    expect(read(['3/4/2021', '4/14/2021'])).toEqual(['2021-03-04T00:00:00.000Z', '2021-04-14T00:00:00.000Z']);
    expect(read(['14/4/2021', '4/14/2021'])).toBeNull();
    expect(notes(['3/4/2021', '14/4/2021'])).toEqual(['holds dates such as 3/4/2021, read day first: nothing else is possible.']);
  });

  test('whose order nothing shows is read by what a person said, by custom, and by what makes sense', () => {
    const first = (texts: readonly string[], order?: DateOrder): string | null | undefined => read(texts, 'x', order)?.[0];
    expect(first(['3/4/2021', '1/2/2021'])).toBe('2021-03-04T00:00:00.000Z');
    expect(notes(['3/4/2021', '1/2/2021'])).toEqual([
      'holds dates such as 3/4/2021, read month first, as nothing in it tells. If the day stands first, set the option dates to day-first.',
    ]);
    expect(first(['3/4/2021', '1/2/2021'], 'day-first')).toBe('2021-04-03T00:00:00.000Z');
    expect(first(['3/14/2021', '1/2/2021'], 'day-first')).toBe('2021-03-14T00:00:00.000Z'); // the texts stand above it
    expect(first(['03.04.2021', '01.02.2021'])).toBe('2021-04-03T00:00:00.000Z');
    expect(read(['1/1/2021', '1/2/2021', '1/3/2021'])).toEqual(['2021-01-01T00:00:00.000Z', '2021-02-01T00:00:00.000Z', '2021-03-01T00:00:00.000Z']);
    expect(first(['10/1/2021', '2/2/2021', '5/2/2021'])).toBe('2021-01-10T00:00:00.000Z'); // in order only with the day first
  });

  test('may have marks of missing values, and a text that is none is named', () => {
    expect(read(['2021-03-04', '2021-03-05', 'NaT', '0000-00-00'])).toEqual(['2021-03-04T00:00:00.000Z', '2021-03-05T00:00:00.000Z', null, null]);
    expect(notes(['2021-03-04', '2021-03-05', 'NaT'])).toEqual(['holds dates, and "NaT" beside them is taken for no value.']);
    expect(read(['none', 'unknown'])).toBeNull();
    const days = series(99, (row) => dateText(Date.UTC(2021, 0, 1 + row)));
    expect(read([...days, 'soon'])).toBe('soon');
    expect(read([...days, '2021-02-30'])).toBe('2021-02-30');
    expect(read([...days, 'soon', 'later', 'never'])).toBeNull();
    expect(read(['2021-03-04', 'soon'])).toBeNull();
  });
});

test('numbers are dates only where a person says so: days, years, seconds or milliseconds', () => {
  const iso = (value: number): string => new Date(momentsOfNumbers([value])?.(value) ?? NaN).toISOString().slice(0, 19);
  expect([20210304, 2021, 1614834367, 1614834367000].map(iso)).toEqual([
    '2021-03-04T00:00:00',
    '2021-01-01T00:00:00',
    '2021-03-04T05:06:07',
    '2021-03-04T05:06:07',
  ]);
  for (const none of [[20211304], [3, 4], [1e20], [NaN], [2021.5]]) expect(momentsOfNumbers(none), String(none)).toBeNull();
  expect(momentsOfNumbers([2021, NaN])?.(NaN)).toBeNaN();
});

test('a moment is written as people write it', () => {
  expect([0, 1000, 86_399_999].map((moment) => dateText(moment))).toEqual(['1970-01-01', '1970-01-01 00:00:01', '1970-01-01 23:59:59.999']);
  expect(dateText(45_000_000, true)).toBe('12:30:00');
  expect(dateText(Date.UTC(1066, 9, 14))).toBe('1066-10-14');
});

describe('dates in a data set', () => {
  const day = (row: number): string => dateText(Date.UTC(2021, 0, 1 + row));
  const dataset = prepared({
    when: series(60, (row) => (row === 59 ? null : day(row))),
    x: series(60, (row) => Math.sin(row)),
    label: series(60, (row) => 'ab'[row % 2] ?? ''),
  });

  test('are parsed, profiled and inputs, and no targets', () => {
    expect(columnOf(dataset, 'when')).toMatchObject({ kind: 'date' });
    const roles = resolveRoles(dataset, {});
    expect(roles).toEqual({ when: 'input', x: 'input', label: 'target' });
    expect(profileColumns(dataset, guessRoles(dataset))[0]).toMatchObject({
      kind: 'date',
      missing: 1,
      distinct: 59,
      classes: null,
      dates: { first: '2021-01-01', last: '2021-02-28' },
      range: { min: Date.UTC(2021, 0, 1), max: Date.UTC(2021, 1, 28) },
      examples: ['2021-01-01', '2021-01-02', '2021-01-03', '2021-01-04'],
    });
    expect(possibleTargets(dataset, roles)).toEqual(['label', 'x']);
    expect(() => checkTargetColumn(dataset, 'when', 'regression')).toThrow(
      'Column "when" cannot be a task: it holds dates. Give it the type class to learn them as names.',
    );
    expect(() => resolveRoles(dataset, { when: 'target' })).toThrow('Column "when" cannot be a target: it holds dates.');
  });

  test('go in as time and as places in the cycles that differ', () => {
    const encoded = encodeInputs(dataset, { when: 'input', x: 'ignore', label: 'target' }, [], Int32Array.of(0, 1, 2, 3, 59));
    expect(encoded.featureNames).toEqual([
      'when: time since the first training row',
      'when: day of the year (sine)',
      'when: day of the year (cosine)',
      'when: weekday (sine)',
      'when: weekday (cosine)',
      'when is missing',
    ]);
    const out = new Float32Array(3 * 6);
    encoded.write([0, 10, 59], out);
    const around = (share: number): number[] => [Math.sin(2 * Math.PI * share), Math.cos(2 * Math.PI * share)];
    // Days 0 to 3 have the mean 1.5 and the standard deviation sqrt(1.25); 1 January 2021 was a Friday, 4 days after Monday; 11 January a Monday
    const expected = [
      [-1.5 / Math.sqrt(1.25), ...around(0), ...around(4 / 7), 0],
      [8.5 / Math.sqrt(1.25), ...around(10 / 365), ...around(0), 0],
      [0, 0, 0, 0, 0, 1],
    ].flat();
    for (const [at, value] of expected.entries()) expect(out[at]).toBeCloseTo(value, 5);
  });

  test('have an hour where the training rows have one, and no weekday where they are months', () => {
    const named = (cells: readonly string[]): readonly string[] => {
      const data = prepared({ time: cells, y: series(cells.length, (row) => 'ab'[row % 2] ?? '') });
      return encodeInputs(data, { time: 'input', y: 'target' }, [], Int32Array.from(cells.keys())).featureNames.map((name) => name.replace('time: ', ''));
    };
    expect(named(['2021-03-04 05:00', '2021-03-04 17:00'])).toEqual(['time since the first training row', 'hour (sine)', 'hour (cosine)']);
    expect(named(['2021-03', '2021-04', '2021-05'])).toEqual(['time since the first training row', 'day of the year (sine)', 'day of the year (cosine)']);
    expect(named(['05:00', '17:30'])).toEqual(['time since the first training row', 'hour (sine)', 'hour (cosine)']);
  });

  test('split the rows by time', () => {
    const plan = { kind: 'time', column: 'when', train: 0.7, validation: 0.15, test: 0.15, seed: 1 } as const;
    const split = splitRows(dataset, plan, columnOf(dataset, 'label'), 1);
    expect([split.train, split.validation, split.test].map((rows) => [rows[0], rows.at(-1)])).toEqual([
      [0, 40], // 0.7 of 59 is 41.3
      [41, 49], // 0.85 of 59 is 50.15
      [50, 58],
    ]);
    expect(splitNotes(dataset, columnOf(dataset, 'label'), split, plan)).toEqual([
      'By "when", the validation rows begin at 2021-02-11 and the test rows at 2021-02-20.',
      '1 row has no value of "when" and belongs to no part of the split.',
    ]);
  });

  test('are what a person says: classes, dates of numbers, or refused with the row', () => {
    expect(columnOf(prepared({ when: [day(0), day(1)] }, undefined, { when: 'class' }), 'when').kind).toBe('class');
    expect(columnOf(prepared({ when: [20210304, 20210305] }), 'when').kind).toBe('number');
    expect(columnOf(prepared({ when: [20210304, null] }, undefined, { when: 'date' }), 'when')).toMatchObject({
      kind: 'date',
      values: Float64Array.of(Date.UTC(2021, 2, 4), NaN),
    });
    expect(() => prepared({ when: [3, 4] }, undefined, { when: 'date' })).toThrow(
      'Column "when" cannot be dates: its numbers are no days such as 20210304, no years,',
    );
    const spoiled = [...series(60, day), 'soon'];
    expect(() => prepared({ when: spoiled }, undefined, { when: 'date' })).toThrow(
      'Column "when", row 61: "soon" is not a date. Correct it, or name "soon" as a mark of missing values.',
    );
    expect(() => prepared({ when: ['a', 'b'] }, undefined, { when: 'date' })).toThrow('Column "when" cannot be dates: its texts, such as "a" in row 1,');
    expect(prepared({ when: spoiled }).notes).toEqual([
      'Column "when" looks like dates, but "soon" is none, so it is taken for texts. Correct it, or name it as a mark of missing values.',
    ]);
  });

  test('stand beside pictures without being learned', () => {
    const pictures = prepared(
      { taken: series(4, day), y: ['a', 'b', 'a', 'b'] },
      { kind: 'image', height: 1, width: 1, channels: 1, values: new Uint8Array(4) },
    );
    expect(resolveRoles(pictures, {})).toEqual({ taken: 'ignore', y: 'target' });
  });
});
