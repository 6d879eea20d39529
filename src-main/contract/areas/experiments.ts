/** Calls about experiments: starting and steering them, finding them again, what people write about them, and what they recorded. */
import * as v from 'valibot';
import { byId, count, done, ExperimentId, isoTime, job, limits, MadeFile, nameText, nothing, page, pathText, PlanText, text } from './common.ts';
import { figure, figureOrNull } from '../figures.ts';
import { experimentStatuses, runStatuses, verdicts } from '../results.ts';
import { ExperimentDocument } from './document.ts';

const ids = v.strictObject({ ids: v.pipe(v.array(ExperimentId), v.minLength(1), v.maxLength(limits.ids)) });
const tag = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.tag));
/** training: runs of it train in this process. pausing: their checkpoints are being written. waiting: its turn comes. elsewhere: another process trains it. */
export const activities = ['training', 'pausing', 'waiting', 'elsewhere', 'none'] as const;

/** One line of the list. */
export const ExperimentSummary = v.object({
  experimentId: ExperimentId,
  name: text,
  created: isoTime,
  status: v.picklist(experimentStatuses),
  verdict: v.picklist(verdicts),
  runs: count,
  finishedRuns: count,
  imported: v.nullable(isoTime), // when it came in with a file; null: it was made here
});

/** One line of a search, with what a person wrote about it. */
export const ExperimentLine = v.object({
  ...ExperimentSummary.entries,
  question: text,
  metric: text,
  data: text, // the data set's name
  tags: v.array(text),
  hasNotes: v.boolean(),
  trashed: v.nullable(isoTime),
  activity: v.picklist(activities),
});

/** One run in a table over all experiments. */
export const RunLine = v.object({
  runId: text,
  experimentId: ExperimentId,
  experiment: text,
  arm: text,
  armTitle: text,
  role: v.picklist(['baseline', 'auxiliary']),
  seed: count,
  status: v.picklist(runStatuses),
  metric: text,
  validation: figureOrNull, // main task, the experiment's own metric
  test: figureOrNull,
  steps: count,
  wallMs: figureOrNull,
  started: v.nullable(text),
  error: v.nullable(text),
});

/** What a run recorded, thinned to what a screen can show: of every stretch the least and the greatest value stay. */
export const Line = v.object({
  run: text,
  arm: text,
  seed: count,
  name: text, // 'loss/main', 'validation/main/accuracy', 'weight/type', ...
  total: count, // points in the asked range
  steps: v.array(v.number()),
  values: v.array(figure),
});

const search = {
  search: v.optional(v.pipe(v.string(), v.maxLength(limits.search)), ''),
  ...page,
};

/** What an imported experiment needs before it trains: the data named by the person, or a yes to those that it names itself. */
const consent = { data: v.exactOptional(pathText), isConfirmed: v.exactOptional(v.boolean()) };

export const experimentCalls = {
  /** Every experiment that is not in the trash, newest first. */
  'experiments.list': { input: nothing, output: v.array(ExperimentSummary) },
  /** A page of experiments. The search looks at name, question, data set, tags and notes; every word must occur. */
  'experiments.find': {
    input: v.strictObject({
      ...search,
      status: v.exactOptional(v.picklist(experimentStatuses)),
      verdict: v.exactOptional(v.picklist(verdicts)),
      tag: v.exactOptional(tag),
      trashed: v.optional(v.boolean(), false),
      sort: v.optional(v.picklist(['newest', 'oldest', 'name']), 'newest'),
    }),
    output: v.object({ total: count, items: v.array(ExperimentLine) }),
  },
  /** The whole id of what a person named by it or by its beginning. @param only leaves runs out */
  'experiments.named': {
    input: v.strictObject({ id: v.pipe(v.string(), v.maxLength(limits.name)), only: v.exactOptional(v.literal('experiment')) }),
    output: v.object({ kind: v.picklist(['experiment', 'run']), id: text }),
  },
  /** What was asked and what came of it. */
  'experiments.show': { input: byId, output: ExperimentDocument },
  /** The same with what people wrote about it, and what happens to it now. */
  'experiments.open': {
    input: byId,
    output: v.object({
      document: ExperimentDocument,
      notes: text,
      tags: v.array(text),
      trashed: v.nullable(isoTime),
      activity: v.picklist(activities),
      canResume: v.boolean(),
      events: v.array(v.object({ at: text, kind: text, run: v.nullable(text), detail: text })),
    }),
  },
  'experiments.runs': {
    input: v.strictObject({
      ...search,
      experiment: v.exactOptional(ExperimentId),
      status: v.exactOptional(v.picklist(runStatuses)),
      sort: v.optional(v.picklist(['newest', 'oldest', 'test-high', 'test-low', 'slowest']), 'newest'),
    }),
    output: v.object({ total: count, items: v.array(RunLine) }),
  },
  /** Checks the plan, prepares data and runtime (told as job.progress), stores the experiment and queues it. */
  'experiments.start': {
    input: v.strictObject({ plan: PlanText, draft: v.exactOptional(v.pipe(v.string(), v.maxLength(64))), ...job }),
    output: byId,
    slow: true,
  },
  /** Checkpoints are written; the answer comes when every run has stopped. */
  'experiments.pause': { input: byId, output: done, slow: true },
  /** Goes on with interrupted runs and repeats those whose engine was lost. An imported experiment needs consent. */
  'experiments.resume': { input: v.strictObject({ id: ExperimentId, ...consent, ...job }), output: done, slow: true },
  /** Ends it for good: unfinished runs are cancelled, finished ones stay. */
  'experiments.cancel': { input: byId, output: done, slow: true },
  /** More pairs. @param repeats how many there shall be in the end */
  'experiments.extend': {
    input: v.strictObject({ id: ExperimentId, repeats: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), ...consent, ...job }),
    output: done,
    slow: true,
  },
  'experiments.rename': { input: v.strictObject({ id: ExperimentId, name: nameText }), output: done },
  'experiments.setNotes': { input: v.strictObject({ id: ExperimentId, notes: v.pipe(v.string(), v.maxLength(limits.notes)) }), output: done },
  'experiments.setTags': {
    input: v.strictObject({ id: ExperimentId, tags: v.pipe(v.array(tag), v.maxLength(limits.tags)) }),
    output: v.object({ tags: v.array(text) }),
  },
  'experiments.tags': { input: nothing, output: v.array(v.object({ tag: text, count })) },
  /** Out of sight, with everything kept.  Refused while it trains. */
  'experiments.trash': { input: ids, output: done },
  'experiments.restore': { input: ids, output: done },
  /** Removes trashed experiments for good, their checkpoints too. */
  'experiments.purge': { input: ids, output: done },
  /** Order: what trains first, then what waits. */
  'queue.list': { input: nothing, output: v.array(v.object({ experimentId: ExperimentId, name: text, activity: v.picklist(activities) })) },
  /** @param position among those that wait, from 0 */
  'queue.move': { input: v.strictObject({ id: ExperimentId, position: count }), output: done },
  /** Takes a waiting experiment out of the queue; it stays stored and can be resumed. */
  'queue.remove': { input: byId, output: done },
  /** The names of what an experiment recorded. */
  'series.names': { input: byId, output: v.array(text) },
  /** @param points at most so many a line   @param from to the steps (or epochs) shown; left out: all */
  'series.read': {
    input: v.strictObject({
      id: ExperimentId,
      names: v.pipe(v.array(v.pipe(v.string(), v.maxLength(400))), v.minLength(1), v.maxLength(100)),
      runs: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(1000))),
      from: v.exactOptional(count),
      to: v.exactOptional(count),
      points: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(20_000)), 800),
    }),
    output: v.array(Line),
  },
  /** One file that holds the whole experiment: plan, results, points, notes, report. */
  'bundle.export': { input: v.strictObject({ id: ExperimentId, ...job }), output: MadeFile, slow: true },
  /** The experiment comes back under its own id; one that is there already is left as it is. */
  'bundle.import': { input: v.strictObject({ path: pathText, ...job }), output: v.object({ id: ExperimentId, isNew: v.boolean() }), slow: true },
} as const;

export type ExperimentSummary = v.InferOutput<typeof ExperimentSummary>;
export type ExperimentLine = v.InferOutput<typeof ExperimentLine>;
export type RunLine = v.InferOutput<typeof RunLine>;
export type Line = v.InferOutput<typeof Line>;
export type Activity = (typeof activities)[number];
