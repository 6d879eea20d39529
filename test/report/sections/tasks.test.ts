import { expect, test } from 'vitest';
import { reportFixture } from '../../support/reportFixture.ts';
import { stands } from '../support.ts';

test('every task’s own metrics need a finished run', () => {
  expect(stands('tasks', reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, false]);
});
