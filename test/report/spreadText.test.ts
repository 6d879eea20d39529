import { expect, test } from 'vitest';
import { spreadText } from '../../src-main/report/spreadText.ts';

test.each([
  // the mean of 1, 2 and 6 is 3; squares of 2, 1 and 3 over n - 1: 7, whose root is 2.646
  [[1, 2, 6], { digits: 1, unit: '%' }, '3.0 ± 2.6 %'],
  [[1, 2, 6], { digits: 3, unit: '' }, '3.000 ± 2.646'],
  [[4, 4], { digits: 0, unit: 'ms' }, '4 ± 0 ms'],
  [[-4], { digits: 1, unit: '%' }, '−4.0 %'],
  [[], { digits: 1, unit: '%' }, '–'],
])('the mean and the spread of %j', (values, style, expected) => {
  expect(spreadText(values, style)).toBe(expected);
});
