/** Calls about data sets: what a source holds, what its rows look like, what it can be used for. A source is a path or sample:NAME. */
import * as v from 'valibot';
import { metricIds, type MetricId } from '../../vocabulary/metrics/index.ts';
import { taskKindIds, type TaskKindId } from '../../vocabulary/taskKinds.ts';
import { recordOf } from '../bounded.ts';
import { figureOrNull } from '../figures.ts';
import { columnRoles } from '../plan.ts';
import { ReadOptions, columnTypes } from '../reading.ts';
import { count, DataInput, done, InputShape, isoTime, job, limits, nothing, page, pathText, text } from './common.ts';

const perKind = Object.fromEntries(taskKindIds.map((kind) => [kind, count])) as Record<TaskKindId, typeof count>; // every kind
const perMetric = Object.fromEntries(metricIds.map((id) => [id, figureOrNull])) as Record<MetricId, typeof figureOrNull>; // every metric

export const ColumnProfile = v.object({
  name: text,
  kind: v.picklist(columnTypes), // what it is taken for: a target of whole numbers may be classes
  kindReason: text, // why it is taken for that, in words, and how to say otherwise
  told: v.nullable(v.picklist(columnTypes)), // what the input says that it holds
  role: v.picklist(columnRoles), // the guess, or what the input says
  guessed: v.picklist(columnRoles),
  reason: text, // why the role was guessed, in words
  examples: v.array(v.union([v.string(), v.number()])), // a few values that differ, as they were understood
  missing: count,
  distinct: count,
  classes: v.nullable(v.array(v.object({ name: text, count }))), // at most 50, of class columns
  // Of numbers, and of dates in milliseconds since 1970
  range: v.nullable(v.object({ min: figureOrNull, max: figureOrNull, mean: figureOrNull, standardDeviation: figureOrNull })),
  dates: v.nullable(v.object({ first: text, last: text })), // of dates, as people write them
  histogram: v.nullable(v.array(count)), // of number columns: 24 bins from min to max
  task: v.picklist(taskKindIds), // what learning this column would be
  outputs: v.object(perKind), // numbers that a head gives for a row, as a task of each kind
  chance: v.object(perMetric), // what the best single answer for every row reaches; null for metrics of kinds that it cannot be
});

/** A change of the data's part of the plan. */
export const Remedy = v.variant('kind', [
  v.object({ kind: v.literal('role'), column: text, role: v.picklist(columnRoles) }),
  v.object({ kind: v.literal('duplicates') }), // split.duplicates: 'together'
]);

export const DatasetPicture = v.object({
  source: text,
  name: text,
  format: text,
  digest: text,
  rows: count,
  sizeBytes: v.nullable(count),
  input: InputShape,
  columns: v.array(ColumnProfile),
  targets: v.array(text), // columns that can be tasks, best guess for the main one first
  networks: v.array(text), // that fit this shape
  notes: v.array(text), // what was found out rather than told: delimiter, encoding
  warnings: v.array(text), // near-copies and what gives a label away, values far from all others, constant columns, duplicates
  remedies: v.array(v.nullable(Remedy)), // what can be done about each of the warnings with one click
  reading: ReadOptions, // how it was read, told or found out; without what does not concern data of this format
});

const Cell = v.nullable(v.union([v.string(), v.number()]));

const Part = v.object({
  rows: count,
  classes: v.nullable(v.array(v.object({ name: text, count }))),
  range: v.nullable(v.object({ mean: figureOrNull, min: figureOrNull, max: figureOrNull })),
});

export const RecentData = v.object({
  source: text,
  name: text,
  kind: v.picklist(['table', 'image', 'sequence']),
  rows: count,
  opened: isoTime,
  isThere: v.boolean(),
});

export const Sample = v.object({
  id: text,
  source: text, // sample:ID
  title: text,
  sentence: text,
  kind: v.picklist(['table', 'image', 'sequence']),
  main: text,
  auxiliaries: v.array(text),
  licence: text,
  origin: text,
});

const withData = { data: DataInput };

export const dataCalls = {
  'data.formats': { input: nothing, output: v.array(v.object({ id: text, title: text, extensions: v.array(text), help: text })) },
  'data.samples': { input: nothing, output: v.array(Sample) },
  /** Reads a source, keeps it at hand for the calls below, and notes it as recently used. */
  'data.inspect': { input: v.strictObject({ ...withData, ...job }), output: DatasetPicture, slow: true },
  /** Rows as they were read, for a virtualised table. */
  'data.rows': {
    input: v.strictObject({ ...withData, ...page }),
    output: v.object({ total: count, columns: v.array(text), rows: v.array(v.array(Cell)) }),
    slow: true,
  },
  /** Images as PNG data URLs, for a grid of thumbnails. */
  'data.thumbnails': {
    input: v.strictObject({ ...withData, ...page, side: v.optional(v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(256)), 96) }),
    output: v.object({ total: count, images: v.array(v.object({ row: count, labels: recordOf(Cell), url: text })) }),
    slow: true,
  },
  /** Sequences thinned to a few points, for sparklines. */
  'data.sequences': {
    input: v.strictObject({ ...withData, ...page, points: v.optional(v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(400)), 64) }),
    output: v.object({
      total: count,
      sequences: v.array(v.object({ row: count, length: count, labels: recordOf(Cell), lines: v.array(v.array(figureOrNull)) })), // at most 16 features
    }),
    slow: true,
  },
  /** How a split would fall for a main target, and what leaks. */
  'data.split': {
    input: v.strictObject({ ...withData, target: v.pipe(v.string(), v.maxLength(limits.name)), seed: v.optional(count, 1) }),
    output: v.object({
      kind: text,
      column: v.nullable(text),
      train: Part,
      validation: Part,
      test: Part,
      notes: v.array(text),
      warnings: v.array(text), // groups or repeated rows that would stand in training and in test
    }),
    slow: true,
  },
  'data.recent': { input: nothing, output: v.array(RecentData) }, // newest first, at most 20
  'data.forget': { input: v.strictObject({ source: pathText }), output: done }, // takes it off the list; the file stays
} as const;

export type ColumnProfile = v.InferOutput<typeof ColumnProfile>;
export type DatasetPicture = v.InferOutput<typeof DatasetPicture>;
export type RecentData = v.InferOutput<typeof RecentData>;
export type Sample = v.InferOutput<typeof Sample>;
