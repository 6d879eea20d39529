/** What a form offers for a format is told in one table, which knows every format. */
import { expect, test } from 'vitest';
import { optionsByFormat } from '../../src-main/contract/reading.ts';
import { formats } from '../../src-main/formats/index.ts';

test('of every format it is told which reading options concern it', () => {
  const ids = formats.map(({ id }) => id);
  expect(ids.filter((id) => !Object.hasOwn(optionsByFormat, id))).toEqual([]);
});
