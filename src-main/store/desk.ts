/** Tables draft, setting and recent_data: what a person left on their desk. Losing it would cost them time, never a result. */
import type Sqlite from 'better-sqlite3';
import type { Migration } from './migration.ts';

export interface DraftRow {
  readonly id: string;
  readonly name: string;
  readonly content: string; // JSON, the window's own
  readonly saved: string; // UTC ISO 8601
}

export interface RecentDataRow {
  readonly source: string;
  readonly name: string;
  readonly kind: 'table' | 'image' | 'sequence';
  readonly row_count: number;
  readonly opened: string; // UTC ISO 8601
}

const recentKept = 20;

export const deskMigrations: readonly Migration[] = [
  {
    version: 2,
    date: '2026-11-24',
    sql: `
      CREATE TABLE draft (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        content TEXT NOT NULL CHECK (json_valid(content)),
        saved TEXT NOT NULL
      ) STRICT;
      CREATE TABLE setting (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL CHECK (json_valid(value))
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE recent_data (
        source TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('table', 'image', 'sequence')),
        row_count INTEGER NOT NULL CHECK (row_count >= 0),
        opened TEXT NOT NULL
      ) STRICT;`,
  },
];

export type DeskTables = ReturnType<typeof deskTables>;

export function deskTables(database: Sqlite.Database) {
  const drafts = database.prepare<[], Omit<DraftRow, 'content'>>('SELECT id, name, saved FROM draft ORDER BY saved DESC, id');
  const draft = database.prepare<[{ id: string }], DraftRow>('SELECT * FROM draft WHERE id = :id');
  const saveDraft = database.prepare<[DraftRow]>(`
    INSERT INTO draft (id, name, content, saved) VALUES (:id, :name, :content, :saved)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, content = excluded.content, saved = excluded.saved`);
  const removeDraft = database.prepare<[{ id: string }]>('DELETE FROM draft WHERE id = :id');
  const settings = database.prepare<[], { name: string; value: string }>('SELECT name, value FROM setting');
  const setSetting = database.prepare<[{ name: string; value: string }]>(`
    INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
  const recent = database.prepare<[], RecentDataRow>('SELECT * FROM recent_data ORDER BY opened DESC, source');
  const noteRecent = database.prepare<[RecentDataRow]>(`
    INSERT INTO recent_data (source, name, kind, row_count, opened) VALUES (:source, :name, :kind, :row_count, :opened)
    ON CONFLICT (source) DO UPDATE SET name = excluded.name, kind = excluded.kind, row_count = excluded.row_count, opened = excluded.opened`);
  const trimRecent = database.prepare<[{ kept: number }]>(`
    DELETE FROM recent_data WHERE source NOT IN (SELECT source FROM recent_data ORDER BY opened DESC, source LIMIT :kept)`);
  const forgetRecent = database.prepare<[{ source: string }]>('DELETE FROM recent_data WHERE source = :source');
  return {
    drafts: {
      all: () => drafts.all(),
      get: (id: string) => draft.get({ id }),
      save: (row: DraftRow): void => void saveDraft.run(row),
      remove: (id: string): void => void removeDraft.run({ id }),
    },
    settings: {
      /** Every setting that was ever changed, by name, as parsed JSON. */
      all: (): Record<string, unknown> => Object.fromEntries(settings.all().map(({ name, value }) => [name, JSON.parse(value) as unknown])),
      set: (name: string, value: unknown): void => void setSetting.run({ name, value: JSON.stringify(value) }),
    },
    recentData: {
      all: () => recent.all(),
      note(row: RecentDataRow): void {
        noteRecent.run(row);
        trimRecent.run({ kept: recentKept });
      },
      forget: (source: string): void => void forgetRecent.run({ source }),
    },
  };
}
