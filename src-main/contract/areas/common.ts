/** What the schemas of all areas share: names and limits. */
import * as v from 'valibot';
import { recordOf } from '../bounded.ts';
import { ExperimentId } from '../identifiers.ts';
import { DataPlan, SplitPlan, type PlanInput } from '../plan.ts';

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const text = v.string();
export { isoTime } from '../bounded.ts';
export { ExperimentId } from '../identifiers.ts';

/** Texts that people write: at most this many characters each. */
export const limits = { name: 200, search: 200, notes: 100_000, path: 4096, tag: 50, tags: 20, draft: 300_000, ids: 1000 } as const;

export const nameText = v.pipe(v.string(), v.trim(), v.minLength(1, 'A name must not be empty.'), v.maxLength(limits.name));
export const pathText = v.pipe(v.string(), v.minLength(1), v.maxLength(limits.path));

/** Chosen by who asks, so that a long answer can be followed and cancelled while it is being made. */
export const JobId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,64}$/, 'A job id has only letters, digits and hyphens, at most 64.'));
export const job = { job: v.exactOptional(JobId) };

export const byId = v.strictObject({ id: ExperimentId });
export const nothing = v.strictObject({});
export const done = v.object({});

/** A data set as a plan names it: source (a path or sample:NAME), how to read it, roles, split. A split that is left out is the one that suits the data. */
export const DataInput = v.strictObject({ ...DataPlan.entries, split: v.exactOptional(SplitPlan) });

/** A plan as it was written. Its own check (lab/plan/planShape.ts) answers with a sentence that names the key,
 *  and tells what was written from what is a default. */
export const PlanText = v.custom<PlanInput>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'A plan must be an object.');

export const page = {
  offset: v.optional(count, 0),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), 100),
};

const help = { help: text };

/** A parameter as vocabulary/params.ts has it; a test holds the two together. */
export const ParamSpec = v.variant('kind', [
  v.object({
    kind: v.literal('number'),
    default: v.number(),
    min: v.exactOptional(v.number()),
    max: v.exactOptional(v.number()),
    exclusiveMin: v.exactOptional(v.boolean()),
    exclusiveMax: v.exactOptional(v.boolean()),
    integer: v.exactOptional(v.boolean()),
    required: v.exactOptional(v.boolean()),
    ...help,
  }),
  v.object({ kind: v.literal('boolean'), default: v.boolean(), ...help }),
  v.object({ kind: v.literal('choice'), default: text, choices: v.array(text), ...help }),
]);
export const ParamSpecs = recordOf(ParamSpec);
export const paramValues = recordOf(v.union([v.number(), v.boolean(), v.pipe(v.string(), v.maxLength(limits.name))]));

/** The shape of one input row as a network sees it. */
export const InputShape = v.object({ kind: v.picklist(['table', 'image', 'sequence']), shape: v.pipe(v.array(count), v.minLength(1), v.maxLength(3)) });

/** A file that was made for the person to keep; the window saves it where they say. */
export const MadeFile = v.object({ fileName: text, mediaType: text, encoding: v.picklist(['utf-8', 'base64']), content: text });

export type MadeFile = v.InferOutput<typeof MadeFile>;
