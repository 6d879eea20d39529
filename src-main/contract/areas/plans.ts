/** Calls about experiments before they run: suggestions, checks, the command that does the same, and drafts. */
import * as v from 'valibot';
import { recordOf } from '../bounded.ts';
import { figureOrNull } from '../figures.ts';
import { Plan } from '../plan.ts';
import { TaskPicture } from '../task.ts';
import { count, DataInput, done, isoTime, job, limits, nothing, pathText, PlanText, text } from './common.ts';

/** What comes back of a plan: every choice written out, so that running it again gives the same experiment. */
const CompletePlan = Plan;

export const PlanEstimate = v.object({
  runs: count,
  stepsPerRun: count,
  lowMs: figureOrNull, // for the whole plan on this machine; null while nothing like it has been measured
  highMs: figureOrNull,
  basis: text, // what the estimate rests on, a sentence
  diskMiB: v.number(),
  workers: count, // runs side by side
  threads: count,
});

export const PlanPicture = v.object({
  plan: CompletePlan,
  parts: v.object({ train: count, validation: count, test: count }),
  network: v.object({ id: text, inputShape: v.array(count), outputShape: v.array(count) }),
  arms: v.array(
    v.object({
      id: text,
      role: v.picklist(['baseline', 'auxiliary']),
      method: text,
      parameters: count, // trunk and heads, trained
      tasks: v.array(TaskPicture),
    }),
  ),
  warnings: v.array(text),
  estimate: PlanEstimate,
});

/** An experiment that is being designed: its content is the window's own business. Saved at every pause in writing. */
export const Draft = v.object({ id: text, name: text, saved: isoTime, content: recordOf(v.unknown()) });
const DraftId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/));
const isSmall = v.check<Record<string, unknown>, string>(
  (content) => JSON.stringify(content).length <= limits.draft,
  `A draft has at most ${limits.draft} characters.`,
);

export const planCalls = {
  /** A first design for a data set: main task, auxiliaries, network, method, with the reason in a sentence. */
  'plans.suggest': {
    input: v.strictObject({ data: DataInput, main: v.exactOptional(v.pipe(v.string(), v.maxLength(limits.name))), ...job }),
    output: v.object({ plan: CompletePlan, sentence: text }),
    slow: true,
  },
  /** Fills defaults in and checks everything against the data; refused with a sentence that names the place. Nothing is stored. */
  'plans.check': { input: v.strictObject({ plan: PlanText, ...job }), output: PlanPicture, slow: true },
  /** The command that runs the same plan: `auxlab compare ...` where that says everything, else `auxlab run FILE`. */
  'plans.command': { input: v.strictObject({ plan: PlanText }), output: v.object({ command: text, isComplete: v.boolean(), note: text }) },
  /** Reads a plan file (JSON with comments). */
  'plans.read': { input: v.strictObject({ path: pathText }), output: v.object({ plan: CompletePlan }) },
  'drafts.list': { input: nothing, output: v.array(v.object({ id: text, name: text, saved: isoTime })) }, // newest first
  'drafts.get': { input: v.strictObject({ id: DraftId }), output: Draft },
  'drafts.save': {
    input: v.strictObject({ id: DraftId, name: v.pipe(v.string(), v.maxLength(limits.name)), content: v.pipe(recordOf(v.unknown()), isSmall) }),
    output: v.object({ saved: isoTime }),
  },
  'drafts.remove': { input: v.strictObject({ id: DraftId }), output: done },
} as const;

export type PlanPicture = v.InferOutput<typeof PlanPicture>;
export type PlanEstimate = v.InferOutput<typeof PlanEstimate>;
export type Draft = v.InferOutput<typeof Draft>;
