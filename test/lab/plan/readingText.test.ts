import { expect, test } from 'vitest';
import { readingText } from '../../../src-main/lab/plan/readingText.ts';

test.each([
  [{ bytes: 12 * 2 ** 20, ofBytes: 48 * 2 ** 20, rows: 80_000 }, '12 MB of 48 MB, 80,000 rows', 0.25],
  [{ bytes: 100 }, '100 bytes', null],
  [{ rows: 1 }, '1 row', null],
  [{ bytes: 120, ofBytes: 100 }, '120 bytes of 100 bytes', 1], // a file that grew meanwhile
  [{}, '', null],
])('%j', (progress, message, fraction) => {
  expect(readingText(progress)).toEqual({ message, fraction });
});
