/** What a window may ask the lab and what it is told: every name with the schemas of its data. All transports speak this and nothing else. */
import * as v from 'valibot';

const verdicts = ['helps', 'hurts', 'no-real-difference', 'probably-helps', 'probably-hurts', 'inconclusive', 'too-early'] as const;
const experimentStatuses = ['running', 'finished', 'interrupted', 'failed'] as const;
const runStatuses = ['queued', 'running', 'paused', 'interrupted', 'finished', 'failed', 'cancelled'] as const;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();

/** The complete id of an experiment, as lab/ids.ts makes them; safe in addresses and file names. */
export const ExperimentId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'An experiment id has only small letters, digits and hyphens, at most 64.'),
);

/** One line of the list. */
export const ExperimentSummary = v.object({
  experimentId: ExperimentId,
  name: text,
  created: v.pipe(v.string(), v.isoTimestamp()),
  status: v.picklist(experimentStatuses),
  verdict: v.picklist(verdicts),
  runs: count,
  finishedRuns: count,
});

const Run = v.object({ id: text, seed: count, status: v.picklist(runStatuses), epochs: count, steps: count, error: v.exactOptional(text) });
const Arm = v.object({ id: text, title: text, role: v.picklist(['baseline', 'auxiliary']), runs: v.array(Run) });

/** An experiment as far as a window shows it beside its report. */
export const ExperimentPicture = v.object({
  experimentId: ExperimentId,
  name: text,
  question: text,
  status: v.picklist(experimentStatuses),
  verdict: v.picklist(verdicts),
  arms: v.array(Arm),
});

const byId = v.strictObject({ id: ExperimentId });
const nothing = v.strictObject({});

/** Every call: what goes in, what comes out. */
export const calls = {
  'lab.about': { input: nothing, output: v.object({ version: text, home: text }) },
  'experiments.list': { input: nothing, output: v.array(ExperimentSummary) }, // newest first
  'experiments.show': { input: byId, output: ExperimentPicture },
  'experiments.report': { input: byId, output: text }, // one HTML document, complete in itself
} as const;

/** Every event that is pushed without being asked for. */
export const LabEvent = v.variant('name', [
  v.strictObject({ name: v.literal('experiments.changed'), ids: v.array(ExperimentId) }),
  v.strictObject({ name: v.literal('lab.state'), state: v.picklist(['running', 'restarting', 'ended']), message: text }),
]);

export type CallName = keyof typeof calls;
export type CallInput<N extends CallName> = v.InferInput<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = v.InferOutput<(typeof calls)[N]['output']>;
export type LabEvent = v.InferOutput<typeof LabEvent>;
export type ExperimentSummary = v.InferOutput<typeof ExperimentSummary>;
export type ExperimentPicture = v.InferOutput<typeof ExperimentPicture>;
export type ArmPicture = ExperimentPicture['arms'][number];
export type RunPicture = ArmPicture['runs'][number];

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}
