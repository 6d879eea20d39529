import { describe, expect, test } from 'vitest';
import { classMetrics, metricOf, metrics, numberMetrics, usualMetric, type MetricId } from '../../src-main/vocabulary/metrics/index.ts';
import type { ClassCounts, ClassMetric, NumberMetric, ValueCounts } from '../../src-main/vocabulary/metrics/metric.ts';
import { usualLoss } from '../../src-main/vocabulary/losses/index.ts';

/** The counts of one answer for every row: this class, and these probabilities. */
function answered(labelled: readonly number[], answer: number, shares: readonly number[]): ClassCounts {
  const rows = labelled.reduce((sum, count) => sum + count, 0);
  const only = (count: number): Float64Array => Float64Array.from(labelled, (_, k) => (k === answer ? count : 0));
  const logLoss = labelled.reduce((sum, count, k) => (count === 0 ? sum : sum - count * Math.log(shares[k] ?? 0)), 0);
  return { rows, labelled: Float64Array.from(labelled), predicted: only(rows), right: only(labelled[answer] ?? 0), logLoss };
}

function countsOf(rows: readonly number[]): ValueCounts {
  const values = [...new Set(rows)].sort((a, b) => a - b);
  return { rows: rows.length, values, counts: values.map((value) => rows.filter((one) => one === value).length) };
}

const best = ({ better }: ClassMetric | NumberMetric, values: readonly (number | null)[]): number =>
  values.flatMap((value) => value ?? []).reduce((so, value) => (better === 'higher' ? Math.max(so, value) : Math.min(so, value)));

const columns = [[50, 30, 20], [7, 0, 7, 1], [1, 1, 1, 1, 1], [999, 1]]; // prettier-ignore

describe.each(classMetrics.map((metric) => [metric.id, metric] as const))('chance in %s', (_, metric) => {
  test.each(columns.map((labelled) => [labelled]))('is what the best single answer reaches on rows %j', (labelled) => {
    const rows = labelled.reduce((sum, count) => sum + count, 0);
    const prior = labelled.map((count) => count / rows);
    const reached = (shares: readonly number[]) => labelled.map((__, answer) => metric.of(answered(labelled, answer, shares)));
    expect(metric.chance(labelled)).toBeCloseTo(best(metric, reached(prior)), 12);
    const other = prior.map((share) => 0.9 * share + 0.1 / prior.length); // no other probabilities are better
    expect(best(metric, [metric.chance(labelled), ...reached(other)])).toBeCloseTo(metric.chance(labelled), 12);
  });
});

describe.each(numberMetrics.map((metric) => [metric.id, metric] as const))('chance in %s', (_, metric) => {
  test.each([[[1, 2, 2, 7]], [[-3, -1, 4, 10, 10, 11]], [[0, 5, 5, 1e3]], [[2, 4]]])('is what the best single answer reaches on values %j', (rows) => {
    const mean = rows.reduce((sum, value) => sum + value, 0) / rows.length;
    const answers = [mean, ...rows, ...Array.from({ length: 4001 }, (__, k) => Math.min(...rows) + (k / 4000) * (Math.max(...rows) - Math.min(...rows)))];
    const reached = answers.map((answer) => metric.of(rows.map((actual) => ({ actual, error: answer - actual }))));
    expect(metric.chance(countsOf(rows))).toBeCloseTo(best(metric, reached), 9);
  });
});

test.each<[MetricId, number]>([
  ['accuracy', 0.5],
  ['balanced-accuracy', 1 / 3],
  ['macro-f1', (2 * 50) / (100 + 50) / 3], // precision 50/100, recall 1; the other two classes 0
  ['mcc', 0],
  ['log-loss', 1.0296530140645737], // scipy.stats.entropy([50, 30, 20])
])('chance in %s for 50, 30 and 20 rows', (id, expected) => {
  const metric = metricOf(id);
  expect(metric.kind === 'classification' ? metric.chance([50, 30, 20]) : NaN).toBeCloseTo(expected, 12);
});

test.each<[MetricId, number]>([
  ['rmse', Math.sqrt(5.5)], // about the mean 3: (4 + 1 + 1 + 16) / 4
  ['mae', 1.5], // about the median 2: (1 + 0 + 0 + 5) / 4
  ['mape', (1 + 5 / 7) / 4], // weights 1, 1/2, 1/2, 1/7: their middle lies at 2
  ['r2', 0],
])('chance in %s for the values 1, 2, 2 and 7', (id, expected) => {
  const metric = metricOf(id);
  expect(metric.kind === 'regression' ? metric.chance(countsOf([1, 2, 2, 7])) : NaN).toBeCloseTo(expected, 12);
});

test('the usual gain worth having: half a point of a share or a nat, a hundredth of what has no unit, 1 % of the spread of what has the target’s', () => {
  // The README's "half a point or 1 % of the target's spread": a changed margin changes verdicts.
  expect(Object.fromEntries(metrics.map(({ id, better, margin }) => [id, [better, margin]]))).toMatchObject({
    accuracy: ['higher', { fixed: 0.005 }],
    'balanced-accuracy': ['higher', { fixed: 0.005 }],
    'macro-f1': ['higher', { fixed: 0.005 }],
    mcc: ['higher', { fixed: 0.01 }],
    'log-loss': ['lower', { fixed: 0.005 }],
    rmse: ['lower', { ofSpread: 0.01 }],
    mae: ['lower', { ofSpread: 0.01 }],
    mape: ['lower', { fixed: 0.005 }],
    r2: ['higher', { fixed: 0.01 }],
  });
});

test('the usual metrics and losses', () => {
  expect([usualMetric('classification'), usualMetric('regression')]).toEqual(['accuracy', 'rmse']);
  expect([usualLoss('classification'), usualLoss('regression')]).toEqual(['cross-entropy', 'mse']);
});

test('a percentage error divides by at least the smallest step above 1, as scikit-learn does', () => {
  const mape = metricOf('mape');
  if (mape.kind !== 'regression') throw new Error('a metric of regression is expected');
  expect(
    mape.of([
      { actual: 0, error: -1 },
      { actual: -4, error: 1 },
    ]),
  ).toBe((1 / Number.EPSILON + 0.25) / 2);
  // a thousandth of the largest
  expect(mape.doubt?.([0.1, 100])).toBe('has values near 0 (0.1), where a percentage error has no meaning and a few rows decide MAPE.');
  expect(mape.doubt?.([-0.11, 100])).toBeNull();
  expect(mape.doubt?.([0.0005, 0.4])).toBeNull(); // small values are not near 0 beside each other
  expect(mape.doubt?.([0.012345, -100])).toContain('(0.0123)');
});

test('R2 has a value for a target that varies little, and none for one that does not', () => {
  const r2 = metricOf('r2');
  if (r2.kind !== 'regression') throw new Error('a metric of regression is expected');
  const rows = [
    { actual: 0.1, error: 0.1 },
    { actual: 0.3, error: 0 },
  ];
  expect(r2.of(rows)).toBeCloseTo(0.5, 12); // 1 - 0.01 / (0.01 + 0.01)
  expect(r2.of(rows.map((row) => ({ ...row, actual: 0.25 })))).toBeNull();
});

test('an unknown metric is answered with those that there are', () => {
  expect(() => metricOf('constructor' as 'mae')).toThrow(`Expected one of ${metrics.map(({ id }) => id).join(', ')}. Received: constructor`);
});
