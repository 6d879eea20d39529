import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyStatistics } from '../../src-main/stats/verify.ts';

const vectors: unknown = JSON.parse(readFileSync(new URL('../fixtures/statistics-vectors.json', import.meta.url), 'utf8'));
const document = (...entries: unknown[]): unknown => ({ format: 'auxlab-statistics-vectors/1', tolerance: 1e-7, vectors: entries });

test('every reference vector holds', () => {
  const checks = verifyStatistics(vectors);
  expect(checks).toHaveLength(30);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});

test('a wrong number is found and named, even where it is tiny', () => {
  const [check] = verifyStatistics(document({ id: 'a', differences: [2 ** -30, 2 ** -29], margin: 0, expected: { mean: 1.5e-9, pairs: 2 } }));
  expect(check).toEqual({ id: 'a', ok: false, detail: 'mean: expected 1.5e-9, computed 1.3969838619232178e-9' });
});

test('a key that cannot be computed, an empty expectation and a broken vector fail without stopping the others', () => {
  const checks = verifyStatistics(
    document(
      { id: 'a', differences: [1, 2], expected: { kurtosis: 3 } },
      { id: 'b', differences: [1], expected: {} },
      7,
      { id: 'd', expected: { mean: 1 } },
      { id: 'e', differences: [1, 'x'], expected: { mean: 1 } },
    ),
  );
  expect(checks.map(({ ok }) => ok)).toEqual([false, false, false, false, false]);
  expect(checks.map(({ detail }) => detail)).toEqual([
    '"kurtosis" is not something this version computes',
    'The vector expects nothing.',
    'A vector is an object.',
    'The vector has neither "differences" nor "pValues".',
    '"differences[1]" is a finite number. Received: x.',
  ]);
});

test('a bound that does not exist is expected as null, and other keys of the interval are checked too', () => {
  const checks = verifyStatistics(
    document(
      { id: 'one', differences: [3], margin: 1, expected: { mean: 3, low: null, high: null, pairs: 1, verdict: 'too-early', signFlipP: 1, tP: null } },
      { id: 'sd', differences: [1, 2, 3], expected: { standardDeviation: 1 } },
    ),
  );
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});

test('another format is refused by name', () => {
  expect(() => verifyStatistics({ format: 'other/2', vectors: [] })).toThrow(
    'A file of statistics vectors has "format": "auxlab-statistics-vectors/1". Received: "other/2".',
  );
  expect(() => verifyStatistics(null)).toThrow('Received: object.');
  expect(() => verifyStatistics({ format: 'auxlab-statistics-vectors/1' })).toThrow('A file of statistics vectors has a list named "vectors".');
});
