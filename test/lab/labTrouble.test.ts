/** What the lab says and saves when its store, its workers or its disk fail. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { nodeWorkers } from '../../src-main/lab/process/nodeWorker.ts';
import { flowersPlan, openFakeLab, patientLimits, writeFlowers } from '../support/labHome.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();

test('a store that lost a table is named by whichever call meets it', async () => {
  const home = folder();
  const lab = openFakeLab(home);
  await lab.runPlan(flowersPlan(writeFlowers(home), { repeats: 1 }));
  const file = join(home, 'lab.sqlite');
  const other = new Sqlite(file);
  other.pragma('foreign_keys = OFF');
  for (const view of ['runs', 'points', 'metrics']) other.exec(`DROP VIEW ${view}`);
  other.exec('DROP TABLE run');
  other.close();
  const sentence = `The store ${file} cannot be used: no such table: `;
  await expect(lab.call('experiments.list', {})).rejects.toThrow(sentence);
  await expect(lab.runPlan(flowersPlan(join(home, 'flowers.csv')))).rejects.toThrow(sentence);
  lab.close();
});

test('a worker that crashes costs its own run, with its last lines, and the run can go on later', async () => {
  const home = folder();
  const plan = flowersPlan(writeFlowers(home));
  const lab = openFakeLab(home, 'crash@auxiliary/2');
  const document = await lab.runPlan(plan);
  expect(document.status).toBe('failed');
  expect(document.arms.map(({ runs }) => runs.map(({ status }) => status))).toEqual([['finished', 'finished'], ['finished', 'failed']]); // prettier-ignore
  expect(document.arms[1]?.runs[1]?.error).toBe('The engine process ended before its result (exit code 7). Its last lines:\nfirst line\nthe tensor broke');
  expect(document.warnings[0]).toMatch(
    /^Run .*-auxiliary-2 \(region, seed 2\) failed, so its pair does not count: The engine process ended before its result \(exit code 7\)\./,
  );
  lab.close();
  const again = openFakeLab(home);
  const resumed = await again.resume(null);
  expect(resumed.status).toBe('finished');
  expect(again.series(resumed.experimentId).get(`${resumed.experimentId}-auxiliary-2`)?.[0]?.steps).toHaveLength(20);
  again.close();
});

test('a run whose training fails marks its pair and stays failed', async () => {
  const home = folder();
  const lab = openFakeLab(home, 'fail@baseline/1');
  const document = await lab.runPlan(flowersPlan(writeFlowers(home)));
  expect(document.arms[0]?.runs[0]).toMatchObject({ status: 'failed', error: 'The loss is not finite at step 5.' });
  expect(document.comparisons[0]).toMatchObject({ verdict: 'too-early', difference: { pairs: 1 } });
  expect((await lab.resume(document.experimentId)).arms[0]?.runs[0]?.status).toBe('failed');
  lab.close();
});

test('a silent worker is ended', async () => {
  const home = folder();
  const lab = openFakeLab(home, 'hang@baseline/1', { limits: { ...patientLimits, silenceMs: 800 } });
  const document = await lab.runPlan(flowersPlan(writeFlowers(home), { repeats: 1 }));
  expect(document.arms[0]?.runs[0]?.error).toMatch(/^The engine process gave no sign of life for 1 s and was ended\./);
  lab.close();
});

test('without a runtime the whole queue ends', async () => {
  const home = folder();
  const lab = openFakeLab(home, 'no-runtime@baseline/1');
  await expect(lab.runPlan(flowersPlan(writeFlowers(home)))).rejects.toThrow('The runtime does not load.');
  expect((await lab.call('experiments.list', {}))[0]).toMatchObject({ status: 'interrupted' });
  lab.close();
});

test('prepared data with a changed bit are made again from the source before a run goes on', async () => {
  const home = folder();
  const source = writeFlowers(home);
  const first = openFakeLab(home, 'crash@baseline/1');
  const { experimentId, provenance } = await first.runPlan(flowersPlan(source, { repeats: 1 }));
  first.close();
  const file = join(home, 'datasets', provenance.data.digest, 'columns.bin');
  const whole = readFileSync(file);
  writeFileSync(file, Buffer.from(whole).fill(1, 8, 9));
  const lab = openFakeLab(home);
  expect((await lab.resume(experimentId)).status).toBe('finished');
  expect(readFileSync(file)).toEqual(whole);
  lab.close();
});

test('a full disk ends the whole queue, and everything goes on when there is space', async () => {
  const home = folder();
  const full = openFakeLab(home, 'full@baseline/2');
  await expect(full.runPlan(flowersPlan(writeFlowers(home)))).rejects.toThrow('The disk is full: x.npz could not be written.');
  full.close();
  const lab = openFakeLab(home);
  expect((await lab.resume(null)).status).toBe('finished');
  lab.close();
});

test('a worker that cannot be started fails its run with a sentence', async () => {
  const home = folder();
  const lab = openFakeLab(home, '', { startWorker: (environment) => nodeWorkers(join(home, 'absent.ts'))(environment) });
  const document = await lab.runPlan(flowersPlan(writeFlowers(home), { repeats: 1 }));
  expect(document.arms[0]?.runs[0]?.error).toMatch(/^The engine process ended before its result \(exit code 1\)\. Its last lines:\n/);
  lab.close();
});
