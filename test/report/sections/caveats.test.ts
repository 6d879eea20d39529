import { expect, test } from 'vitest';
import { reportFixture } from '../../support/reportFixture.ts';
import { stands } from '../support.ts';

test('the limits of such an experiment stand in every report', () => {
  expect(stands('caveats', reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, true]);
});
