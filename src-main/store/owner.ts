/** Table owner: the processes that run or ran experiments. A run that is 'running' under an owner that no longer lives is interrupted. */
import type Sqlite from 'better-sqlite3';
import type { Migration } from './migration.ts';
import { isAlive, type ProcessIdentity } from './processIdentity.ts';

export interface OwnerRow extends ProcessIdentity {
  readonly id: number;
  readonly heartbeat: string; // UTC ISO 8601
}

export const ownerMigrations: readonly Migration[] = [
  {
    version: 1,
    date: '2026-11-24',
    sql: `
      CREATE TABLE owner (
        id INTEGER PRIMARY KEY,
        host TEXT NOT NULL,
        pid INTEGER NOT NULL,
        started TEXT NOT NULL,
        heartbeat TEXT NOT NULL
      ) STRICT;`,
  },
];

export type OwnerTable = ReturnType<typeof ownerTable>;

export function ownerTable(database: Sqlite.Database, now: () => Date) {
  const insert = database.prepare<[ProcessIdentity & { heartbeat: string }], { id: number }>(`
    INSERT INTO owner (host, pid, started, heartbeat) VALUES (:host, :pid, :started, :heartbeat) RETURNING id`);
  const touch = database.prepare<[{ id: number; heartbeat: string }]>('UPDATE owner SET heartbeat = :heartbeat WHERE id = :id');
  const all = database.prepare<[], OwnerRow>('SELECT * FROM owner ORDER BY id');
  const release = database.prepare<[{ id: number; now: string }]>(`
    UPDATE run SET status = 'interrupted', ended = :now, owner_id = NULL WHERE owner_id = :id AND status IN ('queued', 'running')`);
  const unlink = database.prepare<[{ id: number }]>('UPDATE run SET owner_id = NULL WHERE owner_id = :id');
  const forget = database.prepare<[{ id: number }]>('DELETE FROM owner WHERE id = :id');

  /** Ends the ownership of a process: what it left unfinished is interrupted.  @returns the number of interrupted runs */
  const end = database.transaction((id: number): number => {
    const { changes } = release.run({ id, now: now().toISOString() });
    unlink.run({ id });
    forget.run({ id });
    return changes;
  });

  return {
    register(identity: ProcessIdentity): number {
      const row = insert.get({ ...identity, heartbeat: now().toISOString() });
      if (row === undefined) throw new Error('INSERT INTO owner returned no id.');
      return row.id;
    },
    beat(id: number): void {
      touch.run({ id, heartbeat: now().toISOString() });
    },
    all(): OwnerRow[] {
      return all.all();
    },
    end(id: number): number {
      return end.immediate(id);
    },
    /** Ends the ownership of every process that no longer lives.  @returns the number of interrupted runs */
    endDead(): number {
      const dead = all.all().filter((owner) => !isAlive(owner, new Date(owner.heartbeat), now()));
      return dead.reduce((count, owner) => count + end.immediate(owner.id), 0);
    },
  };
}
