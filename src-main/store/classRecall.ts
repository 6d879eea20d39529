/** Table class_recall: how much of each class a finished run got right on the test split. NULL: the class has no test row. */
import type Sqlite from 'better-sqlite3';
import type { ClassRecall } from '../contract/results.ts';
import type { Migration } from './migration.ts';

export const classRecallMigrations: readonly Migration[] = [
  {
    version: 2,
    date: '2026-11-24',
    sql: `
      CREATE TABLE class_recall (
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        task TEXT NOT NULL,
        class INTEGER NOT NULL CHECK (class >= 0),
        recall REAL,
        PRIMARY KEY (run_id, task, class)
      ) STRICT, WITHOUT ROWID;`,
  },
];

export type ClassRecallTable = ReturnType<typeof classRecallTable>;

export function classRecallTable(database: Sqlite.Database) {
  const upsert = database.prepare<[{ run: number; task: string; place: number; recall: number | null }]>(`
    INSERT INTO class_recall (run_id, task, class, recall) VALUES (:run, :task, :place, :recall)
    ON CONFLICT (run_id, task, class) DO UPDATE SET recall = excluded.recall`);
  const byRun = database.prepare<[{ run: number }], { task: string; recall: number | null }>(
    'SELECT task, recall FROM class_recall WHERE run_id = :run ORDER BY task, class',
  );
  return {
    add(run: number, recalls: ClassRecall): void {
      for (const [task, values] of Object.entries(recalls)) values.forEach((recall, place) => upsert.run({ run, task, place, recall }));
    },
    of(run: number): ClassRecall {
      const found = new Map<string, (number | null)[]>(); // no object: a task may bear any name that a column can have
      for (const { task, recall } of byRun.all({ run })) found.set(task, [...(found.get(task) ?? []), recall]);
      return Object.fromEntries(found);
    },
  };
}
