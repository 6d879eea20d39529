import { expect, test } from 'vitest';
import { verdictWord } from '../../src-main/report/words.ts';
import { placeAfter } from '../../src-renderer/parts/listKeys.ts';
import { latestOnly } from '../../src-renderer/state/latestOnly.ts';
import { failures, runsText, verdictWords } from '../../src-renderer/texts.ts';
import { pictureOf, summary } from './fakeLab.ts';

test('window and report use the same words for a verdict', () => {
  const verdicts = Object.keys(verdictWords) as (keyof typeof verdictWords)[]; // Object.keys forgets the names' type
  expect(verdicts).toHaveLength(7);
  expect(verdicts.map((verdict) => verdictWords[verdict])).toEqual(verdicts.map(verdictWord));
});

test('arrows, Home and End stay inside the list, other keys mean nothing', () => {
  expect([placeAfter('ArrowDown', 0, 3), placeAfter('ArrowDown', 2, 3), placeAfter('ArrowUp', 2, 3), placeAfter('ArrowUp', 0, 3)]).toEqual([1, 2, 1, 0]);
  expect([placeAfter('Home', 2, 3), placeAfter('End', 0, 3), placeAfter('Enter', 0, 3), placeAfter('ArrowDown', 0, 0)]).toEqual([0, 2, null, null]);
});

test('runs are counted in words', () => {
  expect([runsText({ finishedRuns: 0, runs: 1 }), runsText({ finishedRuns: 3, runs: 12 })]).toEqual(['0 of 1 run', '3 of 12 runs']);
});

test('a sentence that struck several runs is said once', () => {
  const failed = { status: 'failed', epochs: 0, steps: 5 } as const;
  const runs = [
    { ...failed, id: '1', seed: 1, error: 'Out of memory.' },
    { ...failed, id: '2', seed: 2, error: 'Out of memory.' },
    { ...failed, id: '3', seed: 3 },
  ];
  expect(failures({ arms: [{ ...pictureOf(summary('a')), id: 'x', title: 'region', role: 'auxiliary', runs }] })).toEqual([
    'region, seed 1; region, seed 2: Out of memory.',
    'region, seed 3: No reason was recorded.',
  ]);
});

test('readings never overlap, and requests made meanwhile are answered by one more', async () => {
  let count = 0;
  let open = 0;
  const read = latestOnly(async () => {
    expect(++open).toBe(1);
    count++;
    await new Promise((resolve) => setTimeout(resolve, 5));
    open--;
  });
  await Promise.all([read(), read(), read()]);
  expect(count).toBe(2);
  await read();
  expect(count).toBe(3);
});
