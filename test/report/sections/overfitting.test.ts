import { expect, test } from 'vitest';
import { reportFixture } from '../../support/reportFixture.ts';
import { stands } from '../support.ts';

test('overfitting needs a recorded run', () => {
  expect(stands('overfitting', reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, false]);
});
