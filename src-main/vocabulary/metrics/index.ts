/** The metrics, in the order the user sees; the first of a kind is its usual one. Conventions are scikit-learn's. */
import { entryById } from '../lookup.ts';
import type { TaskKindId } from '../taskKinds.ts';
import { accuracy } from './accuracy.ts';
import { balancedAccuracy } from './balancedAccuracy.ts';
import { logLoss } from './logLoss.ts';
import { macroF1 } from './macroF1.ts';
import { mae } from './mae.ts';
import { mape } from './mape.ts';
import { matthews } from './matthews.ts';
import type { ClassMetric, NumberMetric } from './metric.ts';
import { r2 } from './r2.ts';
import { rmse } from './rmse.ts';

const list = [
  accuracy, //
  balancedAccuracy,
  macroF1,
  matthews,
  logLoss,
  rmse,
  mae,
  mape,
  r2,
] as const;

export type MetricId = (typeof list)[number]['id'];
export type Metric = (ClassMetric | NumberMetric) & { readonly id: MetricId };

export const metrics: readonly Metric[] = list;
export const metricIds: readonly MetricId[] = list.map(({ id }) => id);
export const classMetrics: readonly (ClassMetric & { readonly id: MetricId })[] = list.filter((metric) => metric.kind === 'classification');
export const numberMetrics: readonly (NumberMetric & { readonly id: MetricId })[] = list.filter((metric) => metric.kind === 'regression');

export function metricOf(id: MetricId): Metric {
  return entryById(metrics, id);
}

/** The metrics that tell how well a task of this kind is learned. */
export function metricsOf(kind: TaskKindId): readonly MetricId[] {
  return metrics.filter((metric) => metric.kind === kind).map(({ id }) => id);
}

export function usualMetric(kind: TaskKindId): MetricId {
  return metricsOf(kind)[0] ?? 'accuracy';
}
