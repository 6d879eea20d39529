import { expect, test } from 'vitest';
import { reportFixture } from '../../support/reportFixture.ts';
import { stands } from '../support.ts';

test('the cost needs a finished run', () => {
  expect(stands('cost', reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, false]);
});
