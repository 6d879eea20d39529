/** Tables experiment and arm: what was asked, in full, and what came out in one word. */
import type Sqlite from 'better-sqlite3';
import type { Verdict } from '../contract/results.ts';
import type { Migration } from './migration.ts';

export interface ExperimentRow {
  readonly id: string;
  readonly name: string; // as it is shown; a person may change it
  readonly question: string; // for search and lists, made of the plan when it was written
  readonly dataset_id: number;
  readonly plan: string; // JSON, all defaults filled in
  readonly design: string; // JSON, what every run needs, settled against the data
  readonly provenance: string; // JSON
  readonly metric: string;
  readonly margin: number;
  readonly verdict: Verdict;
  readonly created: string; // UTC ISO 8601
  readonly imported: string | null; // UTC ISO 8601: when it came in with a file; null: it was made here
}

export interface ArmRow {
  readonly id: string;
  readonly position: number;
  readonly title: string; // likewise
  readonly role: 'baseline' | 'auxiliary';
  readonly method: string;
}

export const experimentMigrations: readonly Migration[] = [
  {
    version: 1,
    date: '2026-11-24',
    sql: `
      CREATE TABLE experiment (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        question TEXT NOT NULL,
        dataset_id INTEGER NOT NULL REFERENCES dataset (id),
        plan TEXT NOT NULL CHECK (json_valid(plan)),
        design TEXT NOT NULL CHECK (json_valid(design)),
        provenance TEXT NOT NULL CHECK (json_valid(provenance)),
        metric TEXT NOT NULL,
        margin REAL NOT NULL CHECK (margin >= 0),
        verdict TEXT NOT NULL CHECK (verdict IN ('helps', 'hurts', 'no-real-difference', 'probably-helps', 'probably-hurts', 'inconclusive', 'too-early')),
        created TEXT NOT NULL
      ) STRICT;
      CREATE INDEX experiment_dataset ON experiment (dataset_id);
      CREATE TABLE arm (
        experiment_id TEXT NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
        id TEXT NOT NULL,
        position INTEGER NOT NULL CHECK (position >= 0),
        title TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('baseline', 'auxiliary')),
        method TEXT NOT NULL,
        PRIMARY KEY (experiment_id, id),
        UNIQUE (experiment_id, position)
      ) STRICT, WITHOUT ROWID;`,
  },
  { version: 3, date: '2026-11-26', sql: 'ALTER TABLE experiment ADD COLUMN imported TEXT;' },
];

export type ExperimentTable = ReturnType<typeof experimentTable>;

export function experimentTable(database: Sqlite.Database) {
  const insert = database.prepare<[ExperimentRow]>(`
    INSERT INTO experiment (id, name, question, dataset_id, plan, design, provenance, metric, margin, verdict, created, imported)
    VALUES (:id, :name, :question, :dataset_id, :plan, :design, :provenance, :metric, :margin, :verdict, :created, :imported)`);
  const insertArm = database.prepare<[ArmRow & { experiment_id: string }]>(`
    INSERT INTO arm (experiment_id, id, position, title, role, method) VALUES (:experiment_id, :id, :position, :title, :role, :method)`);
  const byId = database.prepare<[{ id: string }], ExperimentRow>('SELECT * FROM experiment WHERE id = :id');
  const byPrefix = database.prepare<[{ prefix: string }], { id: string }>(`
    SELECT id FROM experiment WHERE substr(id, 1, length(:prefix)) = :prefix ORDER BY created DESC, id DESC`);
  const newest = database.prepare<[], ExperimentRow>('SELECT * FROM experiment ORDER BY created DESC, id DESC');
  const setVerdict = database.prepare<[{ id: string; verdict: Verdict }]>('UPDATE experiment SET verdict = :verdict WHERE id = :id');
  const setPlan = database.prepare<[{ id: string; plan: string; design: string; provenance: string }]>(`
    UPDATE experiment SET plan = :plan, design = :design, provenance = :provenance WHERE id = :id`);
  const setName = database.prepare<[{ id: string; name: string }]>('UPDATE experiment SET name = :name WHERE id = :id');
  const remove = database.prepare<[{ id: string }]>('DELETE FROM experiment WHERE id = :id');
  return {
    /** Call it inside a transaction: an experiment without its arms must never be seen. */
    add(row: ExperimentRow, arms: readonly ArmRow[]): void {
      insert.run(row);
      for (const arm of arms) insertArm.run({ ...arm, experiment_id: row.id });
    },
    get(id: string): ExperimentRow | undefined {
      return byId.get({ id });
    },
    /** Ids that begin with a text, newest first. */
    idsWithPrefix(prefix: string): string[] {
      return byPrefix.all({ prefix }).map((row) => row.id);
    },
    /** All experiments, newest first. */
    all(): ExperimentRow[] {
      return newest.all();
    },
    setName(id: string, name: string): void {
      setName.run({ id, name });
    },
    /** Removes it with its arms, runs, metrics, points and events. */
    remove(id: string): void {
      remove.run({ id });
    },
    setVerdict(id: string, verdict: Verdict): void {
      setVerdict.run({ id, verdict });
    },
    /** Replaces the plan where pairs are added; what finished runs were trained with stays the same. */
    setPlan(id: string, texts: { readonly plan: string; readonly design: string; readonly provenance: string }): void {
      setPlan.run({ id, ...texts });
    },
  };
}
