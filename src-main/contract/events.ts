/** What a window is told without asking. Pictures and points come at most a few times a second, however fast training is. */
import * as v from 'valibot';
import { Job } from './areas/app.ts';
import { count, ExperimentId, pathText, text } from './areas/common.ts';
import { figure, figureOrNull } from './figures.ts';

const RunProgress = v.object({
  runId: text,
  arm: text,
  seed: count,
  status: text,
  epoch: v.number(),
  step: count,
  totalSteps: count,
  stepMs: figureOrNull,
  mainMetric: figureOrNull,
});

/** lab.ts's ExperimentProgress on the wire. */
export const ProgressPicture = v.object({
  experimentId: ExperimentId,
  phase: text,
  runs: v.array(RunProgress),
  finishedRuns: count,
  totalRuns: count,
  fraction: v.number(), // 0..1 of all steps
  remainingMs: figureOrNull, // null while warming up
  message: v.exactOptional(text),
});

/** New points of one series of one run, thinned like Line when there are many. */
export const LivePoints = v.object({ run: text, arm: text, seed: count, name: text, steps: v.array(v.number()), values: v.array(figure) });

export const LabEvent = v.variant('name', [
  /** Something that a list or a report shows has changed; no ids: anything may have. */
  v.strictObject({ name: v.literal('experiments.changed'), ids: v.array(ExperimentId) }),
  v.strictObject({ name: v.literal('experiment.progress'), picture: ProgressPicture }),
  v.strictObject({ name: v.literal('experiment.points'), experimentId: ExperimentId, lines: v.array(LivePoints) }),
  /** Training of an experiment has ended in this process: finished, paused or failed. */
  v.strictObject({ name: v.literal('experiment.ended'), experimentId: ExperimentId, title: text, status: text, verdict: text, sentence: text }),
  v.strictObject({ name: v.literal('queue.changed') }),
  v.strictObject({ name: v.literal('job.progress'), job: Job }),
  v.strictObject({ name: v.literal('settings.changed') }),
  /** What was decided on the way, a sentence: 'Training uses the CPU.' */
  v.strictObject({ name: v.literal('lab.note'), text }),
  v.strictObject({ name: v.literal('lab.state'), state: v.picklist(['running', 'restarting', 'ended']), message: text }),
  /** From the desktop shell: a menu entry (an id of commands.ts) was chosen. */
  v.strictObject({ name: v.literal('command'), id: text }),
  /** From the desktop shell: files wait to be taken with host.takeOpened. */
  v.strictObject({ name: v.literal('opened'), paths: v.array(pathText) }),
]);

export type LabEvent = v.InferOutput<typeof LabEvent>;
export type ProgressPicture = v.InferOutput<typeof ProgressPicture>;
export type LivePoints = v.InferOutput<typeof LivePoints>;
