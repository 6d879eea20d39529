import { expect, test } from 'vitest';
import { summed, writtenLines, type LeftOutTest } from './outcome.ts';

const noDisplay = (name: string): LeftOutTest => ({ file: 'a.test.ts', name, reason: 'There is no display.' });
const noRuntime: LeftOutTest = { file: 'b.test.ts', name: 'trains', reason: 'They need the TensorFlow runtime.' };

test('each reason stands once with its number of tests, the commonest first, before the line that scripts read', () => {
  expect(writtenLines({ passed: 7, failed: 1, leftOut: [noRuntime, noDisplay('opens'), noDisplay('closes')] })).toEqual([
    'Left out: 2 tests. There is no display.',
    'Left out: 1 test. They need the TensorFlow runtime.',
    '7 passed, 1 failed, 3 skipped',
  ]);
  expect(writtenLines({ passed: 7, failed: 0, leftOut: [] })).toEqual(['7 passed, 0 failed']);
});

test('a run and a second one of what it left out are one sum, in which only what is still left out is skipped', () => {
  const first = { passed: 7, failed: 0, leftOut: [noRuntime, noDisplay('opens'), noDisplay('closes')] };
  expect(summed(first, { passed: 1, failed: 1, leftOut: [noRuntime] })).toEqual({ passed: 8, failed: 1, leftOut: [noRuntime] });
});
