/** Table checkpoint: which files hold the state of unfinished runs, so that none is left behind when its run is over. */
import type Sqlite from 'better-sqlite3';
import type { Migration } from './migration.ts';

export interface CheckpointRow {
  readonly run_id: number;
  readonly file: string; // name inside the folder checkpoints/
  readonly step: number | null; // null until the worker said at which step it stopped
  readonly noted: string;
}

export const checkpointMigrations: readonly Migration[] = [
  {
    version: 1,
    date: '2026-11-24',
    sql: `
      CREATE TABLE checkpoint (
        run_id INTEGER NOT NULL PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
        file TEXT NOT NULL UNIQUE,
        step INTEGER CHECK (step >= 0),
        noted TEXT NOT NULL
      ) STRICT;`,
  },
];

export type CheckpointTable = ReturnType<typeof checkpointTable>;

export function checkpointTable(database: Sqlite.Database) {
  const upsert = database.prepare<[CheckpointRow]>(`
    INSERT INTO checkpoint (run_id, file, step, noted) VALUES (:run_id, :file, :step, :noted)
    ON CONFLICT (run_id) DO UPDATE SET file = excluded.file, step = excluded.step, noted = excluded.noted`);
  const remove = database.prepare<[{ run: number }]>('DELETE FROM checkpoint WHERE run_id = :run');
  const byRun = database.prepare<[{ run: number }], CheckpointRow>('SELECT * FROM checkpoint WHERE run_id = :run');
  const stale = database.prepare<[], { run_id: number; run: string }>(`
    SELECT checkpoint.run_id, run.name AS run FROM checkpoint JOIN run ON run.id = checkpoint.run_id WHERE run.status IN ('finished', 'cancelled')`);
  return {
    note(row: CheckpointRow): void {
      upsert.run(row);
    },
    get(run: number): CheckpointRow | undefined {
      return byRun.get({ run });
    },
    remove(run: number): void {
      remove.run({ run });
    },
    /** Checkpoints whose run is over: their process ended between the result and the removal of the file. */
    stale(): { readonly run_id: number; readonly run: string }[] {
      return stale.all();
    },
  };
}
