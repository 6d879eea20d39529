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
      { id: 'f', differences: 7, expected: { mean: 1 } },
    ),
  );
  expect(checks.map(({ ok }) => ok)).toEqual([false, false, false, false, false, false]);
  expect(checks.map(({ detail }) => detail)).toEqual([
    '"kurtosis" is not something this version computes',
    'The vector expects nothing.',
    'A vector is an object.',
    'The vector has neither "differences" nor "pValues".',
    '"differences[1]" is a finite number. Received: x.',
    '"differences" is a list of numbers.',
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

test('probabilities are held to themselves however large the differences are, and means to the scale of the differences', () => {
  const differences = [1e6, 2e6, 3e6, 4e6, 5e6];
  const checked = (entry: object): boolean | undefined => verifyStatistics(document({ id: 'a', ...entry }))[0]?.ok;
  expect(checked({ differences, expected: { signFlipP: 0.0625 } })).toBe(true); // 2 / 2^5
  expect(checked({ differences, expected: { signFlipP: 0.0626 } })).toBe(false);
  expect(checked({ differences, expected: { tP: 0.0132 } })).toBe(false); // 0.013236...: R, t.test(1:5)
  expect(checked({ differences: [1e6, -1e6 - 0.01], expected: { mean: 0 } })).toBe(true); // -0.005, where 1e6 * 1e-7 are allowed
  expect(checked({ differences: [1, -1.01], expected: { mean: 0 } })).toBe(false);
  // t(1) = 12.7062047: low = -1.5 - 12.7062047 / 2 = -7.8531024, to within 1e-7 of itself, not of the largest difference
  expect([checked({ differences: [-1, -2], expected: { low: -7.8531028 } }), checked({ differences: [-1, -2], expected: { low: -7.8531034 } })]).toEqual([
    true,
    false,
  ]);
  expect(checked({ pValues: [0.01, 0.04], expected: { holm: [0.02, 0.04] } })).toBe(true);
  expect(checked({ pValues: [0.01, 0.04], expected: { holm: [0.02, 0.0401] } })).toBe(false);
  expect(checked({ pValues: [0.01, 0.04], expected: { holm: [0.02] } })).toBe(false);
  expect(checked({ pValues: [1e-13, 0.04], expected: { holm: [0, 0.04] } })).toBe(true); // 2e-13, where 1e-5 * 1e-7 are allowed
});

test('what a vector says of its pairs reaches the verdict', () => {
  const expected = { verdict: 'helps' };
  const pairs = { differences: [1, 1, 1, 1, 1], margin: 0.5 };
  const judged = (more: object): boolean[] =>
    verifyStatistics(document({ ...pairs, ...more, expected }, { ...pairs, ...more, expected: { verdict: 'too-early' } })).map(({ ok }) => ok);
  expect(judged({})).toEqual([true, false]);
  expect(judged({ plannedPairs: 5, failedPairs: 0, unequalBudgets: false })).toEqual([true, false]);
  for (const more of [{ plannedPairs: 6 }, { failedPairs: 1 }, { unequalBudgets: true }]) expect(judged(more)).toEqual([false, true]);
});

test('a tolerance is a number of at least 0, and a vector without an id is called by its place', () => {
  for (const tolerance of [-1, 'x', NaN])
    expect(() => verifyStatistics({ format: 'auxlab-statistics-vectors/1', tolerance, vectors: [] })).toThrow(
      `The tolerance must be a number of at least 0. Received: ${tolerance}.`,
    );
  const exact = { format: 'auxlab-statistics-vectors/1', tolerance: 0, vectors: [{ differences: [1, 3], expected: { mean: 2 } }, { expected: { mean: 2 } }] };
  expect(verifyStatistics(exact).map(({ id, ok }) => [id, ok])).toEqual([
    ['vector 0', true],
    ['vector 1', false],
  ]);
});

test('another format is refused by name', () => {
  expect(() => verifyStatistics({ format: 'other/2', vectors: [] })).toThrow(
    'A file of statistics vectors has "format": "auxlab-statistics-vectors/1". Received: "other/2".',
  );
  expect(() => verifyStatistics(null)).toThrow('Received: object.');
  expect(() => verifyStatistics({ format: 'auxlab-statistics-vectors/1' })).toThrow('A file of statistics vectors has a list named "vectors".');
});
