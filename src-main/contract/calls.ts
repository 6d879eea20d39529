/** What a window may ask the lab and what it is told: every name with the schemas of its data. All transports speak this and nothing else.
 *
 *  areas/app.ts          lab.about lab.status doctor.run settings.* runtimes.* jobs.*
 *  areas/data.ts         data.formats .samples .inspect .rows .thumbnails .sequences .split .recent .forget
 *  areas/catalog.ts      catalog.methods .advice .networks .tasks .training .network
 *  areas/plans.ts        plans.suggest .check .command .read, drafts.list .get .save .remove
 *  areas/experiments.ts  experiments.* (start, steer, find, write about, trash), queue.*, series.*, bundle.*
 *  areas/reports.ts      experiments.report report.sections .setSections .export
 *  areas/host.ts         host.*: answered by the desktop shell, refused elsewhere
 *  events.ts             what comes without being asked for
 *
 *  Rules. Inputs are strict and limited in size; outputs are plain JSON, in which a number that is not finite is null (figures.ts). A call marked `slow`
 *  may take minutes: give it a `job` of your own choosing, listen for job.progress, end it with jobs.cancel. What goes wrong arrives as a LabError whose
 *  message is a sentence for people. Training belongs to the lab's process, not to a window: after a reload ask experiments.open, queue.list and
 *  series.read for what was missed; points are stored before they are told.
 *
 *  Files. On the desktop a dropped file has a path (bridge.ts, pathOf); in a browser it is uploaded first (upload.ts), which gives a path too. */
import type * as v from 'valibot';
import { appCalls } from './areas/app.ts';
import { catalogCalls } from './areas/catalog.ts';
import { dataCalls } from './areas/data.ts';
import { experimentCalls } from './areas/experiments.ts';
import { hostCalls } from './areas/host.ts';
import { planCalls } from './areas/plans.ts';
import { reportCalls } from './areas/reports.ts';

export { ExperimentId } from './areas/common.ts';
export type { MadeFile } from './areas/common.ts';
export type { Job, Runtime, Settings } from './areas/app.ts';
export type { ColumnProfile, DatasetPicture, RecentData, Sample } from './areas/data.ts';
export type { AdviceEntry, LayerPicture, MethodEntry, NetworkEntry, NetworkPicture, TaskEntry } from './areas/catalog.ts';
export type { Draft, PlanEstimate, PlanPicture } from './areas/plans.ts';
export type { Activity, ExperimentLine, ExperimentSummary, Line, RunLine } from './areas/experiments.ts';
export type { ReportFormat } from './areas/reports.ts';
export { LabEvent } from './events.ts';
export type { LivePoints, ProgressPicture } from './events.ts';

/** Every call: what goes in, what comes out. */
export const calls = { ...appCalls, ...dataCalls, ...catalogCalls, ...planCalls, ...experimentCalls, ...reportCalls, ...hostCalls } as const;

export type CallName = keyof typeof calls;
/** What a caller writes: entries with defaults may be left out. */
export type CallInput<N extends CallName> = v.InferInput<(typeof calls)[N]['input']>;
/** What a handler gets: defaults filled in. */
export type CallArguments<N extends CallName> = v.InferOutput<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = v.InferOutput<(typeof calls)[N]['output']>;
/** What a handler gives: figures as they are written, or still as numbers. */
export type CallAnswer<N extends CallName> = v.InferInput<(typeof calls)[N]['output']>;

/** What a person can be asked to pick. */
export type PickedKind = CallInput<'host.pick'>['kind'];

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

/** Whether an answer may take minutes, so that no transport gives up on it. */
export function isSlow(name: CallName): boolean {
  return 'slow' in calls[name];
}
