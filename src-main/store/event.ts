/** Table event: what happened when. That the test split of a run is read once is kept by a unique index, not by trust. */
import type Sqlite from 'better-sqlite3';
import type { eventKinds } from '../contract/bundle.ts';
import type { Migration } from './migration.ts';

export type EventKind = (typeof eventKinds)[number];

export interface EventRow {
  readonly id: number;
  readonly experiment_id: string;
  readonly run_id: number | null;
  readonly at: string; // UTC ISO 8601
  readonly kind: EventKind;
  readonly detail: string;
}

/** The kinds that the table has taken from its first version on: the text stands in every store, to the letter. */
const firstKinds =
  "'created', 'pairs-added', 'resumed', 'run-started', 'test-split-read', " +
  "'run-finished', 'run-paused', 'run-interrupted', 'run-failed', 'run-cancelled', 'note'";

export const eventMigrations: readonly Migration[] = [
  {
    version: 1,
    date: '2026-11-24',
    sql: `
      CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        experiment_id TEXT NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
        run_id INTEGER REFERENCES run (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN (${firstKinds})),
        detail TEXT NOT NULL DEFAULT ''
      ) STRICT;
      CREATE INDEX event_experiment ON event (experiment_id, id);
      CREATE UNIQUE INDEX event_test_split_read ON event (run_id) WHERE kind = 'test-split-read';`,
  },
];

export type EventTable = ReturnType<typeof eventTable>;

export function eventTable(database: Sqlite.Database) {
  const insert = database.prepare<[Omit<EventRow, 'id'>]>(`
    INSERT INTO event (experiment_id, run_id, at, kind, detail) VALUES (:experiment_id, :run_id, :at, :kind, :detail)`);
  const byExperiment = database.prepare<[{ experiment: string }], EventRow>('SELECT * FROM event WHERE experiment_id = :experiment ORDER BY id');
  return {
    add(event: Omit<EventRow, 'id'>): void {
      insert.run(event);
    },
    of(experiment: string): EventRow[] {
      return byExperiment.all({ experiment });
    },
  };
}
