/** Prepared data sets that no experiment was trained on: a look at a file leaves one behind, and it may be as large as the file. They are made again from their
 *  source, so those that nobody looks at any more are cleared away. */
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { datasetFolder } from '../paths.ts';

const dayMs = 24 * 60 * 60_000;
const usualLimits = { keptMs: 30 * dayMs, mostBytes: 20e9 };
const digestOnly = /^[0-9a-f]{64}$/;

interface Unused {
  readonly folder: string;
  readonly bytes: number;
  readonly ageMs: number; // since the last look
}

/** Notes that somebody looks at a prepared data set. */
export function markLookedAt(folder: string, now: Date): void {
  try {
    utimesSync(folder, now, now);
  } catch {
    return; // a folder of somebody else, or one that is gone: the look itself says so
  }
}

/** Removes what was not looked at for a month and, where the rest takes more than 20 GB, what was not for the longest time, but for a day at least.
 *  @param used digests of the data sets of experiments, which stay
 *  @returns the folders that are gone */
export function clearUnused(home: string, used: ReadonlySet<string>, now: Date, { keptMs, mostBytes } = usualLimits): string[] {
  const unused = unusedSets(home, used, now).sort((a, b) => a.ageMs - b.ageMs);
  let bytes = 0;
  return unused.flatMap(({ folder, bytes: own, ageMs }) => {
    bytes += own;
    if (ageMs <= keptMs && (bytes <= mostBytes || ageMs <= dayMs)) return [];
    rmSync(folder, { recursive: true, force: true });
    return [folder];
  });
}

function unusedSets(home: string, used: ReadonlySet<string>, now: Date): Unused[] {
  return namesIn(join(home, 'datasets'))
    .filter((name) => digestOnly.test(name) && !used.has(name))
    .flatMap((digest) => {
      const folder = datasetFolder(home, digest);
      const info = statSync(folder, { throwIfNoEntry: false });
      return info?.isDirectory() === true ? [{ folder, bytes: bytesIn(folder), ageMs: now.getTime() - info.mtimeMs }] : [];
    });
}

function bytesIn(folder: string): number {
  return namesIn(folder).reduce((sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // not there, or gone in the meantime
  }
}
