import { expect, test } from 'vitest';
import type { Tensor } from '../../src-main/networks/ops.ts';
import type { ClassTarget } from '../../src-main/tasks/classification.ts';
import { balancedWeights, classification } from '../../src-main/tasks/classification.ts';
import { ops, tf } from '../networks/forward.ts';
import { plain } from './forTasks.ts';

function targetOf(classes: number, codes: readonly number[]): ClassTarget {
  return { kind: 'classification', classes: Array.from({ length: classes }, (_, k) => `class ${k}`), codes: Int32Array.from(codes) };
}

/** Metrics of rows whose predictions are given as classes. */
function metricsOf(classes: number, codes: readonly number[], predictions: readonly number[]): ReturnType<ReturnType<typeof classification.open>['metrics']> {
  const logits = Float32Array.from(predictions.flatMap((guess) => Array.from({ length: classes }, (_, k) => (k === guess ? 1 : 0))));
  return classification.open(targetOf(classes, codes), plain, []).metrics([...codes.keys()], logits);
}

const rowsOf = (count: number): number[] => [...Array(count).keys()];

test('accuracy and macro F1 are those of scikit-learn', () => {
  // scikit-learn's f1_score documentation: y_true [0,1,2,0,1,2], y_pred [0,2,1,0,0,1], macro 0.26...: F1 of class 0 is 2 x 2 / (2 + 3), of the others 0
  const metrics = metricsOf(3, [0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]);
  expect(metrics['macro-f1']).toBeCloseTo(0.8 / 3, 12);
  expect(metrics.accuracy).toBeCloseTo(2 / 6, 12);
});

test('balanced accuracy is that of scikit-learn', () => {
  // scikit-learn's balanced_accuracy_score documentation: 0.625 = (3/4 + 1/2) / 2
  expect(metricsOf(2, [0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1])['balanced-accuracy']).toBe(0.625);
});

test('macro F1 counts a class that is only predicted, balanced accuracy does not, and neither counts an absent class', () => {
  const metrics = metricsOf(4, [0, 0, 1], [0, 2, 1]);
  expect(metrics['macro-f1']).toBeCloseTo((2 / 3 + 1 + 0) / 3, 12); // classes 0, 1, 2
  expect(metrics['balanced-accuracy']).toBe((1 / 2 + 1) / 2); // classes 0, 1
});

test('focal loss is that of its paper, in numbers and in tensors, and has a gradient for rows that are surely right', () => {
  // Lin et al. 2017, eq. 4 with gamma 2: (1 - p)^2 * -log p for p = 0.9, 0.5, 0.1
  const expected = [0.0010536051565782623, 0.17328679513998632, 1.865093925325177];
  const logits = [0.9, 0.5, 0.1].flatMap((p) => [Math.log(p), Math.log(1 - p)]);
  const task = classification.open(targetOf(2, [0, 0, 0]), { ...plain, loss: 'focal', lossParams: { gamma: 2 } }, []);
  const mean = expected.reduce((sum, value) => sum + value / 3, 0);
  expect(task.metrics([0, 1, 2], Float32Array.from(logits)).loss).toBeCloseTo(mean, 6);
  const out = { labels: new Float32Array(6), rowWeights: new Float32Array(3) };
  task.fill([0, 1, 2], out);
  const value = (output: Tensor): Tensor => task.loss(ops, output, tf.tensor(out.labels, [3, 2]), tf.tensor(out.rowWeights));
  expect(value(tf.tensor(logits, [3, 2])).dataSync()[0]).toBeCloseTo(mean, 6);
  const gradient = tf
    .grad((output: Tensor) => value(output).asScalar())(tf.tensor([200, 0, 0, 200, 0, 0], [3, 2]))
    .dataSync();
  expect(Array.from(gradient).every(Number.isFinite)).toBe(true);
  // with gamma 0 it is cross-entropy
  const plainTask = classification.open(targetOf(2, [0, 0, 0]), plain, []);
  const without = classification.open(targetOf(2, [0, 0, 0]), { ...plain, loss: 'focal', lossParams: { gamma: 0 } }, []);
  const outputs = Float32Array.from(logits);
  expect(without.metrics([0, 1, 2], outputs).loss).toBeCloseTo(plainTask.metrics([0, 1, 2], outputs).loss ?? NaN, 12);
});

test('Matthews correlation is that of scikit-learn, and 0 where there is nothing to tell apart', () => {
  // scikit-learn's matthews_corrcoef documentation: y_true = [+1, +1, +1, -1], y_pred = [+1, -1, +1, +1] gives -0.33
  expect(metricsOf(2, [1, 1, 1, 0], [1, 0, 1, 1]).mcc).toBeCloseTo(-1 / 3, 12);
  expect(metricsOf(3, [0, 0, 1, 2, 2, 1], [0, 2, 1, 2, 0, 1]).mcc).toBeCloseTo(0.5, 12); // by the covariances of the one-hot classes
  expect(metricsOf(2, [1, 1], [1, 1]).mcc).toBe(0);
  expect(metricsOf(2, [1, 0], [1, 1]).mcc).toBe(0);
});

test('log loss is that of scikit-learn', () => {
  // scikit-learn's log_loss documentation: spam, ham, ham, spam with these probabilities of (ham, spam): 0.21616...
  const probabilities = [0.1, 0.9, 0.9, 0.1, 0.8, 0.2, 0.35, 0.65];
  const task = classification.open(targetOf(2, [1, 0, 0, 1]), plain, []);
  const metrics = task.metrics(rowsOf(4), Float32Array.from(probabilities, Math.log));
  expect(metrics['log-loss']).toBeCloseTo(-Math.log(0.9 * 0.9 * 0.8 * 0.65) / 4, 7); // 0.21616; the logits are rounded to float32
  expect(metrics.loss).toBeCloseTo(metrics['log-loss'] ?? NaN, 12);
});

test('log loss does not overflow', () => {
  const metrics = classification.open(targetOf(2, [1, 0]), plain, []).metrics([0, 1], Float32Array.of(1000, 0, 1000, 0));
  expect(metrics['log-loss']).toBe(500);
});

test('the first of equal outputs is the prediction', () => {
  const task = classification.open(targetOf(3, [0, 2]), plain, []);
  expect(task.metrics([0, 1], Float32Array.of(1, 1, 0, 0, 1, 1)).accuracy).toBe(0.5);
});

test('the recall of a class is its share that is right, and there is none of a class without a row', () => {
  const task = classification.open(targetOf(3, [0, 0, 0, 1, -1]), plain, []);
  const outputs = [[1, 0, 0], [0, 2, 0], [3, 0, 0], [0, 4, 0], [0, 0, 5]].flat(); // prettier-ignore
  expect(task.classRecall?.([0, 1, 2, 3, 4], Float32Array.from(outputs))).toEqual([2 / 3, 1, null]);
});

test('rows without a label are left out, and without any label there are no metrics', () => {
  const task = classification.open(targetOf(2, [0, -1, 1, -1]), plain, []);
  expect(task.metrics([0, 1, 2], Float32Array.of(1, 0, 1, 0, 1, 0)).accuracy).toBe(0.5);
  expect(task.metrics([1, 3], Float32Array.of(1, 0, 0, 1))).toEqual({});
});

test('balanced class weights are those of scikit-learn, over labelled training rows', () => {
  // scikit-learn's compute_class_weight documentation: y = [1,1,1,1,0,0] -> [1.5, 0.75]
  expect(Array.from(balancedWeights(targetOf(2, [1, 1, 1, 1, 0, 0, -1, 0, 0]), [0, 1, 2, 3, 4, 5, 6]))).toEqual([1.5, 0.75]);
  expect(Array.from(balancedWeights(targetOf(3, [0, 0, 1, 2]), [0, 1, 2]))).toEqual([0.5, 1, 0]);
});

test('targets of a batch are one-hot with smoothing, zeros for missing labels and padding', () => {
  const task = classification.open(targetOf(4, [2, -1, 0]), { ...plain, labelSmoothing: 0.2 }, []);
  const out = { labels: new Float32Array(20).fill(9), rowWeights: new Float32Array(5).fill(9) };
  task.fill([0, 1, 2, -1], out); // a row below 0 and the fifth entry are padding
  const [on, off] = [Math.fround(0.85), Math.fround(0.05)]; // 0.8 + 0.2 / 4 and 0.2 / 4
  expect(Array.from(out.labels)).toEqual([off, off, on, off, 0, 0, 0, 0, on, off, off, off, ...new Array<number>(8).fill(0)]);
  expect(Array.from(out.rowWeights)).toEqual([0.5, 0, 0.5, 0, 0]);
});

test('row weights are class weights divided by their sum', () => {
  const task = classification.open(targetOf(2, [0, 0, 0, 1]), { ...plain, classWeights: 'balanced' }, [0, 1, 2, 3]);
  const out = { labels: new Float32Array(4), rowWeights: new Float32Array(2) };
  task.fill([0, 3], out); // weights 4 / (2 x 3) and 4 / (2 x 1)
  expect(Array.from(out.rowWeights)).toEqual([Math.fround(0.25), Math.fround(0.75)]);
});

test('a class without training rows has weight 0 and never makes a row weight that is not a number', () => {
  const task = classification.open(targetOf(3, [0, 1, 2]), { ...plain, classWeights: 'balanced' }, [0, 1]);
  const out = { labels: new Float32Array(3), rowWeights: new Float32Array(1) };
  task.fill([2], out);
  expect(Array.from(out.rowWeights)).toEqual([0]);
  expect(task.metrics([2], Float32Array.of(0, 0, 1))).toMatchObject({ accuracy: 1, loss: 0 });
});

test('the loss on tensors is the loss among the metrics, with smoothing, class weights and missing labels', () => {
  const options = { ...plain, labelSmoothing: 0.1, classWeights: 'balanced' as const };
  const task = classification.open(targetOf(3, [0, 0, 1, 2, -1, 1]), options, rowsOf(6));
  const logits = Float32Array.of(2, 1, 0, 0, 1, 0, 0, 3, 0, 1, 0, 1, 9, 0, 0, 0, 0, 5);
  const out = { labels: new Float32Array(18), rowWeights: new Float32Array(6) };
  task.fill(rowsOf(6), out);
  const loss = task.loss(ops, tf.tensor(logits, [6, 3]), tf.tensor(out.labels, [6, 3]), tf.tensor(out.rowWeights));
  expect(loss.shape).toEqual([]);
  expect(loss.dataSync()[0]).toBeCloseTo(task.metrics(rowsOf(6), logits).loss ?? NaN, 6);
});

test('a batch without labels costs exactly 0 and has gradient 0', () => {
  const task = classification.open(targetOf(3, [-1, -1]), plain, []);
  const out = { labels: new Float32Array(6), rowWeights: new Float32Array(2) };
  task.fill([0, 1], out);
  const { value, grad } = tf.valueAndGrad((output) => task.loss(ops, output, tf.tensor(out.labels, [2, 3]), tf.tensor(out.rowWeights)))(
    tf.tensor([1, -2, 3, 4, 5, 6], [2, 3]),
  );
  expect(Math.abs(value.dataSync()[0] ?? NaN)).toBe(0);
  expect(Array.from(grad.dataSync()).every((entry) => entry === 0)).toBe(true);
});

test('outputs of another length are refused', () => {
  expect(() => classification.open(targetOf(3, [0]), plain, []).metrics([0], new Float32Array(2))).toThrow('Expected 1 x 3 outputs. Received: 2');
});
