/** Table metric: the metrics of a finished run, one row each. A metric that is not finite is stored as NULL and read as NaN. */
import type Sqlite from 'better-sqlite3';
import { readFigure, writtenFigure } from '../contract/figures.ts';
import type { Metrics, RunResult, TaskMetrics } from '../contract/results.ts';
import type { Migration } from './migration.ts';

const parts = ['train', 'validation', 'test'] as const;
export type Part = (typeof parts)[number];

interface MetricRow {
  readonly run_id: number;
  readonly part: Part;
  readonly task: string;
  readonly metric: keyof Metrics;
  readonly value: number | null;
}

export const metricMigrations: readonly Migration[] = [
  {
    version: 1,
    date: '2026-11-24',
    sql: `
      CREATE TABLE metric (
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        part TEXT NOT NULL CHECK (part IN ('train', 'validation', 'test')),
        task TEXT NOT NULL,
        metric TEXT NOT NULL,
        value REAL,
        PRIMARY KEY (run_id, part, task, metric)
      ) STRICT, WITHOUT ROWID;`,
  },
];

/** A map and no object: a task may bear any name that a column can have, "__proto__" too. */
function tasksByName(): Map<string, Metrics> {
  return new Map();
}

export type MetricTable = ReturnType<typeof metricTable>;

export function metricTable(database: Sqlite.Database) {
  const upsert = database.prepare<[MetricRow]>(`
    INSERT INTO metric (run_id, part, task, metric, value) VALUES (:run_id, :part, :task, :metric, :value)
    ON CONFLICT (run_id, part, task, metric) DO UPDATE SET value = excluded.value`);
  const byRun = database.prepare<[{ run: number }], MetricRow>('SELECT * FROM metric WHERE run_id = :run ORDER BY part, task, metric');
  return {
    add(run: number, result: Pick<RunResult, Part>): void {
      for (const part of parts) {
        for (const [task, metrics] of Object.entries(result[part])) {
          for (const [metric, value] of Object.entries(metrics)) {
            // Object.entries widens the keys of Metrics to string
            upsert.run({ run_id: run, part, task, metric: metric as keyof Metrics, value: writtenFigure(value) });
          }
        }
      }
    },
    of(run: number): Record<Part, TaskMetrics> {
      const found = { train: tasksByName(), validation: tasksByName(), test: tasksByName() };
      for (const { part, task, metric, value } of byRun.all({ run })) {
        const metrics = found[part].get(task) ?? {};
        found[part].set(task, { ...metrics, [metric]: readFigure(value) });
      }
      return { train: Object.fromEntries(found.train), validation: Object.fromEntries(found.validation), test: Object.fromEntries(found.test) };
    },
  };
}
