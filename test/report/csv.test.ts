import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { csv, reportCsv } from '../../src-main/report/csv.ts';
import { reportFixture } from '../support/reportFixture.ts';

/** Reads a file back with an independent parser. */
function rows(text: string | undefined): Record<string, string>[] {
  return parse(text ?? '', { columns: true, record_delimiter: '\r\n' });
}

test('cells are quoted as RFC 4180 wants and lines end in CR LF', () => {
  expect(csv([['a', 'b,c', 'say "x"', 'two\nlines', ' edge ', '', null, -1.5, NaN]])).toBe('a,"b,c","say ""x""","two\nlines"," edge ",,,-1.5,\r\n');
});

test('a text that a spreadsheet would run is disarmed and a negative number is not', () => {
  expect(csv([['=1+1', '+1', '-1', '@x', ' =1', '\t=1', -1, 'a=b']])).toBe(`'=1+1,'+1,'-1,'@x,' =1,'\t=1,-1,a=b\r\n`);
});

test('every file has one row for each thing and reads back unrounded', () => {
  const input = reportFixture({ steps: 20, pairs: 5, armTitles: ['=cmd()', 'b'] });
  const files = reportCsv(input);
  expect([...files.keys()]).toEqual(['runs.csv', 'comparisons.csv', 'tasks.csv', 'points.csv']);
  const runs = rows(files.get('runs.csv'));
  expect(runs).toHaveLength(15);
  expect(runs[5]?.['arm_title']).toBe(`'=cmd()`);
  expect(Number(runs[5]?.['test/main/accuracy'])).toBe(input.experiment.arms[1]!.runs[0]!.test['main']!.accuracy);
  expect(rows(files.get('comparisons.csv'))).toHaveLength(10);
  const points = [...input.series.values()].flat().reduce((total, { steps }) => total + steps.length, 0);
  expect(rows(files.get('points.csv'))).toHaveLength(points);
  expect(
    rows(files.get('tasks.csv'))
      .filter(({ task }) => task === 'coarse')
      .every(({ role }) => role === 'auxiliary'),
  ).toBe(true);
});

test('an experiment without finished runs still gives complete files', () => {
  const files = reportCsv(reportFixture({ finishedPairs: 0 }));
  expect(rows(files.get('runs.csv'))).toHaveLength(18);
  expect(rows(files.get('comparisons.csv'))).toHaveLength(2);
  expect(rows(files.get('comparisons.csv'))[0]?.['low']).toBe('');
  expect(rows(files.get('points.csv'))).toEqual([]);
});
