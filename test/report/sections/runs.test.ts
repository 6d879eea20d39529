import { expect, test } from 'vitest';
import { reportFixture } from '../../support/reportFixture.ts';
import { blocksOf, stands, textOf } from '../support.ts';

test('the runs are listed, finished or not', () => {
  expect(stands('runs', reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, true]);
});

test('a failed run is named with its arm, its seed and its error', () => {
  const warning = blocksOf(reportFixture({ steps: 60, failedSeed: 4 }), 'runs').find(({ kind }) => kind === 'warning');
  expect(warning?.kind === 'warning' && textOf(warning.text)).toBe(
    'Coarse group, fixed 0.3, seed 4, failed: The loss became NaN at step 812 (auxiliary coarse, weight 9.6).',
  );
});
