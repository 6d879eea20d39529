import { expect, test } from 'vitest';
import { tradeOffs } from '../../src-renderer/pages/compare/tradeOff.ts';
import { document } from './labContents.ts';

test('an experiment has one trade-off for each auxiliary task, of its finished runs', () => {
  const experiment = document('e1', { failedSeed: 2 });
  const [first, ...others] = tradeOffs(experiment);
  expect(others).toEqual([]);
  const run = experiment.arms[1]?.runs[0];
  const id = experiment.arms[1]?.tasks[1]?.id ?? '';
  expect(first?.arms.map(({ arm, runs: all }) => [arm, all.length])).toEqual([
    [1, 5],
    [2, 6],
  ]);
  expect(first?.arms[0]?.runs[0]).toEqual({ seed: 1, x: (run?.test[id]?.accuracy ?? NaN) * 100, y: (run?.test.main?.accuracy ?? NaN) * 100 });
  expect(first?.level?.y).toBeGreaterThan(80);
  const untested = { ...experiment, arms: experiment.arms.map((arm) => ({ ...arm, runs: [] })) };
  expect(tradeOffs(untested)).toEqual([]);
});
