/** facts.json: what was found out about the columns of a prepared data set, beside its numbers. */
import * as v from 'valibot';
import { metricIds, type MetricId } from '../vocabulary/metrics/index.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
// Every metric
const chance = Object.fromEntries(metricIds.map((id) => [id, v.nullable(finite)])) as Record<MetricId, v.NullableSchema<typeof finite, undefined>>;

export const ColumnFacts = v.object({
  present: count, // rows with a value
  distinct: count, // different values
  isEstimate: v.boolean(), // of a column of many millions of rows, `distinct` and `chance` come from a part of the rows
  counts: v.nullable(v.array(count)), // of classes: rows of each; of numbers: rows of each level
  levels: v.nullable(v.array(finite)), // of numbers, when they are at most 4,096: the different ones, ascending
  range: v.nullable(v.object({ min: finite, max: finite, mean: finite, standardDeviation: finite })), // of numbers
  isWhole: v.boolean(), // every number is an integer
  isCounter: v.boolean(), // the numbers count the rows, from 0 or 1
  histogram: v.nullable(v.array(count)), // of numbers: rows in 24 bins from min to max
  chance: v.object(chance), // what the best single answer for every row reaches
});
export type ColumnFacts = v.InferOutput<typeof ColumnFacts>;

const RepeatedRows = v.object({
  columns: v.array(v.string()), // whose values, together with the array's, are equal
  rows: count, // that repeat an earlier one
});
export type RepeatedRows = v.InferOutput<typeof RepeatedRows>;

export const DatasetFacts = v.object({
  format: v.literal('auxlab-facts/1'),
  columns: v.array(ColumnFacts),
  repeated: v.optional(RepeatedRows), // by the roles that the columns have at first
});
export type DatasetFacts = v.InferOutput<typeof DatasetFacts>;

/** The facts that parsed JSON holds; null when it is not of this form. */
export function asDatasetFacts(content: unknown): DatasetFacts | null {
  const checked = v.safeParse(DatasetFacts, content);
  return checked.success ? checked.output : null;
}
