import { expect, test } from 'vitest';
import { reportFixture } from '../../support/reportFixture.ts';
import { blocksOf, stands } from '../support.ts';

test('class by class needs a finished run', () => {
  expect(stands('classes', reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, false]);
});

test('classes show the baseline’s recall and each arm’s mean difference over its pairs', () => {
  const table = blocksOf(reportFixture({ steps: 60 }), 'classes').find((block) => block.kind === 'table');
  const rows = table?.kind === 'table' ? table.rows.map((row) => row.map((cell) => cell.text)) : [];
  expect(rows.length).toBe(10);
  expect(rows[9]?.slice(1)).toEqual(['–', '–', '–']); // class 9 has no test row
  const [plain, raised] = [Number(rows[0]?.[2]?.replace('−', '-')), Number(rows[2]?.[2]?.replace('−', '-'))];
  expect(raised - plain).toBeCloseTo(4, 6); // class 2 of the first arm is 0.04 above what the others gain
});
