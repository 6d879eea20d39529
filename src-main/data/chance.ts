/** What guessing reaches on a column, metric by metric: the best single answer, given for every row without a look at any input. A network that has learned
 *  nothing comes out here. */
import { metrics, type Metric, type MetricId } from '../vocabulary/metrics/index.ts';
import { classCounts, numberCounts, sortedDistinct } from './columns.ts';
import type { DataColumn } from './dataset.ts';

export type Chance = Readonly<Record<MetricId, number | null>>;

/** Over all rows with a value. null: the column cannot be a task of the metric's kind, or would have a class for every row. */
export function chanceOf(column: DataColumn): Chance {
  if (column.kind === 'date') return Object.fromEntries(metrics.map((metric) => [metric.id, null])) as Chance; // one entry a metric; no task
  const counts = column.kind === 'class' ? classCounts(column) : numberCounts(column);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const values = column.kind === 'number' ? sortedDistinct(column).values : null;
  const hasClasses = values === null || values.length < rows;
  const chance = (metric: Metric): number | null => {
    if (rows === 0) return null;
    if (metric.kind === 'classification') return hasClasses ? metric.chance(counts) : null;
    return values === null ? null : metric.chance({ rows, values, counts });
  };
  return Object.fromEntries(metrics.map((metric) => [metric.id, chance(metric)])) as Chance; // one entry a metric
}
