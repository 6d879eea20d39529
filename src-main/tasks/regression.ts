/** Regression on the target standardised with the training rows' mean and standard deviation; metrics in the target's own unit. */
import type { Metrics } from '../contract/results.ts';
import type { EncodedTarget } from '../data/dataset.ts';
import type { Task, TaskKind, TaskOptions } from './task.ts';

export type NumberTarget = Extract<EncodedTarget, { kind: 'regression' }>;

export const regression: TaskKind<NumberTarget> = {
  id: 'regression',
  title: 'Regression',
  losses: ['mse', 'huber'],
  metricIds: ['rmse', 'mae', 'r2'],
  defaultMetric: 'rmse',
  open(target, options): Task {
    const spread = target.standardDeviation > 0 ? target.standardDeviation : 1; // equal training values are only shifted
    return {
      outputs: 1,
      fill(rows, out) {
        out.labels.fill(0);
        out.rowWeights.fill(0);
        const values = Array.from(rows, (row) => valueOf(target, row));
        const labelled = values.filter((value) => !Number.isNaN(value)).length;
        values.forEach((value, b) => {
          if (Number.isNaN(value)) return;
          out.labels[b] = (value - target.mean) / spread;
          out.rowWeights[b] = 1 / labelled;
        });
      },
      loss(ops, output, labels, rowWeights) {
        const { tf } = ops;
        const error = tf.sub(output, labels);
        const rowLoss = options.loss === 'huber' ? huberTensor(error) : tf.square(error);
        return tf.sum(tf.mul(tf.reshape(rowLoss, rowWeights.shape), rowWeights));

        /** With c = the error clipped to [-delta, delta], c (e - c / 2) is e^2 / 2 inside and delta (|e| - delta / 2) outside (Huber 1964). */
        function huberTensor(e: typeof error): typeof error {
          const clipped = tf.clipByValue(e, -options.huberDelta, options.huberDelta);
          return tf.mul(clipped, tf.sub(e, tf.mul(clipped, 0.5)));
        }
      },
      metrics(rows, outputs): Metrics {
        if (outputs.length !== rows.length) throw new RangeError(`Expected ${rows.length} x 1 outputs. Received: ${outputs.length}`);
        const pairs = Array.from(rows, (row, b) => ({ actual: valueOf(target, row), output: outputs[b] ?? NaN })).filter(({ actual }) => !Number.isNaN(actual));
        return regressionMetrics(pairs, target.mean, spread, options);
      },
    };
  },
};

/** RMSE, MAE and R2 (1 - residual / total sum of squares of these rows; left out for fewer than two rows or equal values), and the loss in standard deviations. */
function regressionMetrics(pairs: readonly { actual: number; output: number }[], mean: number, spread: number, options: TaskOptions): Metrics {
  const rows = pairs.length;
  if (rows === 0) return {};
  const centre = pairs.reduce((sum, { actual }) => sum + actual, 0) / rows;
  let squared = 0;
  let absolute = 0;
  let deviations = 0;
  let loss = 0;
  for (const { actual, output } of pairs) {
    const error = output * spread + mean - actual;
    squared += error ** 2;
    absolute += Math.abs(error);
    deviations += (actual - centre) ** 2;
    loss += options.loss === 'huber' ? huber(error / spread, options.huberDelta) : (error / spread) ** 2;
  }
  const errors = { rmse: Math.sqrt(squared / rows), mae: absolute / rows, loss: loss / rows };
  return deviations > 0 ? { ...errors, r2: 1 - squared / deviations } : errors;
}

function huber(error: number, delta: number): number {
  const size = Math.abs(error);
  return size <= delta ? 0.5 * error ** 2 : delta * (size - 0.5 * delta);
}

function valueOf(target: NumberTarget, row: number): number {
  return row < 0 ? NaN : (target.values[row] ?? NaN);
}
