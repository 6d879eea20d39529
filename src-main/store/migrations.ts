/** Collects the tables' migrations and runs the pending ones: all of them in one transaction, or none. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { LabError } from '../contract/errors.ts';
import { annotationMigrations } from './annotation.ts';
import { checkpointMigrations } from './checkpoint.ts';
import { classRecallMigrations } from './classRecall.ts';
import { datasetMigrations } from './dataset.ts';
import { deskMigrations } from './desk.ts';
import { eventMigrations } from './event.ts';
import { experimentMigrations } from './experiment.ts';
import { metricMigrations } from './metric.ts';
import type { Migration } from './migration.ts';
import { ownerMigrations } from './owner.ts';
import { pointMigrations } from './point.ts';
import { runMigrations } from './run.ts';
import { viewMigrations } from './views.ts';

/** Referenced tables first; the sort below is stable, so this is also the order within a version. */
const all: readonly Migration[] = [
  ...datasetMigrations,
  ...experimentMigrations,
  ...ownerMigrations,
  ...runMigrations,
  ...metricMigrations,
  ...classRecallMigrations,
  ...pointMigrations,
  ...eventMigrations,
  ...checkpointMigrations,
  ...viewMigrations,
  ...annotationMigrations,
  ...deskMigrations,
].sort((a, b) => a.version - b.version);

export const layoutVersion = all.at(-1)?.version ?? 0;

/** Brings the file to this program's layout. An existing file is copied first, to FILE.v<old>-<time>.backup.
 *  @throws LabError store when the file's layout is newer */
export function migrate(database: Sqlite.Database, file: string, applicationId: number, now: () => Date, migrations: readonly Migration[] = all): void {
  const target = migrations.at(-1)?.version ?? 0;
  const found = versionOf(database);
  refuseNewer(found, target, file);
  if (found === target) return;
  if (found > 0 && file !== ':memory:') backUp(database, `${file}.v${found}-${now().toISOString().replace(/[-:.]/g, '')}.backup`);
  const work = database.transaction(() => {
    const current = versionOf(database); // another process may have migrated meanwhile
    refuseNewer(current, target, file);
    for (const migration of migrations) if (migration.version > current) database.exec(migration.sql);
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${target}`);
  });
  work.immediate();
}

function versionOf(database: Sqlite.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function refuseNewer(found: number, known: number, file: string): void {
  if (found <= known) return;
  throw new LabError(
    'store',
    `The store ${file} was written by a newer Auxlab (layout ${found}; ` +
      `this program knows layout ${known}). Update Auxlab, or set AUXLAB_HOME to another folder.`,
  );
}

/** A consistent copy, complete or absent. The live file itself must never be opened for this: closing it would drop SQLite's locks. */
function backUp(database: Sqlite.Database, target: string): void {
  const unfinished = `${target}.part`;
  rmSync(unfinished, { force: true });
  database.prepare('VACUUM INTO :target').run({ target: unfinished });
  const handle = openSync(unfinished, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(unfinished, target);
}
