/** Remembers which prepared data set a source gave, so that it is read once: by path, reading choices and the reader's version, as long as its marks stay. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import type { DataPlan } from '../../contract/plan.ts';
import { ImageScale, ReadOptions } from '../../contract/reading.ts';
import { readerVersion } from '../../formats/index.ts';
import { sourceFile } from '../paths.ts';

const largestEntry = 16 * 2 ** 20;
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const SourceEntry = v.object({
  format: v.literal('auxlab-source/1'),
  key: v.string(),
  mark: sha256, // of sizes, times and places of the files
  bytes: sha256, // of what is in the files
  digest: sha256, // of the content that was made of them
  name: v.string(),
  sourceFormat: v.string(),
  notes: v.array(v.string()),
  found: v.optional(ReadOptions),
  scale: v.optional(ImageScale), // of this reading: the same bytes may come of other values
});
export type SourceEntry = v.InferOutput<typeof SourceEntry>;

export type SourcePlan = Pick<DataPlan, 'source' | 'format'> & Partial<Pick<DataPlan, 'options' | 'types' | 'parts'>>;

/** One text for one way to read one source. */
export function keyOf({ source, format, options, types, parts }: SourcePlan): string {
  return JSON.stringify(['reader', readerVersion, source, format ?? null, sorted(options ?? {}), sorted(types ?? {}), sorted(parts ?? {})]);
}

function sorted(record: object): readonly (readonly [string, unknown])[] {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What is remembered under a key; null when nothing is, or nothing that can be used. */
export function recall(home: string, key: string): SourceEntry | null {
  const path = fileOf(home, key);
  try {
    if (statSync(path).size > largestEntry) return null;
    const checked = v.safeParse(SourceEntry, JSON.parse(readFileSync(path, 'utf8')));
    return checked.success && checked.output.key === key ? checked.output : null;
  } catch {
    return null; // not there or damaged: the source is read again
  }
}

/** Remembers, by a file that is there whole or not at all.  @throws what the system says */
export function remember(home: string, entry: SourceEntry): void {
  const path = fileOf(home, entry.key);
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(entry));
  renameSync(fresh, path);
}

function fileOf(home: string, key: string): string {
  return sourceFile(home, createHash('sha256').update(key).digest('hex'));
}
