import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { noState } from '../../src-main/methods/activeTasks.ts';
import { fixed } from '../../src-main/methods/fixed.ts';
import { methods } from '../../src-main/methods/index.ts';
import { presetMethod } from '../../src-main/methods/kinds.ts';
import { countChecks, verifyMethods } from '../../src-main/methods/verify.ts';
import { methodVectorsFormat } from '../../src-main/methods/vectorDocument.ts';
import { leftOut } from '../support/leftOut.ts';

const document: unknown = JSON.parse(readFileSync(new URL('../fixtures/method-vectors.json', import.meta.url), 'utf8'));
const { vectors } = document as { readonly vectors: readonly { readonly method: string }[] };

describe('the reference vectors', () => {
  const checks = verifyMethods(document, methods);
  for (const { id, ok, skipped, detail } of checks) {
    test(`${id} agrees with its source`, leftOut(skipped ? detail : null), () => {
      expect(ok, detail).toBe(true);
    });
  }

  test('all of the methods in the list are run and pass, and those of other methods alone are skipped', () => {
    const known = new Set(methods.map(({ id }) => id));
    const skipped = vectors.filter(({ method }) => !known.has(method)).length;
    expect(vectors).toHaveLength(68);
    expect(countChecks(checks)).toEqual({ passed: 68 - skipped, failed: 0, skipped });
  });
});

describe('verifyMethods', () => {
  const good = { id: 'a', method: 'fixed', steps: [{ losses: [1, 2], expected: { weights: [1, 1] } }], atol: 1e-9 };
  const check = (vector: unknown) => verifyMethods({ format: methodVectorsFormat, vectors: [vector] }, [fixed])[0];

  test('a vector of a method that is not built is skipped and never passed', () => {
    const checks = verifyMethods(document, [fixed]);
    expect(countChecks(checks)).toEqual({ passed: 0, failed: 0, skipped: 68 });
    expect(checks[0]).toEqual({ id: 'pcgrad/conflict2', ok: false, skipped: true, detail: 'There is no method "pcgrad" in this version.' });
  });

  test('a wrong expected number fails with both values', () => {
    expect(check(good)).toEqual({ id: 'a', ok: true, skipped: false, detail: '2 numbers agree within 1e-9' });
    const wrong = {
      ...good,
      steps: [
        {
          jacobian: [
            [1, 0],
            [0, 2],
          ],
          expected: { weights: [1, 1.5], aggregated: [1, 3] },
        },
      ],
    };
    expect(check(wrong)?.detail).toBe('step 0, weights: expected [1, 1.5], computed [1, 1]; step 0, aggregated: expected [1, 3], computed [1, 2]');
  });

  test.each([
    [{ ...good, params: { lambda: 2 } }, 'Method fixed has no parameter "lambda". It has none.'],
    [{ ...good, steps: [{ losses: [1, 2] }] }, 'The vector expects nothing.'],
    [{ ...good, atol: 0 }, '"atol" must be a number above 0. Received: 0.'],
    [{ ...good, tolerance: 1 }, 'A vector has an unknown key "tolerance". It may have: id, method, params, steps, atol, source.'],
    [{ ...good, steps: [{ loss: [1] }] }, 'Step 0 has an unknown key "loss". It may have: jacobian, losses, lossesAfter, epoch, expected.'],
    [{ ...good, steps: [{ expected: { weights: [1] } }] }, 'Step 0 must be an object with "jacobian" or "losses". Received: "neither".'],
    [{ ...good, steps: [{ losses: [1, null] }] }, 'Step 0, "losses", entry 1 must be a finite number. Received: null.'],
    [{ ...good, steps: [{ jacobian: [[1, 2], [3]] }] }, 'Step 0, "jacobian", row 1 must be of 2 numbers, as row 0. Received: 1.'],
    [{ ...good, steps: [{ losses: [1, 2], expected: { weights: [1] } }] }, 'Step 0, "weights" must be a list of 2 numbers. Received: 1.'],
    [{ ...good, steps: [{ losses: [1, 2], expected: { aggregated: [1] } }] }, 'Step 0, "aggregated" must be given only with a Jacobian. Received: "none".'],
    [{ ...good, steps: [...good.steps, { losses: [1] }] }, 'Step 1 must be of 2 tasks, as step 0. Received: 1.'],
    [{ ...good, method: 1 }, '"method" must be the id of a method. Received: 1.'],
    [{ ...good, params: [] }, '"params" must be an object. Received: [].'],
    [{ ...good, steps: [] }, '"steps" must be a list of at least one step. Received: [].'],
    [{ ...good, atol: '1' }, '"atol" must be a number above 0. Received: "1".'],
    [{ ...good, steps: ['x'] }, 'Step 0 must be an object. Received: "x".'],
    [{ ...good, steps: [{ losses: [] }] }, 'Step 0, "losses" must be a list of numbers. Received: [].'],
    [{ ...good, steps: [{ jacobian: [] }] }, 'Step 0, "jacobian" must be a list of rows. Received: [].'],
    [{ ...good, steps: [{ jacobian: [[1], [2]], losses: [1] }] }, 'Step 0, "losses" must be a list of 2 numbers, one a row of the Jacobian. Received: 1.'],
    [{ ...good, steps: [{ losses: [1, 2], lossesAfter: [1] }] }, 'Step 0, "lossesAfter" must be a list of 2 numbers. Received: 1.'],
    [{ ...good, steps: [{ losses: [1, 2], expected: { weight: [1] } }] }, 'Step 0, "expected" has an unknown key "weight". It may have: weights, aggregated.'],
    [{ ...good, steps: [{ losses: [1], epoch: 0.5 }] }, 'Step 0, "epoch" must be a whole number from 0. Received: 0.5.'],
    [{ ...good, steps: [{ losses: [1], epoch: -1 }] }, 'Step 0, "epoch" must be a whole number from 0. Received: -1.'],
  ])('a vector that cannot be read fails with the place: case %#', (vector, detail) => {
    expect(check(vector)).toEqual({ id: 'a', ok: false, skipped: false, detail });
  });

  test('a vector without an id is called by its place, and a difference of exactly the tolerance agrees', () => {
    const nameless = { method: 'fixed', steps: [{ losses: [1, 2], expected: { weights: [1, 1.25] } }], atol: 0.25 };
    expect(check(nameless)).toMatchObject({ id: 'vector 0', ok: true });
    expect(check({ ...nameless, atol: 0.2 })).toMatchObject({ ok: false });
    expect(check('x')).toMatchObject({ id: 'vector 0', ok: false, detail: 'A vector must be an object. Received: "x".' });
    const steps = Array.from({ length: 5 }, () => ({ losses: [1], expected: { weights: [2] } }));
    expect(check({ ...good, steps })?.detail.split('; ')).toHaveLength(3); // the first differences are enough
  });

  test('a step of an epoch sees the epochs before it and no other step of its own', () => {
    const { id: _id, title, paper, summary, whenToUse, formula, traps, cost, params, claims } = fixed;
    const counting = presetMethod({
      ...{ id: 'counting', title, paper, summary, whenToUse, formula, traps, cost, params, claims },
      init: () => noState,
      weights: (_, { epochLosses }) => [epochLosses.length, epochLosses.at(-1)?.[1] ?? 1],
      learn: (state) => state,
    });
    const late = { losses: [9, 9], epoch: 2, expected: { weights: [2, 0.5] } };
    const steps = [{ losses: [1, 1], epoch: 0 }, { losses: [1, 0.5], epoch: 1 }, late, late];
    const vectors = [{ id: 'a', method: 'counting', steps, atol: 1e-12 }];
    expect(verifyMethods({ format: methodVectorsFormat, vectors }, [counting])[0]?.detail).toBe('4 numbers agree within 1e-12');
  });

  test('a document of another format is refused', () => {
    expect(() => verifyMethods({ format: 'other' }, methods)).toThrow('A file of method vectors has "format": "auxlab-method-vectors/1". Received: "other".');
    expect(() => verifyMethods(null, methods)).toThrow('A file of method vectors has "format": "auxlab-method-vectors/1". Received: object.');
    expect(() => verifyMethods({ format: methodVectorsFormat, vectors: [] }, methods)).toThrow(
      'A file of method vectors has a list named "vectors" with at least one vector.',
    );
  });
});
