/** The names that become names of files, addresses and rows: what they may look like, wherever they come from. */
import * as v from 'valibot';

/** The complete id of an experiment, as lab/record/ids.ts makes them; safe in addresses and file names. */
export const ExperimentId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'An experiment id has only small letters, digits and hyphens, at most 64.'),
);

export const ArmId = v.pipe(v.string(), v.maxLength(100), v.regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'));

/** EXPERIMENT-ARM-SEED. */
export const RunName = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,199}$/, 'A run id has only small letters, digits and hyphens, at most 200.'));

/** SHA-256, hex. */
export const Digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in small hexadecimal digits'));

/** The id that the main task has in every run. */
export const mainTaskId = 'main';

/** The id that the arm without auxiliary tasks has in every experiment. */
export const baselineId = 'baseline';
