/** Tables annotation and tag: what people write about an experiment. It lies beside the experiment, whose own row is what ran. */
import type Sqlite from 'better-sqlite3';
import type { Migration } from './migration.ts';

export interface AnnotationRow {
  readonly experiment_id: string;
  readonly notes: string; // Markdown
  readonly report_off: string; // JSON list: ids of report sections that are left out
  readonly trashed: string | null; // UTC ISO 8601
}

export const annotationMigrations: readonly Migration[] = [
  {
    version: 2,
    date: '2026-11-24',
    sql: `
      CREATE TABLE annotation (
        experiment_id TEXT NOT NULL PRIMARY KEY REFERENCES experiment (id) ON DELETE CASCADE,
        notes TEXT NOT NULL DEFAULT '',
        report_off TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(report_off)),
        trashed TEXT
      ) STRICT;
      CREATE TABLE tag (
        experiment_id TEXT NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
        tag TEXT NOT NULL CHECK (tag <> ''),
        PRIMARY KEY (experiment_id, tag)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX tag_by_name ON tag (tag);`,
  },
];

export type AnnotationTable = ReturnType<typeof annotationTable>;

export function annotationTable(database: Sqlite.Database) {
  const byId = database.prepare<[{ id: string }], AnnotationRow>('SELECT * FROM annotation WHERE experiment_id = :id');
  const setNotes = database.prepare<[{ id: string; notes: string }]>(`
    INSERT INTO annotation (experiment_id, notes) VALUES (:id, :notes) ON CONFLICT (experiment_id) DO UPDATE SET notes = excluded.notes`);
  const setReportOff = database.prepare<[{ id: string; off: string }]>(`
    INSERT INTO annotation (experiment_id, report_off) VALUES (:id, :off) ON CONFLICT (experiment_id) DO UPDATE SET report_off = excluded.report_off`);
  const setTrashed = database.prepare<[{ id: string; at: string | null }]>(`
    INSERT INTO annotation (experiment_id, trashed) VALUES (:id, :at) ON CONFLICT (experiment_id) DO UPDATE SET trashed = excluded.trashed`);
  const removeTags = database.prepare<[{ id: string }]>('DELETE FROM tag WHERE experiment_id = :id');
  const addTag = database.prepare<[{ id: string; tag: string }]>('INSERT INTO tag (experiment_id, tag) VALUES (:id, :tag) ON CONFLICT DO NOTHING');
  const tagsOf = database.prepare<[{ id: string }], { tag: string }>('SELECT tag FROM tag WHERE experiment_id = :id ORDER BY tag');
  const allTags = database.prepare<[], { tag: string; count: number }>('SELECT tag, count(*) AS count FROM tag GROUP BY tag ORDER BY count DESC, tag');
  const trashed = database.prepare<[], { id: string }>('SELECT experiment_id AS id FROM annotation WHERE trashed IS NOT NULL');
  return {
    get(id: string): Omit<AnnotationRow, 'experiment_id'> {
      return byId.get({ id }) ?? { notes: '', report_off: '[]', trashed: null };
    },
    setNotes(id: string, notes: string): void {
      setNotes.run({ id, notes });
    },
    setReportOff(id: string, off: readonly string[]): void {
      setReportOff.run({ id, off: JSON.stringify(off) });
    },
    /** @param at when it went to the trash; null: it comes back */
    setTrashed(id: string, at: string | null): void {
      setTrashed.run({ id, at });
    },
    trashedIds(): ReadonlySet<string> {
      return new Set(trashed.all().map((row) => row.id));
    },
    /** Call it inside a transaction. */
    setTags(id: string, tags: readonly string[]): void {
      removeTags.run({ id });
      for (const tag of tags) addTag.run({ id, tag });
    },
    tagsOf(id: string): string[] {
      return tagsOf.all({ id }).map((row) => row.tag);
    },
    /** Every tag with the number of its experiments, the most used first. */
    tags(): { tag: string; count: number }[] {
      return allTags.all();
    },
  };
}
