/** Tables series and point: what was recorded while a run trained. A value that is not finite (SQLite keeps no NaN) is stored as NULL and read as NaN.
 *  Points are keyed by (run, series, at): a resumed run that repeats steps overwrites them with the same values. */
import type Sqlite from 'better-sqlite3';
import { readFigure, writtenFigure } from '../contract/figures.ts';
import type { Series } from '../contract/results.ts';
import type { Migration } from './migration.ts';

export const pointMigrations: readonly Migration[] = [
  {
    version: 1,
    date: '2026-11-24',
    sql: `
      CREATE TABLE series (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE TABLE point (
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        series_id INTEGER NOT NULL REFERENCES series (id),
        at INTEGER NOT NULL CHECK (at >= 0),
        value REAL,
        PRIMARY KEY (run_id, series_id, at)
      ) STRICT, WITHOUT ROWID;`,
  },
];

export type PointTable = ReturnType<typeof pointTable>;

export function pointTable(database: Sqlite.Database) {
  const addSeries = database.prepare<[{ name: string }], { id: number }>(`
    INSERT INTO series (name) VALUES (:name) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id`);
  const upsert = database.prepare<[{ run: number; series: number; at: number; value: number | null }]>(`
    INSERT INTO point (run_id, series_id, at, value) VALUES (:run, :series, :at, :value)
    ON CONFLICT (run_id, series_id, at) DO UPDATE SET value = excluded.value`);
  const remove = database.prepare<[{ run: number }]>('DELETE FROM point WHERE run_id = :run');
  const byRun = database.prepare<[{ run: number }], { name: string; at: number; value: number | null }>(`
    SELECT series.name, point.at, point.value FROM point JOIN series ON series.id = point.series_id
    WHERE point.run_id = :run ORDER BY point.series_id, point.at`);

  const byName = database.prepare<[{ run: number; names: string }], { name: string; at: number; value: number | null }>(`
    SELECT series.name, point.at, point.value FROM series JOIN point ON point.series_id = series.id
    WHERE point.run_id = :run AND series.name IN (SELECT value FROM json_each(:names)) ORDER BY point.series_id, point.at`);

  return {
    /** Call it inside a transaction: a batch is stored whole or not at all. */
    add(run: number, points: readonly (readonly [series: string, at: number, value: number])[]): void {
      const ids = new Map<string, number>(); // of this batch only: an id from a transaction that was rolled back must not be remembered
      for (const [name, at, value] of points) {
        let series = ids.get(name);
        if (series === undefined) {
          series = addSeries.get({ name })?.id;
          if (series === undefined) throw new Error('INSERT INTO series returned no id.');
          ids.set(name, series);
        }
        upsert.run({ run, series, at, value: writtenFigure(value) });
      }
    },
    remove(run: number): void {
      remove.run({ run });
    },
    /** The series of a run, in the order in which their names were first recorded. */
    of(run: number): Series[] {
      return gathered(byRun.iterate({ run }));
    },
    /** The series of a run that have these names. */
    named(run: number, names: readonly string[]): Series[] {
      return gathered(byName.iterate({ run, names: JSON.stringify(names) }));
    },
  };
}

function gathered(rows: Iterable<{ readonly name: string; readonly at: number; readonly value: number | null }>): Series[] {
  const found = new Map<string, { steps: number[]; values: number[] }>();
  for (const { name, at, value } of rows) {
    let series = found.get(name);
    if (series === undefined) found.set(name, (series = { steps: [], values: [] }));
    series.steps.push(at);
    series.values.push(readFigure(value));
  }
  return [...found].map(([name, { steps, values }]) => ({ name, steps, values }));
}
