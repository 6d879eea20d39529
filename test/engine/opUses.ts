/** Uses of every operation of networks/ops.ts, each with what it gives in plain numbers. The type asks for every operation that there is. */
import type { Ops, Tensor } from '../../src-main/networks/ops.ts';
import { convolution, crossEntropy, gru, lstm, mean, moments, pool, product } from './plainOps.ts';

export type Numbers = readonly number[];

/** One use of an operation: what it gives and, by differences of the plain form, its gradients. */
export interface Use {
  readonly shapes: readonly (readonly number[])[]; // of the inputs
  readonly from?: number; // of the random inputs; default -2
  readonly to?: number;
  readonly flat?: boolean; // there is no gradient
  readonly run: (ops: Ops, inputs: readonly Tensor[], make: (values: Numbers, shape: readonly number[]) => Tensor) => Tensor;
  readonly plain: (inputs: readonly Numbers[]) => number[];
}

/** An input by its position; every use has as many as it asks for. */
export const one = <T>(inputs: readonly T[], position = 0): T => inputs[position] as T;

function ofOne(run: (ops: Ops, x: Tensor) => Tensor, plain: (x: number) => number, more: Partial<Use> = {}): Use {
  return { shapes: [[2, 3]], run: (ops, inputs) => run(ops, one(inputs)), plain: (inputs) => one(inputs).map(plain), ...more };
}

/** A vector is spread over the rows of a matrix. */
function ofTwo(run: (ops: Ops, a: Tensor, b: Tensor) => Tensor, plain: (a: number, b: number) => number, more: Partial<Use> = {}): Use {
  return {
    shapes: [[2, 3], [3]],
    run: (ops, inputs) => run(ops, one(inputs), one(inputs, 1)),
    plain: (inputs) => one(inputs).map((a, position) => plain(a, one(inputs, 1)[position % 3] ?? NaN)),
    ...more,
  };
}

/** Nothing but the shape changes. */
function asIs(shape: readonly number[], run: (ops: Ops, x: Tensor) => Tensor, positions: (values: Numbers) => number[] = (values) => [...values]): Use {
  return { shapes: [shape], run: (ops, inputs) => run(ops, one(inputs)), plain: (inputs) => positions(one(inputs)) };
}

const columns = (values: Numbers, first: number, count: number, width: number): number[] =>
  values.filter((_, position) => position % width >= first && position % width < first + count);
const labels = [0.2, 0.3, 0.5, 0, 1, 0];
const mask = [1, 1, 0, 1, 0, 0]; // [2, 3]: sequences of two steps, the second with a hole at its end
const [image, sequence] = [
  [2, 5, 4, 2],
  [2, 3, 2],
] as const;
const units = 2;
const recurrentShapes = (gates: number, bias: readonly number[]): number[][] => [[...sequence], [2, gates * units], [units, gates * units], [...bias]];

type WithoutUse = 'number' | 'uniform' | 'gradients' | 'together' | 'constant' | 'scaleGradient' | 'keep'; // they have tests of their own below

export const uses: Readonly<Record<Exclude<keyof Ops, WithoutUse>, readonly Use[]>> = {
  add: [
    ofTwo(
      (ops, a, b) => ops.add(a, b),
      (a, b) => a + b,
    ),
    ofOne(
      (ops, x) => ops.add(x, 0.5),
      (x) => x + 0.5,
    ),
  ],
  subtract: [
    ofTwo(
      (ops, a, b) => ops.subtract(a, b),
      (a, b) => a - b,
    ),
    ofOne(
      (ops, x) => ops.subtract(1, x),
      (x) => 1 - x,
    ),
  ],
  multiply: [
    ofTwo(
      (ops, a, b) => ops.multiply(a, b),
      (a, b) => a * b,
    ),
    ofOne(
      (ops, x) => ops.multiply(x, -3),
      (x) => -3 * x,
    ),
  ],
  divide: [
    ofTwo(
      (ops, a, b) => ops.divide(a, b),
      (a, b) => a / b,
      { from: 0.5 },
    ),
    ofOne(
      (ops, x) => ops.divide(2, x),
      (x) => 2 / x,
      { from: 0.5 },
    ),
  ],
  larger: [
    {
      shapes: [[2, 3], [2, 3]], // prettier-ignore
      run: (ops, inputs) => ops.larger(one(inputs), one(inputs, 1)),
      plain: ([a = [], b = []]) => a.map((value, position) => Math.max(value, b[position] ?? NaN)),
    },
    ofOne((ops, x) => ops.larger(x, 0.25), (x) => Math.max(x, 0.25)), // prettier-ignore
  ],
  clip: [
    ofOne(
      (ops, x) => ops.clip(x, -0.5, 0.75),
      (x) => Math.min(Math.max(x, -0.5), 0.75),
    ),
  ],
  square: [
    ofOne(
      (ops, x) => ops.square(x),
      (x) => x ** 2,
    ),
  ],
  power: [
    ofOne(
      (ops, x) => ops.power(x, 1.7),
      (x) => x ** 1.7,
      { from: 0.2 },
    ),
  ],
  exp: [ofOne((ops, x) => ops.exp(x), Math.exp)],
  log: [ofOne((ops, x) => ops.log(x), Math.log, { from: 0.2 })],
  sqrt: [ofOne((ops, x) => ops.sqrt(x), Math.sqrt, { from: 0.2 })],
  inverseSqrt: [
    ofOne(
      (ops, x) => ops.inverseSqrt(x),
      (x) => 1 / Math.sqrt(x),
      { from: 0.2 },
    ),
  ],
  atLeast: [
    ofOne(
      (ops, x) => ops.atLeast(x, 0.25),
      (x) => (x >= 0.25 ? 1 : 0),
      { flat: true },
    ),
  ],
  relu: [
    ofOne(
      (ops, x) => ops.relu(x),
      (x) => Math.max(x, 0),
    ),
  ],
  sum: [
    asIs(
      [2, 3],
      (ops, x) => ops.sum(x),
      (x) => [mean(x) * 6],
    ),
    asIs(
      [4],
      (ops, x) => ops.sum(x),
      (x) => [mean(x) * 4],
    ),
  ],
  mean: [
    asIs(
      image,
      (ops, x) => ops.mean(x, [1, 2]),
      (x) => [0, 1].flatMap((b) => [0, 1].map((c) => mean(columns(x.slice(b * 40, b * 40 + 40), c, 1, 2)))),
    ),
    asIs(
      [3, 2],
      (ops, x) => ops.mean(x, [0]),
      (x) => [0, 1].map((c) => mean(columns(x, c, 1, 2))),
    ),
  ],
  halfSquares: [
    {
      ...asIs(
        [2, 3],
        (ops, x) => ops.halfSquares(x),
        (x) => [x.reduce((sum, value) => sum + value ** 2 / 2, 0)],
      ),
      flat: true,
    },
  ],
  reshape: [asIs([2, 3], (ops, x) => ops.reshape(x, [3, 2]))],
  flatten: [asIs([2, 3], (ops, x) => ops.flatten(x))],
  concat: [
    {
      shapes: [
        [2, 1],
        [2, 3],
      ],
      run: (ops, inputs) => ops.concat(inputs, 1),
      plain: ([a = [], b = []]) => [0, 1].flatMap((row) => [a[row] ?? NaN, ...b.slice(3 * row, 3 * row + 3)]),
    },
  ],
  stack: [{ shapes: [[2], [2]], run: (ops, inputs) => ops.stack(inputs), plain: (inputs) => inputs.flat() }],
  unstack: [
    asIs(
      [3, 2],
      (ops, x) => one(ops.unstack(x), 1),
      (x) => x.slice(2, 4),
    ),
  ],
  split: [
    asIs(
      [5],
      (ops, x) => one(ops.split(x, [2, 3]), 1),
      (x) => x.slice(2),
    ),
  ],
  slice: [
    asIs(
      [2, 4],
      (ops, x) => ops.slice(x, [0, 1], [-1, 2]),
      (x) => columns(x, 1, 2, 4),
    ),
  ],
  matMul: [
    {
      shapes: [
        [2, 3],
        [3, 2],
      ],
      run: (ops, inputs) => ops.matMul(one(inputs), one(inputs, 1)),
      plain: ([a = [], b = []]) => product(a, b, 2, 3, 2),
    },
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      run: (ops, inputs) => ops.matMul(one(inputs), one(inputs, 1), true),
      plain: ([a = [], b = []]) => product(a, [0, 1, 2].flatMap((k) => [b[k] ?? NaN, b[3 + k] ?? NaN]), 2, 3, 2), // prettier-ignore
    },
  ],
  dense: [
    {
      shapes: [[2, 3], [3, 2], [2]],
      run: (ops, inputs) => ops.dense(one(inputs), one(inputs, 1), one(inputs, 2)),
      plain: ([x = [], kernel = [], bias = []]) => product(x, kernel, 2, 3, 2).map((value, position) => value + (bias[position % 2] ?? NaN)),
    },
    {
      shapes: [[2, 3], [3, 2]], // prettier-ignore
      run: (ops, inputs) => ops.dense(one(inputs), one(inputs, 1), null),
      plain: ([x = [], kernel = []]) => product(x, kernel, 2, 3, 2),
    },
  ],
  conv2d: [1, 2].map((stride) => ({
    shapes: [image, [3, 2, 2, 3], [3]],
    run: (ops: Ops, inputs: readonly Tensor[]) => ops.conv2d(one(inputs), one(inputs, 1), one(inputs, 2), stride, 'same'),
    plain: ([x = [], kernel = [], bias = []]: readonly Numbers[]) =>
      convolution(x, kernel, image, [3, 2], 3, stride).map((value, position) => value + (bias[position % 3] ?? NaN)),
  })),
  maxPool: (['same', 'valid'] as const).map((padding) =>
    asIs(
      image,
      (ops, x) => ops.maxPool(x, 3, 2, padding),
      (x) => pool(x, image, [3, 3], 2, padding === 'same', (values) => Math.max(...values)),
    ),
  ),
  avgPool: [
    asIs(
      image,
      (ops, x) => ops.avgPool(x, [3, 2], [1, 1], 'valid'),
      (x) => pool(x, image, [3, 2], 1, false, mean),
    ),
  ],
  batchNorm: [[5, 2], image].map((shape) => ({
    shapes: [shape, [2], [2]],
    run: (ops: Ops, inputs: readonly Tensor[]) => ops.batchNorm(one(inputs), one(inputs, 1), one(inputs, 2), 0.001).y,
    plain: ([x = [], scale = [], offset = []]: readonly Numbers[]) => {
      const of = moments(x, 2);
      return x.map((value, position) => {
        const c = position % 2;
        return ((value - (of[c]?.mean ?? NaN)) / Math.sqrt((of[c]?.variance ?? NaN) + 0.001)) * (scale[c] ?? NaN) + (offset[c] ?? NaN);
      });
    },
  })),
  softmaxCrossEntropy: [
    {
      shapes: [[2, 3]],
      run: (ops, inputs, make) => ops.softmaxCrossEntropy(one(inputs), make(labels, [2, 3])),
      plain: ([logits = []]) => crossEntropy(logits, labels, 3),
    },
  ],
  lstm: [null, mask].map((given) => ({
    shapes: recurrentShapes(4, [4 * units]),
    run: (ops: Ops, [x, kernel, recurrent, bias]: readonly Tensor[], make: (values: Numbers, shape: readonly number[]) => Tensor) =>
      ops.lstm(x as Tensor, kernel as Tensor, recurrent as Tensor, bias as Tensor, given === null ? null : make(given, [2, 3])),
    plain: ([x = [], kernel = [], recurrent = [], bias = []]: readonly Numbers[]) => lstm(x, kernel, recurrent, bias, sequence, units, given),
  })),
  gru: [null, mask].map((given) => ({
    shapes: recurrentShapes(3, [2, 3 * units]),
    run: (ops: Ops, [x, kernel, recurrent, bias]: readonly Tensor[], make: (values: Numbers, shape: readonly number[]) => Tensor) =>
      ops.gru(x as Tensor, kernel as Tensor, recurrent as Tensor, bias as Tensor, given === null ? null : make(given, [2, 3])),
    plain: ([x = [], kernel = [], recurrent = [], bias = []]: readonly Numbers[]) => gru(x, kernel, recurrent, bias, sequence, units, given),
  })),
};
