/** What makes an experiment repeatable, written down before it runs. Stored as JSON; the schema is the type. The command that repeats it is no part of it:
 *  that follows from where the plan lies, and is made anew each time. */
import * as v from 'valibot';
import { countUpTo, isoTime, listUpTo, textUpTo } from './bounded.ts';
import { refuseNewer } from './design.ts';
import { HostVariables, RunEnvironment } from './environment.ts';
import { Digest } from './identifiers.ts';
import { mostPairs } from './plan.ts';
import type { DeepReadonly } from './readonly.ts';

export const provenanceFormat = 2;

const count = countUpTo(2 ** 31);
const word = textUpTo(300);

export const StoredProvenance = v.strictObject({
  format: v.literal(provenanceFormat),
  auxlab: word, // the program's version
  node: word,
  platform: word,
  cpu: word,
  created: isoTime,
  data: v.strictObject({
    source: textUpTo(4096),
    digest: Digest,
    rows: count,
    split: v.strictObject({ train: count, validation: count, heldOut: v.exactOptional(count), test: count, digest: Digest }),
  }),
  seeds: listUpTo(countUpTo(2 ** 49), mostPairs),
  environment: RunEnvironment, // what every run is given
  host: HostVariables, // what this computer had set besides, as a record; {} of what was imported
});
export type StoredProvenance = DeepReadonly<v.InferOutput<typeof StoredProvenance>>;

/** Stored provenance, of this form or the first, which had no number, a command, and all variables in one.
 *  @throws ValiError, or LabError store for a newer form */
export function readProvenance(value: unknown): StoredProvenance {
  const given = isFirst(value) ? fromFirst(value) : value;
  refuseNewer(given, provenanceFormat);
  return v.parse(StoredProvenance, given);
}

function isFirst(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Object.hasOwn(value, 'format');
}

function fromFirst({ command: _, environment, ...rest }: Readonly<Record<string, unknown>>): unknown {
  const variables = typeof environment === 'object' && environment !== null ? Object.entries(environment) : [];
  const of = (known: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
    Object.fromEntries(variables.filter(([name]) => Object.hasOwn(known, name)));
  return { ...rest, format: provenanceFormat, environment: of(RunEnvironment.entries), host: of(HostVariables.entries) };
}
