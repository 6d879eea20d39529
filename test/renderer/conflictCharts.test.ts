import { expect, test } from 'vitest';
import type { Line } from '../../src-main/contract/calls.ts';
import { armShares, conflictRows, cosineNames, shareNames } from '../../src-renderer/pages/experiment/conflictCharts.ts';
import { document } from './labContents.ts';

function line(values: readonly number[], part: Partial<Line> = {}): Line {
  return { run: 'r1', arm: 'aux-1', seed: 1, name: '', total: values.length, steps: values.map((_, i) => i), values: [...values], ...part };
}

test('an experiment has a stack for each auxiliary arm that recorded weights and losses', () => {
  const experiment = document();
  const id = experiment.arms[1]?.tasks[1]?.id ?? '';
  const names = ['loss/main', `loss/${id}`, 'weight/main', `weight/${id}`];
  expect(shareNames(experiment, [...names, 'step-ratio'])).toEqual(['weight/main', 'loss/main', `weight/${id}`, `loss/${id}`]);
  const recorded = new Map(names.map((name) => [name, [line([1, 1], { name })]]));
  const arms = armShares(experiment, recorded);
  expect(arms.map(({ id: arm, number }) => [arm, number])).toEqual([['aux-1', 1]]);
  expect(arms[0]?.shares.layers.map(({ title, shares }) => [title, shares[0]])).toEqual([
    ['main task', 0.5],
    [id, 0.5],
  ]);
  expect(armShares(experiment, new Map())).toEqual([]);
});

test('an experiment has a row for each arm and task whose gradients were looked at', () => {
  const experiment = document();
  const id = experiment.arms[1]?.tasks[1]?.id ?? '';
  const name = `cosine/${id}`;
  expect(cosineNames(experiment, [name, 'loss/main'])).toEqual([name]);
  const rows = conflictRows(experiment, new Map([[name, [line([0.5], { name, arm: 'aux-2' })]]]));
  expect(rows.map(({ title, arm, values }) => [title, arm, values])).toEqual([[`${experiment.arms[2]?.title}: ${id}`, 2, [0.5]]]);
});
