import { expect, test } from 'vitest';
import { armLines } from '../../../src-main/charts/lines/armLines.ts';

const run = (seed: number, ...ys: readonly number[]) => ({ seed, xs: ys.map((_, i) => i), ys });

test('every run is a faint line, every arm a mean line above all of them, told apart by title, seed and part', () => {
  const lines = armLines([
    { group: 'a', title: 'Baseline', arm: 0, runs: [run(1, 0, 2), run(2, 2, 4)] },
    { group: 'b', title: 'Mine', arm: 1, part: 'training', isDashed: true, runs: [run(1, 7)] },
    { group: 'c', title: 'Empty', arm: 2, runs: [] },
  ]);
  expect(lines.map(({ role, label, isDashed, ys }) => [role, label, isDashed, ...Array.from(ys)])).toEqual([
    ['thin', 'Baseline, seed 1', false, 0, 2],
    ['thin', 'Baseline, seed 2', false, 2, 4],
    ['main', 'Baseline', false, 1, 3],
    ['main', 'Mine, training', true, 7], // a single run is its own mean
  ]);
  expect(lines.at(-1)).toMatchObject({ title: 'Mine', part: 'training', group: 'b' });
});

test('a mean line of stretches leaves the runs as they are', () => {
  const lines = armLines([{ group: 'a', title: 'a', arm: 0, stretch: 2, runs: [run(1, 0, 2, 4, 6), run(2, 2, 4, 6, 8)] }]);
  expect(lines.map(({ xs, ys }) => Array.from(xs, (x, i) => `${x}: ${ys[i]}`).join(', '))).toEqual([
    '0: 0, 1: 2, 2: 4, 3: 6',
    '0: 2, 1: 4, 2: 6, 3: 8',
    '0.5: 2, 2.5: 6',
  ]);
});
