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

test('Adam, RMSProp, Adagrad and the plain gradient take the steps of their formulas', () => {
  // each formula as TensorFlow has it, written out in double precision for these gradients
  expectPath(path('adam', gradients), [0.9900000632451532, 0.9865440250693356, 0.9827501291450313]); // Kingma & Ba 2015, end of section 2
  expectPath(path('adam', gradients, { beta1: 0.8, beta2: 0.99, epsilon: 1e-3 }), [0.9901960784313726, 0.9873263548020011, 0.9840043062670331]);
  expect(path('adamw', gradients)).toEqual(path('adam', gradients));
  expectPath(path('rmsprop', gradients), [0.9683772866436797, 0.9806631657994765, 0.974319563766295]);
  expectPath(path('rmsprop', gradients, { rho: 0.5, epsilon: 0.01 }), [0.9863917236512045, 0.9929676831434189, 0.9887513129298611]);
  expectPath(path('adagrad', gradients), [0.9915484588812861, 0.9947510214445674, 0.9931698828644832]);
  expectPath(path('adagrad', gradients, { epsilon: 0.1 }), [0.9927704709072065, 0.9955309961695215, 0.9941657255745633]);
  expectPath(path('sgd', gradients), [0.995, 0.997, 0.996]);
});

test('kernels get their inputs in the order of TensorFlow', () => {
  // tf.raw_ops: ResourceApplyAdam(var, m, v, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad), ...Momentum(var, accum, lr, grad, momentum),
  // ...RMSProp(var, ms, mom, lr, rho, momentum, epsilon, grad), ...AdagradV2(var, accum, lr, epsilon, grad), ...GradientDescent(var, alpha, delta)
  const kernel = (id: Parameters<typeof optimizerOf>[0], given: Record<string, unknown>) => optimizerOf(id).kernel?.(ownValues(optimizerOf(id).params, given));
  const adam = ['parameter', 'slots', 'scalars', 'learningRate', 0.8, 0.99, 1e-5, 'gradient'];
  for (const id of ['adam', 'adamw'] as const)
    expect(kernel(id, { beta1: 0.8, beta2: 0.99, epsilon: 1e-5 })).toEqual({ op: 'ResourceApplyAdam', inputs: adam, flags: { use_nesterov: false } });
  expect(kernel('momentum', { momentum: 0.5, nesterov: true })).toEqual({
    op: 'ResourceApplyMomentum',
    inputs: ['parameter', 'slots', 'learningRate', 'gradient', 0.5],
    flags: { use_nesterov: true },
  });
  expect(kernel('momentum', {})?.flags).toEqual({ use_nesterov: false });
  const rmsprop = ['parameter', 'slots', 'learningRate', 0.7, 0, 1e-5, 'gradient'];
  expect(kernel('rmsprop', { rho: 0.7, epsilon: 1e-5 })).toEqual({ op: 'ResourceApplyRMSProp', inputs: rmsprop, flags: {} });
  const adagrad = ['parameter', 'slots', 'learningRate', 1e-5, 'gradient'];
  expect(kernel('adagrad', { epsilon: 1e-5 })).toEqual({ op: 'ResourceApplyAdagradV2', inputs: adagrad, flags: { update_slots: true } });
  expect(kernel('sgd', {})).toEqual({ op: 'ResourceApplyGradientDescent', inputs: ['parameter', 'learningRate', 'gradient'], flags: {} });
});

test('a report names the parameters of an optimizer', () => {
  const words = (id: Parameters<typeof optimizerOf>[0], given: Record<string, unknown> = {}) => optimizerOf(id).words(ownValues(optimizerOf(id).params, given));
  expect([words('adam'), words('nadam'), words('rmsprop'), words('sgd'), words('adagrad')]).toEqual([
    ['beta 0.9 and 0.999'],
    ['beta 0.9 and 0.999'],
    ['rho 0.9'],
    [],
    [],
  ]);
  expect([words('momentum'), words('momentum', { nesterov: true })]).toEqual([['momentum 0.9'], ['momentum 0.9 (Nesterov)']]);
});

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
