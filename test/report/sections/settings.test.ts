import { expect, test } from 'vitest';
import { reportFixture } from '../../support/reportFixture.ts';
import { blocksOf, stands } from '../support.ts';

test('the settings stand in every report', () => {
  expect(stands('settings', reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, true]);
});

test('a split by a column of the data is told in the rows that came of it, not in shares that nobody asked for', () => {
  const { experiment, series } = reportFixture({ steps: 60 });
  const plan = {
    ...experiment.plan,
    data: { ...experiment.plan.data, split: { ...experiment.plan.data.split, kind: 'column' as const, column: 'part', train: 0.9, validation: 0.1, test: 0 } },
  };
  const { train, validation, test: tested } = experiment.provenance.data.split;
  const split = blocksOf({ experiment: { ...experiment, plan }, series }, 'settings').flatMap((block) =>
    block.kind === 'key-value' ? block.entries.filter(({ key }) => key === 'Split') : [],
  );
  const rows = [train, validation, tested].map((count) => count.toLocaleString('en-US'));
  expect(split.map(({ value }) => value)).toEqual([
    `as the column part says: ${rows[0] ?? ''} training, ${rows[1] ?? ''} validation and ${rows[2] ?? ''} test rows`,
  ]);
});
