import { beforeAll, describe, expect, test } from 'vitest';
import { Stream } from '../../src-main/contract/random.ts';
import { loadPortable, type Backend } from '../../src-main/engine/engines/backend.ts';
import { opsOf } from '../../src-main/engine/engines/openEngine.ts';
import type { Ops, Tensor } from '../../src-main/networks/ops.ts';
import { size } from '../../src-main/networks/layer.ts';
import { hasTensorFlow, testBackend } from '../support/tensorFlow.ts';
import { one, uses, type Numbers } from './opUses.ts';
import { mean } from './plainOps.ts';

let backend: Backend;

beforeAll(async () => {
  backend = await testBackend();
});

/** Each set of operations on the back end that runs it. */
const engines = [
  { id: "tfjs's JavaScript", name: 'cpu', mode: 'eager' },
  { id: 'WebAssembly', name: 'wasm', mode: 'eager' }, // of dense networks only: the gradients of others' layers have no kernels there
  ...(hasTensorFlow
    ? [{ id: 'TensorFlow, plain', name: 'tensorflow', mode: 'eager' } as const, { id: 'TensorFlow, fused', name: 'tensorflow', mode: 'captured' } as const]
    : []),
] as const;

const notDense: readonly string[] = ['conv2d', 'maxPool', 'avgPool', 'batchNorm', 'lstm', 'gru'] satisfies (keyof Ops)[];

describe.each(engines)('$id', ({ name, mode }) => {
  let ops: Ops;
  const make = (values: Numbers, shape: readonly number[]): Tensor => backend.tf.tensor([...values], [...shape]);
  const numbersOf = (tensor: Tensor): number[] => Array.from(tensor.dataSync<'float32'>());

  beforeAll(async () => {
    backend.tf.enableProdMode(); // without it tfjs prints an advertisement
    if (name === 'wasm') await loadPortable(name);
    await backend.tf.setBackend(name);
    ops = opsOf({ ...backend, native: name === 'tensorflow' ? backend.native : null }, mode);
  });

  const expectNear = (found: Numbers, wanted: Numbers): void => {
    expect(found).toHaveLength(wanted.length);
    const scale = Math.max(1, ...wanted.map(Math.abs));
    found.forEach((value, position) => expect(Math.abs(value - (wanted[position] ?? NaN)) / scale, `at ${position}`).toBeLessThan(2e-5));
  };

  const entries = Object.entries(uses).filter(([id]) => name !== 'wasm' || !notDense.includes(id));
  test.each(entries.flatMap(([id, list]) => list.map((use, at) => ({ id, at, use }))))(
    '$id ($at): its value, and its gradients by differences of the plain form',
    ({ id, at, use }) => {
      const { shapes, from = -2, to = 2, run, plain } = use;
      const random = new Stream(3, `ops/${id}`, at);
      const inputs = shapes.map((shape) => Array.from({ length: size(shape) }, () => Math.fround(from + (to - from) * random.uniform())));
      backend.tf.tidy(() => {
        const fixed = new Map<string, Tensor>(); // made outside of gradients(), as what is fed to a step is
        const constant: typeof make = (values, shape) => {
          const key = JSON.stringify([values, shape]);
          const tensor = fixed.get(key) ?? make(values, shape);
          fixed.set(key, tensor);
          return tensor;
        };
        const tensors = inputs.map((values, position) => make(values, shapes[position] ?? []));
        const wanted = plain(inputs);
        expectNear(numbersOf(run(ops, tensors, constant)), wanted);
        if (use.flat === true) return;
        const slopes = wanted.map(() => Math.fround(random.uniform() - 0.5)); // of the scalar that is differentiated
        const scalar = (): Tensor => {
          const y = run(ops, tensors, constant);
          return ops.sum(ops.multiply(y, make(slopes, y.shape)));
        };
        const total = (values: readonly Numbers[]): number => plain(values).reduce((sum, value, position) => sum + value * (slopes[position] ?? NaN), 0);
        const step = 1e-6; // central differences of doubles are good to about 1e-9 there
        ops.gradients(scalar, tensors).forEach((gradient, position) => {
          const moved = (place: number, by: number): Numbers[] =>
            inputs.map((values, other) => (other === position ? values.map((value, k) => (k === place ? value + by : value)) : values));
          const differences = one(inputs, position).map((_, place) => (total(moved(place, step)) - total(moved(place, -step))) / (2 * step));
          expect(gradient.shape).toEqual(shapes[position]);
          expectNear(numbersOf(gradient), differences);
        });
      });
    },
  );

  test('batchNorm gives the mean and the unbiased variance of each channel', () => {
    const x = [1, 10, 2, 20, 6, 60];
    const { mean: centre, variance } = ops.batchNorm(make(x, [3, 2]), make([1, 1], [2]), make([0, 0], [2]), 0.001);
    expectNear(numbersOf(centre), [3, 30]);
    expectNear(numbersOf(variance), [7, 700]); // (4 + 1 + 9) / 2, and a hundred times as much
  });

  test('a row without a label costs 0, and under the weight 0 that such a row has its gradient is 0', () => {
    const [logits, none] = [make([0.3, -1, 2, 1, 0, -1], [2, 3]), make([0, 0, 0, 0, 1, 0], [2, 3])];
    expect(numbersOf(ops.softmaxCrossEntropy(logits, none))[0]).toBeCloseTo(0, 12);
    const [gradient] = ops.gradients(() => ops.sum(ops.multiply(ops.softmaxCrossEntropy(logits, none), make([0, 1], [2]))), [logits]);
    const values = numbersOf(gradient as Tensor);
    expect(values.slice(0, 3).map(Math.abs)).toEqual([0, 0, 0]);
    const sum = Math.exp(1) + 1 + Math.exp(-1); // softmax - labels
    expectNear(values.slice(3), [Math.exp(1) / sum, 1 / sum - 1, Math.exp(-1) / sum]);
  });

  test('uniform numbers lie in [0, 1), come again under their seed and are others under another', () => {
    const draw = (seed: number): number[] => numbersOf(ops.uniform(backend.tf.tensor1d([seed, 7], 'int32'), [4, 250]));
    const values = draw(1);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(draw(1)).toEqual(values);
    expect(draw(2)).not.toEqual(values);
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(0.05); // five standard errors of 1000 draws: 5 * sqrt(1 / 12 / 1000)
  });

  test('a constant takes no part in a gradient, a scaled gradient is multiplied, what nothing depends on gets zeros', () => {
    const [x, other] = [make([1, 2, 3], [3]), make([5, 6], [2])];
    const [through, none] = ops.gradients(
      () =>
        ops.sum(
          ops.multiply(
            x,
            ops.constant(() => ops.square(x)),
          ),
        ),
      [x, other],
    );
    expect(numbersOf(through as Tensor)).toEqual([1, 4, 9]); // of x * (x * x held still)
    expect(numbersOf(none as Tensor)).toEqual([0, 0]);
    const factor = ops.number(-0.5);
    const scaled = (): Tensor => ops.sum(ops.square(ops.scaleGradient(x, factor)));
    expect(numbersOf(scaled())).toEqual([14]);
    expect(numbersOf(ops.gradients(scaled, [x])[0] as Tensor)).toEqual([-1, -2, -3]);
  });

  test('gradients that are asked for together share one forward pass', () => {
    const x = make([1, 2, 3], [3]);
    let passes = 0;
    const found: number[][] = [];
    ops.together(() => {
      passes += 1;
      const squares = ops.keep(ops.square(x));
      for (const factor of [1, 10]) found.push(numbersOf(ops.gradients(() => ops.sum(ops.multiply(squares, factor)), [x])[0] as Tensor));
      squares.dispose();
    });
    expect(passes).toBe(1);
    expect(found).toEqual([[2, 4, 6], [20, 40, 60]]); // prettier-ignore
  });
});
