import { expect, test } from 'vitest';
import { plain } from '../../src-main/vocabulary/arithmetic.ts';
import { optimizerOf } from '../../src-main/vocabulary/optimizers/index.ts';
import { ownValues } from '../../src-main/vocabulary/params.ts';

/** A parameter of 1 after each step along these gradients, at rate 0.01. */
function path(id: Parameters<typeof optimizerOf>[0], gradients: readonly number[], given: object = {}): number[] {
  const optimizer = optimizerOf(id);
  const params = ownValues(optimizer.params, given as Record<string, unknown>);
  let [parameter, slots]: [number, readonly number[]] = [1, optimizer.slots.map(({ initial }) => initial)];
  return gradients.map((gradient, step) => {
    const scalars = optimizer.scalars(params, step);
    const slot = (position: number): number => slots[position] ?? NaN;
    const scalar = (position: number): number => scalars[position] ?? NaN;
    [parameter = NaN, ...slots] = optimizer.update(plain, { parameter, gradient, learningRate: 0.01, slot, scalar }, params);
    return parameter;
  });
}

const gradients = [0.5, -0.2, 0.1];
const expectPath = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, step) => expect(found[step]).toBeCloseTo(value, 12));
};

test('NAdam takes the steps of Keras', () => {
  // keras/src/optimizers/nadam.py, written out in double precision for these gradients: u_t = 0.9 (1 - 0.5 * 0.96^t), its running product, m_hat, v_hat
  expectPath(path('nadam', gradients), [0.9893721240924874, 0.992498649714638, 0.9901543068238049]);
});

test("NAdam's schedule neither stops nor costs more in a long run", () => {
  const nadam = optimizerOf('nadam');
  const far = nadam.scalars(ownValues(nadam.params, {}), 1_000_000);
  expect(far).toEqual([0.9, expect.closeTo(0.1, 12) as number, 1]);
});

test('momentum, with and without Nesterov, by hand', () => {
  expectPath(path('momentum', [1, 1]), [0.99, 0.99 - 0.01 * 1.9]);
  expectPath(path('momentum', [1, 1], { nesterov: true }), [1 - 0.01 * 1.9, 1 - 0.01 * 1.9 - 0.01 * (1 + 0.9 * 1.9)]);
});
