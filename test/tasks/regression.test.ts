import { expect, test } from 'vitest';
import { openTask } from '../../src-main/tasks/index.ts';
import type { NumberTarget } from '../../src-main/tasks/regression.ts';
import type { TaskOptions } from '../../src-main/tasks/task.ts';
import { numberMetrics } from '../../src-main/vocabulary/metrics/index.ts';
import { ops, tf } from '../networks/forward.ts';
import { plain } from './forTasks.ts';

const mse: TaskOptions = { ...plain, loss: 'mse' };

function targetOf(values: readonly number[], mean = 10, standardDeviation = 2): NumberTarget {
  return { kind: 'regression', values: Float64Array.from(values), mean, standardDeviation };
}

const metricDoubt = (values: readonly number[]): string | null => numberMetrics.find(({ id }) => id === 'mape')?.doubt?.(values) ?? null;

test('RMSE, MAE and R2 are those of scikit-learn, in the unit of the target', () => {
  // scikit-learn's documentation of its regression metrics: y_true [3, -0.5, 2, 7], y_pred [2.5, 0, 2, 8]: MSE 0.375, MAE 0.5, R2 0.948...
  const outputs = Float32Array.from([2.5, 0, 2, 8], (value) => (value - 10) / 2);
  const metrics = openTask(targetOf([3, -0.5, 2, 7]), mse, []).metrics([0, 1, 2, 3], outputs);
  expect(metrics.rmse).toBe(Math.sqrt(0.375));
  expect(metrics.mae).toBe(0.5);
  expect(metrics.mape).toBeCloseTo((0.5 / 3 + 0.5 / 0.5 + 0 + 1 / 7) / 4, 12); // 0.3273..., as in its documentation
  expect(metrics.r2).toBeCloseTo(1 - 1.5 / 29.1875, 12); // sum of squared deviations from the mean 2.875: 29.1875
  expect(metrics.loss).toBe(0.375 / 4); // in standard deviations of 2
});

test('a percentage error is doubted where the target has values near 0', () => {
  expect(metricDoubt([3, 0, NaN, 7])).toMatch(/near 0 \(0\)/);
  expect(metricDoubt([-0.001, 20, 30])).toMatch(/near 0 \(0\.001\)/);
  expect(metricDoubt([9, 46.6, NaN])).toBeNull();
});

test('targets of a batch are standardised, zeros for missing values and padding', () => {
  const task = openTask(targetOf([14, NaN, 9]), mse, []);
  const out = { labels: new Float32Array(5).fill(9), rowWeights: new Float32Array(5).fill(9) };
  task.fill([0, 1, 2, -1], out);
  expect(task.outputs).toBe(1);
  expect(Array.from(out.labels)).toEqual([2, 0, -0.5, 0, 0]);
  expect(Array.from(out.rowWeights)).toEqual([0.5, 0, 0.5, 0, 0]);
});

test('equal training values are only shifted', () => {
  const task = openTask(targetOf([3, 4], 3, 0), mse, []);
  const out = { labels: new Float32Array(2), rowWeights: new Float32Array(2) };
  task.fill([0, 1], out);
  expect(Array.from(out.labels)).toEqual([0, 1]);
  expect(task.metrics([0, 1], Float32Array.of(0, 0)).mae).toBe(0.5);
});

test('the Huber loss is quadratic inside delta and linear outside, on tensors and among the metrics', () => {
  const task = openTask(targetOf([10, 10, 10, 10, NaN]), { ...plain, loss: 'huber', lossParams: { delta: 1.5 } }, []);
  const outputs = Float32Array.of(0.5, -1.5, 3, -4, 100);
  const out = { labels: new Float32Array(5), rowWeights: new Float32Array(5) };
  const rows = [0, 1, 2, 3, 4];
  task.fill(rows, out);
  const expected = (0.125 + 1.125 + 1.5 * (3 - 0.75) + 1.5 * (4 - 0.75)) / 4; // 0.5 e^2, 0.5 e^2, 1.5 (|e| - 0.75) twice
  expect(task.metrics(rows, outputs).loss).toBeCloseTo(expected, 12);
  const { value, grad } = tf.valueAndGrad((output) => task.loss(ops, output, tf.tensor(out.labels, [5, 1]), tf.tensor(out.rowWeights)))(
    tf.tensor(outputs, [5, 1]),
  );
  expect(value.shape).toEqual([]);
  expect(value.dataSync()[0]).toBeCloseTo(expected, 6);
  expect(Array.from(grad.dataSync())).toEqual([0.125, -0.375, 0.375, -0.375, 0]); // clip(e, -1.5, 1.5) / 4
});

test('the squared error on tensors is the loss among the metrics', () => {
  const task = openTask(targetOf([14, NaN, 9]), mse, []);
  const outputs = Float32Array.of(1, 50, 0.25);
  const out = { labels: new Float32Array(3), rowWeights: new Float32Array(3) };
  task.fill([0, 1, 2], out);
  const loss = task.loss(ops, tf.tensor(outputs, [3, 1]), tf.tensor(out.labels, [3, 1]), tf.tensor(out.rowWeights));
  expect(loss.dataSync()[0]).toBe((1 + 0.5625) / 2); // errors -1 and 0.75
  expect(task.metrics([0, 1, 2], outputs).loss).toBe(0.78125);
});

test('a batch without values costs exactly 0, and its metrics are left out', () => {
  const task = openTask(targetOf([NaN, NaN]), mse, []);
  const out = { labels: new Float32Array(2), rowWeights: new Float32Array(2) };
  task.fill([0, 1], out);
  expect(task.loss(ops, tf.tensor([3, 4], [2, 1]), tf.tensor(out.labels, [2, 1]), tf.tensor(out.rowWeights)).dataSync()[0]).toBe(0);
  expect(task.metrics([0, 1], Float32Array.of(3, 4))).toEqual({});
});

test('outputs of another length are refused', () => {
  expect(() => openTask(targetOf([1, 2]), mse, []).metrics([0, 1], new Float32Array(1))).toThrow('Expected 2 x 1 outputs. Received: 1');
});

test('R2 is left out where the values are equal', () => {
  expect(openTask(targetOf([5, 5]), mse, []).metrics([0, 1], Float32Array.of(0, 0))).not.toHaveProperty('r2');
});
