import { expect, test } from 'vitest';
import { reportFixture } from '../../support/reportFixture.ts';
import { stands } from '../support.ts';

test('where the numbers come from stands in every report', () => {
  expect(stands('provenance', reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, true]);
});
