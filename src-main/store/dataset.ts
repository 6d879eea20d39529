/** Table dataset: what has been trained on, by the digest of its content. */
import type Sqlite from 'better-sqlite3';
import type { Migration } from './migration.ts';

export interface DatasetRow {
  readonly id: number;
  readonly digest: string; // SHA-256 of the content, hex
  readonly name: string;
  readonly source: string;
  readonly format: string;
  readonly row_count: number;
  readonly first_used: string;
  readonly last_used: string;
}

export const datasetMigrations: readonly Migration[] = [
  {
    version: 1,
    date: '2026-11-24',
    sql: `
      CREATE TABLE dataset (
        id INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        source TEXT NOT NULL,
        format TEXT NOT NULL,
        row_count INTEGER NOT NULL CHECK (row_count > 0),
        first_used TEXT NOT NULL,
        last_used TEXT NOT NULL
      ) STRICT;`,
  },
];

export type DatasetTable = ReturnType<typeof datasetTable>;

export function datasetTable(database: Sqlite.Database) {
  const upsert = database.prepare<[Omit<DatasetRow, 'id' | 'first_used' | 'last_used'> & { now: string }], { id: number }>(`
    INSERT INTO dataset (digest, name, source, format, row_count, first_used, last_used)
    VALUES (:digest, :name, :source, :format, :row_count, :now, :now)
    ON CONFLICT (digest) DO UPDATE SET name = excluded.name, source = excluded.source, last_used = excluded.last_used
    RETURNING id`);
  const all = database.prepare<[], { digest: string }>('SELECT digest FROM dataset WHERE id IN (SELECT dataset_id FROM experiment)');
  const byId = database.prepare<[{ id: number }], DatasetRow>('SELECT * FROM dataset WHERE id = :id');
  return {
    /** Notes that a data set is used now.  @returns its id */
    use(
      dataset: { readonly digest: string; readonly name: string; readonly source: string; readonly format: string; readonly rows: number },
      now: string,
    ): number {
      const { digest, name, source, format, rows } = dataset;
      const row = upsert.get({ digest, name, source, format, row_count: rows, now });
      if (row === undefined) throw new Error('INSERT INTO dataset returned no id.');
      return row.id;
    },
    /** Of every data set that an experiment was trained on. */
    digests(): string[] {
      return all.all().map(({ digest }) => digest);
    },
    get(id: number): DatasetRow | undefined {
      return byId.get({ id });
    },
  };
}
