import { expect, test } from 'vitest';
import { reportFixture } from '../../support/reportFixture.ts';
import { stands } from '../support.ts';

test('training losses are shown where steps were recorded', () => {
  expect(stands('losses', reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, false]);
});
