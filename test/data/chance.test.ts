import { expect, test } from 'vitest';
import { chanceOf } from '../../src-main/data/chance.ts';
import { columnOf, numberCounts } from '../../src-main/data/columns.ts';
import { metrics } from '../../src-main/vocabulary/metrics/index.ts';
import { prepared, series } from './prepared.ts';

test('classes have the chance of classification, over the rows that have a label', () => {
  const chance = chanceOf(columnOf(prepared({ colour: ['red', 'blue', null, 'red'] }), 'colour'));
  expect(chance).toMatchObject({ accuracy: 2 / 3, 'balanced-accuracy': 0.5, mcc: 0, rmse: null, mae: null, r2: null });
});

test('numbers have both, and the chance of classes only where a value comes twice', () => {
  const both = chanceOf(columnOf(prepared({ x: [1, null, 3, 3, 5] }), 'x'));
  expect(both).toMatchObject({ accuracy: 0.5, mae: 1, r2: 0 }); // (2 + 0 + 0 + 2) / 4 about 3
  expect(both.rmse).toBeCloseTo(Math.sqrt(2), 12);
  expect(chanceOf(columnOf(prepared({ x: [1, 2.5, 3] }), 'x'))).toMatchObject({ accuracy: null, 'log-loss': null, mae: 2 / 3 });
});

test('a column without a value has none in any metric', () => {
  expect(Object.values(chanceOf(columnOf(prepared({ x: [null, null] }), 'x')))).toEqual(metrics.map(() => null));
});

test('values are counted in their order, missing ones apart', () => {
  const column = columnOf(prepared({ x: series(1000, (row) => (row % 10 === 9 ? null : (row % 3) - 1)) }), 'x');
  if (column.kind !== 'number') throw new Error('Numbers make a column of numbers.');
  // 27 of 30 rows in a row have a value, 9 of each; 33 times that, and 3 of each in rows 990 to 998
  expect([...numberCounts(column)]).toEqual([300, 300, 300]);
});
