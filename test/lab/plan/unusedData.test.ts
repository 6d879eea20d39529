import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareDataset } from '../../../src-main/data/prepare.ts';
import { readPrepared } from '../../../src-main/data/preparedFolder.ts';
import { writePrepared } from '../../../src-main/data/writePrepared.ts';
import { clearUnused, markLookedAt } from '../../../src-main/lab/plan/unusedData.ts';
import { datasetFolder } from '../../../src-main/lab/paths.ts';
import { temporaryFolders } from '../../support/temporary.ts';

const temporaryFolder = temporaryFolders();
const now = new Date('2026-06-30T12:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 24 * 60 * 60_000);

/** A prepared data set that was last looked at so many days ago.  @returns its digest */
function lookedAt(home: string, value: number, days: number): string {
  const dataset = prepareDataset({ format: 'csv', rows: 2, columns: [{ name: 'x', kind: 'number', values: Float64Array.of(value, 1) }], notes: [] }, 'x', 'x');
  writePrepared(dataset, datasetFolder(home, dataset.digest));
  markLookedAt(datasetFolder(home, dataset.digest), daysAgo(days));
  return dataset.digest;
}

test('what nobody looked at for a month goes, but never what an experiment was trained on', () => {
  const home = temporaryFolder();
  const [old, recent, trained] = [lookedAt(home, 2, 31), lookedAt(home, 3, 29), lookedAt(home, 4, 300)];
  expect(clearUnused(home, new Set([trained]), now)).toEqual([datasetFolder(home, old)]);
  expect([old, recent, trained].map((digest) => existsSync(datasetFolder(home, digest)))).toEqual([false, true, true]);
  expect(readPrepared(datasetFolder(home, recent), { verify: true }).rows).toBe(2);
  expect(clearUnused(home, new Set([trained]), now)).toEqual([]);
});

test('where they take too much room, those go that were not looked at for the longest time, and none of today', () => {
  const home = temporaryFolder();
  const digests = [0.5, 2, 5, 9].map((days, at) => lookedAt(home, 10 + at, days));
  const bytesOf = (digest: string): number =>
    ['dataset.json', 'columns.bin', 'facts.json'].reduce((sum, name) => sum + statSync(join(datasetFolder(home, digest), name)).size, 0);
  const limits = { keptMs: Infinity, mostBytes: bytesOf(digests[0]!) + bytesOf(digests[1]!) + 1 };
  expect(clearUnused(home, new Set(), now, limits)).toEqual([digests[2]!, digests[3]!].map((digest) => datasetFolder(home, digest)));
  expect(clearUnused(home, new Set(), now, { ...limits, mostBytes: 0 })).toEqual([datasetFolder(home, digests[1]!)]);
});

test('a data directory without data sets has nothing to clear', () => {
  expect(clearUnused(join(temporaryFolder(), 'none'), new Set(), now)).toEqual([]);
});
