import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyVectors } from '../../../src-main/lab/run/verifyVectors.ts';
import { methodsOf } from '../../support/entriesThere.ts';

interface Vectors {
  readonly vectors: readonly { readonly id: string; readonly method?: string }[];
}

const fixture = (name: string): Vectors => JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8')) as Vectors; // our own

test.each(['method-vectors.json', 'statistics-vectors.json'])('%s says itself what it holds, and all of it holds', (name) => {
  const { vectors } = fixture(name);
  const checks = verifyVectors(fixture(name), name);
  expect(checks.length).toBeGreaterThan(20);
  expect(checks.filter(({ ok, skipped }) => !ok && !skipped)).toEqual([]);
  const gone = vectors.filter(({ method }) => method !== undefined && methodsOf(method).length === 0);
  expect(checks.flatMap(({ id, skipped }) => (skipped ? [id] : []))).toEqual(gone.map(({ id }) => id));
});

test('a vector of an unknown method is left out, and one of the statistics that does not hold fails', () => {
  const method = {
    format: 'auxlab-method-vectors/1',
    vectors: [{ id: 'a', method: 'tomorrow', steps: [{ losses: [1, 1], expected: { weights: [1, 1] } }], atol: 1e-9 }],
  };
  expect(verifyVectors(method, 'm.json')).toMatchObject([{ id: 'a', ok: false, skipped: true }]);
  const statistics = { format: 'auxlab-statistics-vectors/1', vectors: [{ id: 'b', differences: [1, 3], expected: { mean: 5 } }] };
  expect(verifyVectors(statistics, 's.json')).toEqual([{ id: 'b', ok: false, skipped: false, detail: 'mean: expected 5, computed 2' }]);
});

test.each([
  [{ format: 'other/1' }, '"other/1"'],
  [[], 'nothing'],
  [null, 'nothing'],
])('another document is refused: %j', (document, received) => {
  expect(() => verifyVectors(document, 'x.json')).toThrow(
    `x.json is no file of reference vectors: "format" must be "auxlab-method-vectors/1" or "auxlab-statistics-vectors/1". Received: ${received}.`,
  );
});
