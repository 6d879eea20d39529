import { expect, test } from 'vitest';
import { noState, updateOverActive, type NoState } from '../../src-main/methods/activeTasks.ts';
import type { Seen } from '../../src-main/methods/method.ts';

type Given = Partial<Seen> & { readonly lossesAfter?: number[]; readonly gramian?: number[][] };

/** Asks a method that says for each task it sees the task's own loss. */
function asked(given: Given): readonly number[] {
  const call = updateOverActive<NoState, Seen>('mine', (state, { losses }) => ({ weights: losses, state }));
  return call(noState, { step: 0, epoch: 0, taskCount: 2, epochLosses: [], losses: [3, 4], ...given }, {}, () => 0.5).weights;
}

const square = (size: number): number[][] => Array.from({ length: size }, () => Array<number>(size).fill(1));

test('what is shown must have one entry a task, and the sentence says what has how many', () => {
  const refused: [Given, string][] = [
    [{ taskCount: 0, losses: [] }, 'Method mine: there is no task.'],
    [{ losses: [1] }, 'Method mine: losses has 1 entry for 2 tasks.'],
    [{ active: [true, true, false] }, 'Method mine: active has 3 entries for 2 tasks.'],
    [{ lossesAfter: [1, 2, 3] }, 'Method mine: lossesAfter has 3 entries for 2 tasks.'],
    [{ gramian: [[1, 1], [1]] }, 'Method mine: a row of the Gramian has 1 entry for 2 tasks.'],
    [{ gramian: [[1, 1]] }, 'Method mine: the Gramian has 1 entry for 2 tasks.'],
    [{ gramian: [[1, 1], [1, 1], [1, 1]] }, 'Method mine: the Gramian has 3 entries for 2 tasks.'], // prettier-ignore
  ];
  for (const [given, sentence] of refused) expect(() => asked(given)).toThrow(sentence);
  expect(asked({ active: [true, true], lossesAfter: [1, 2], gramian: square(2) })).toEqual([3, 4]);
});

test('a method sees the tasks that take part, and a task that rests weighs nothing; the main task always takes part', () => {
  const three = { taskCount: 3, losses: [3, 4, 5], gramian: square(3) };
  expect(asked({ ...three, active: [true, false, true] })).toEqual([3, 0, 5]);
  expect(asked({ ...three, active: [true, false, false] })).toEqual([1, 0, 0]);
  expect(asked({ ...three, active: [false, true, false] })).toEqual([3, 4, 0]);
});
