/** What everybody does with an experiment that came from a stranger, and what must hold whatever is in it. The same trials run a few times in every suite and
 *  thousands of times in the long one. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { RunEnvironment } from '../../src-main/contract/environment.ts';
import { LabError } from '../../src-main/contract/errors.ts';
import type { Lab } from '../../src-main/contract/lab.ts';
import { openDesk } from '../../src-main/lab/desk/desk.ts';
import { deskClient } from '../../src-main/lab/desk/deskClient.ts';
import { readPlanFile } from '../../src-main/lab/plan/planFile.ts';
import { renderHtml } from '../../src-main/report/html.ts';
import { buildReport } from '../../src-main/report/index.ts';
import { change, changed, contentsOf, genuineBundle, layBait, openWatchedLab, packParts, partsOf, type Change, type Told } from './strangers.ts';

const places = ['cache', 'checkpoints', 'datasets', 'lab.sqlite', 'lab.sqlite-shm', 'lab.sqlite-wal', 'plans', 'reports', 'runtimes', 'weights'];

/** Runs the work; what it throws must be a sentence for people. */
async function told(work: () => unknown): Promise<LabError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof LabError) || error.code === 'internal') throw error;
    return error;
  }
}

interface Ground {
  readonly outer: string; // everything in it but the home must stay as it is
  readonly home: string;
  readonly id: string;
  readonly data: string;
  readonly file: Uint8Array;
}

/** @param outer an empty folder */
export async function layGround(outer: string, elsewhere: string): Promise<Ground> {
  const home = join(outer, 'home');
  mkdirSync(home);
  layBait(outer);
  const { id, file, data } = await genuineBundle(elsewhere, join(elsewhere, 'home'));
  return { outer, home, id, data, file };
}

/** Shows, exports, resumes and removes whatever the lab holds. */
async function useAll(lab: Lab, { home, data }: Ground, workers: Told[]): Promise<void> {
  const ids = (await lab.call('experiments.list', {})).map(({ experimentId }) => experimentId);
  for (const id of ids) {
    await told(async () => renderHtml(buildReport({ experiment: await lab.call('experiments.show', { id }), series: lab.series(id) })));
    await told(async () => JSON.stringify(await lab.call('experiments.show', { id })));
    await told(() => lab.call('bundle.export', { id }));
    await told(async () => (await lab.call('experiments.show', { id })).arms.map((arm) => arm.runs.map((run) => lab.exportRun(run.id))));
    await told(() => lab.resume(id, { data }));
    await told(() => lab.resume(id, { data, repeats: 3 }));
  }
  for (const { environment, job } of workers) {
    const { PATH, HTTPS_PROXY, ...rest } = environment;
    expect([PATH, HTTPS_PROXY]).toEqual(['/own/path', 'own:1']);
    expect(
      Object.keys(rest)
        .filter((name) => !Object.hasOwn(RunEnvironment.entries, name))
        .sort(),
    ).toEqual(['NODE_COMPILE_CACHE', 'TF_CPP_MIN_LOG_LEVEL', 'TF_FORCE_GPU_ALLOW_GROWTH']);
    for (const path of [job.checkpointFile, job.weightsFile ?? '', job.datasetFolder]) expect(path.startsWith(home) && !path.includes('..')).toBe(true);
  }
}

/** A changed bundle does nothing but be refused or shown. */
export async function bundleTrial(ground: Ground, how: Change): Promise<'refused' | 'shown'> {
  const { outer, home, file } = ground;
  const path = join(outer, 'stranger.auxlab');
  writeFileSync(path, packParts(changed(partsOf(file), how)));
  const before = contentsOf(outer, home);
  const workers: Told[] = [];
  const lab = openWatchedLab(home, workers);
  let refusal: LabError | null;
  try {
    refusal = await told(() => lab.call('bundle.import', { path: path }));
    if (refusal !== null) expect(await lab.call('experiments.list', {})).toEqual([]);
    for (const { imported } of await lab.call('experiments.list', {})) expect(imported).not.toBeNull();
    await told(() => lab.resume(null));
    for (const { experimentId } of await lab.call('experiments.list', {})) await told(() => lab.resume(experimentId));
    expect(workers).toEqual([]); // nothing trains by itself
    await useAll(lab, ground, workers);
  } finally {
    lab.close();
  }
  await removeAll(home);
  expect(contentsOf(outer, home)).toEqual(before);
  expect(readdirSync(home).filter((name) => !places.includes(name))).toEqual([]);
  for (const folder of ['plans', 'checkpoints', 'weights']) expect(listed(join(home, folder))).toEqual([]);
  return refusal === null ? 'shown' : 'refused';
}

/** A store whose rows hold a change is shown or refused, and leads to no file outside the data directory. */
export async function storeTrial(ground: Ground, how: Change, column: 'plan' | 'design' | 'provenance' | 'name' | 'report_off'): Promise<void> {
  const { outer, home, file, id } = ground;
  const path = join(outer, 'genuine.auxlab');
  writeFileSync(path, file);
  const workers: Told[] = [];
  const lab = openWatchedLab(home, workers);
  await lab.call('bundle.import', { path: path });
  lab.close();
  const database = new Sqlite(join(home, 'lab.sqlite'));
  database.pragma('foreign_keys = OFF');
  if (how.at % 2 === 0) database.exec('UPDATE experiment SET imported = NULL'); // as one that was made here
  if (column === 'name')
    database
      .prepare('UPDATE run SET name = ? || rowid WHERE experiment_id = ?')
      .run(how.kind === 'replace' ? JSON.stringify(how.value).replaceAll(/^"|"$|\\u0000/g, '') : '../victim', id);
  else if (column === 'report_off')
    database.prepare('INSERT INTO annotation (experiment_id, report_off) VALUES (?, ?)').run(id, JSON.stringify(how.kind === 'replace' ? how.value : ['runs']));
  else {
    const { value } = database.prepare<[string], { value: string }>(`SELECT ${column} AS value FROM experiment WHERE id = ?`).get(id) ?? { value: '{}' };
    database.prepare(`UPDATE experiment SET ${column} = ? WHERE id = ?`).run(JSON.stringify(changed(JSON.parse(value) as never, how)), id);
  }
  database.close();
  const before = contentsOf(outer, home);
  const again = openWatchedLab(home, workers);
  try {
    await useAll(again, ground, workers);
  } finally {
    again.close();
  }
  await removeAll(home);
  expect(contentsOf(outer, home)).toEqual(before);
  expect(readdirSync(home).filter((name) => !places.includes(name))).toEqual([]);
}

/** A plan with a change is refused with a sentence or checked against its data; nothing is written. */
export async function planTrial(ground: Ground, how: Change): Promise<void> {
  const { outer, home, file } = ground;
  const { plan } = partsOf(file).bundle['experiment'] as { readonly plan: never };
  const path = join(outer, 'plan.json');
  writeFileSync(path, JSON.stringify(changed(plan, how)));
  const before = contentsOf(outer, home);
  const lab = openWatchedLab(home, []);
  try {
    await told(async () => lab.checkPlan(await readPlanFile(path, outer)));
  } finally {
    lab.close();
  }
  expect(contentsOf(outer, home)).toEqual(before);
}

/** Trash and purge, as a window does it. */
async function removeAll(home: string): Promise<void> {
  const desk = openDesk({ home, about: { version: '0', home, host: 'served', platform: process.platform, node: process.version } });
  try {
    const ids = (await deskClient(desk).call('experiments.list', {})).map(({ experimentId }) => experimentId);
    for (const id of ids) for (const name of ['experiments.trash', 'experiments.purge']) await desk.answer({ name, input: { ids: [id] } });
    if (ids.length > 0) {
      const database = new Sqlite(join(home, 'lab.sqlite')); // whatever could not be removed by its own id
      database.exec('DELETE FROM experiment; DELETE FROM dataset');
      database.close();
    }
  } finally {
    await desk.close();
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it was never made
  }
}

export const anyColumn = fc.constantFrom('plan', 'design', 'provenance', 'name', 'report_off' as const);
export { change };
