import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunStatus } from '../../src-main/contract/results.ts';
import { openStore, type Store } from '../../src-main/store/store.ts';
import { openFakeDesk } from '../support/deskHome.ts';
import { addExperiment } from '../support/storeRows.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const now = '2026-11-24T10:00:00.000Z';
const result = {
  epochs: 1,
  steps: 1,
  selectedEpoch: 0,
  stoppedEarly: false,
  wallMs: 1,
  stepMs: 1,
  peakMemoryMiB: 1,
  parameters: { total: 1, deployed: 1 },
  train: {},
  validation: {},
  test: {},
  classRecall: {},
  finalWeightsSha256: 'f',
  mainWeightsSha256: 'm',
  engine: { backend: 'cpu', version: '1', device: 'CPU', captured: false, threads: 1 },
};

/** Puts a run, which waits at first, into a status by the writing that does so. */
function put(store: Store, run: number, status: RunStatus): void {
  if (status === 'running') store.runs.start(run, now);
  else if (status === 'finished') store.runs.finish(run, result, now);
  else if (status !== 'queued') store.runs.stop(run, status, null, now);
}

test.each<[readonly RunStatus[], string]>([
  [[], 'finished'],
  [['finished', 'finished'], 'finished'],
  [['finished', 'failed'], 'failed'],
  [['cancelled', 'finished'], 'failed'],
  [['failed', 'interrupted'], 'interrupted'],
  [['paused', 'finished'], 'interrupted'],
  [['interrupted', 'running', 'failed'], 'running'],
])('runs that are %j make an experiment that is %s, for one and in a list', (statuses, expected) => {
  const store = openStore(':memory:');
  const seeds = statuses.map((_, i) => i + 1);
  const runs = addExperiment(store, 'e1', ['baseline'], seeds);
  addExperiment(store, 'other', ['baseline'], [1]); // of which nothing is counted
  runs.forEach((run, i) => put(store, run.id, statuses[i] ?? 'queued'));
  expect(store.runs.statusOf('e1')).toBe(expected);
  const { items } = store.search.experiments({ words: [], trashed: false, sort: 'newest', offset: 0, limit: -1 });
  expect(items.find(({ id }) => id === 'e1')?.status).toBe(expected);
  store.close();
});

test('an experiment whose design cannot be read goes to the trash and out of it like any other', async () => {
  const home = folder();
  const { client, desk } = openFakeDesk(home);
  const store = openStore(join(home, 'lab.sqlite'));
  addExperiment(store, 'e1', ['baseline'], [1]); // its design is {}
  store.close();
  await expect(client.call('experiments.show', { id: 'e1' })).rejects.toThrow('The design of experiment e1 cannot be read from the store');
  await client.call('experiments.trash', { ids: ['e1'] });
  expect(await client.call('experiments.list', {})).toEqual([]);
  await client.call('experiments.purge', { ids: ['e1'] });
  await expect(client.call('experiments.named', { id: 'e1' })).rejects.toMatchObject({ code: 'not-found' });
  await desk.close();
});
