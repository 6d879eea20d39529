import { afterAll, beforeAll, expect, test } from 'vitest';
import { join } from 'node:path';
import { makeDocument, writeDocument } from '../../src-main/lab/record/documents.ts';
import { openStore, type Store } from '../../src-main/store/store.ts';
import { flowersPlan, openFakeLab, writeFlowers } from '../support/labHome.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
let store: Store;
let id = '';

beforeAll(async () => {
  const home = folder();
  const lab = openFakeLab(home);
  id = (await lab.runPlan(flowersPlan(writeFlowers(home), { repeats: 10 }))).experimentId;
  lab.close();
  store = openStore(join(home, 'lab.sqlite'));
  for (const run of store.runs.of(id))
    store.write(() => {
      store.runs.setProgress(run.id, 20_000, 2);
      store.points.add(
        run.id,
        Array.from({ length: 20_000 }, (_, step) => ['loss/main', step, Math.exp(-step / 3000)] as const),
      );
    });
});
afterAll(() => store.close());

/** What work takes of this process: its processor time, and how often something else could be done meanwhile. */
async function takenHere(work: () => Promise<unknown>): Promise<{ readonly processorMs: number; readonly turns: number }> {
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  clearInterval(timer);
  return { processorMs: (user + system) / 1000, turns };
}

test.each(['report', 'sections', 'csv'] as const)(
  'the %s of a large experiment is written elsewhere, says the same, and this process stays free',
  async (task) => {
    const wanted = { id, task, version: '1' };
    let document: unknown;
    const elsewhere = await takenHere(async () => (document = await makeDocument(store, wanted)));
    let own: unknown;
    const here = await takenHere(async () => (own = writeDocument(store, wanted)));
    expect(document).toEqual(own);
    expect(elsewhere.processorMs).toBeLessThan(here.processorMs / 4); // 4 to 9 % measured
    expect(elsewhere.turns).toBeGreaterThan(10);
    expect(here.turns).toBe(0); // so the turns are a sign of it
  },
);

test('writing can be cancelled', async () => {
  const controller = new AbortController();
  const writing = makeDocument(store, { id, task: 'bundle', version: '1' }, controller.signal);
  controller.abort(); // the process that writes is there, and far from its end
  await expect(writing).rejects.toMatchObject({ code: 'interrupted', message: 'Writing the document was cancelled.' });
});

test('a section that is switched off is left out there too', async () => {
  const report = { id, task: 'report', version: '1' } as const;
  const off = (await makeDocument(store, { ...report, task: 'sections' })).at(-1)?.id ?? '';
  expect(writeDocument(store, report)).toContain(`id="${off}"`);
  store.write(() => store.annotations.setReportOff(id, [off]));
  expect(await makeDocument(store, report)).not.toContain(`id="${off}"`);
});
