/** Opens the one SQLite file of the lab: settings, identity, layout. Nothing else sets a pragma. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { LabError } from '../contract/errors.ts';
import { program } from '../contract/programName.ts';
import { migrate } from './migrations.ts';

export type Database = Sqlite.Database;

/** 'AuxL' in ASCII: tells an Auxlab store from any other SQLite file (pragma application_id). */
const applicationId = 0x4175784c;
const busyTimeoutMs = 5000;

/** Opens or creates the store for reading and writing, and brings its layout up to date.
 *  @throws LabError store when the file is not an Auxlab store, is newer than this program, or cannot be read or written */
export function openDatabase(file: string, now: () => Date): Database {
  let database: Database | null = null;
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    database = new Sqlite(file, { timeout: busyTimeoutMs });
    refuseForeign(database, file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL'); // better-sqlite3 falls back to NORMAL in WAL mode, which may lose commits at a power loss
    database.pragma('foreign_keys = ON');
    if (process.platform === 'darwin') database.pragma('checkpoint_fullfsync = ON'); // fsync alone does not reach the disk on macOS
    migrate(database, file, applicationId, now);
    return database;
  } catch (error) {
    database?.close();
    throw asStoreError(error, file);
  }
}

/** A second connection that cannot write, for questions in SQL. */
export function openReader(file: string): Database {
  try {
    const database = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    database.pragma('query_only = ON');
    return database;
  } catch (error) {
    throw asStoreError(error, file);
  }
}

/** Everything that SQLite and the foreign keys find wrong with the file; [] when it is sound. */
export function integrityProblems(database: Database): string[] {
  const check = database.prepare<[], { integrity_check: string }>('PRAGMA integrity_check').all();
  const problems = check.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  const orphans = database.prepare<[], { table: string; rowid: number | null }>('PRAGMA foreign_key_check').all();
  return [...problems, ...orphans.map((row) => `${row.table}: row ${row.rowid ?? '?'} refers to a row that does not exist`)];
}

/** The sentence for an SQLite error; LabErrors pass through. */
export function asStoreError(error: unknown, file: string): LabError {
  if (error instanceof LabError) return error;
  if (!(error instanceof Error)) return new LabError('store', `The store ${file} cannot be used: ${String(error)}.`);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const cause = { cause: error };
  if (code === 'SQLITE_NOTADB')
    return new LabError('store', `The file ${file} is not an SQLite database. Move it away, or set AUXLAB_HOME to another folder.`, cause);
  if (code === 'SQLITE_FULL') return new LabError('store', `The disk is full: ${file} cannot grow. Free some space and run "${program} resume".`, cause);
  if (code.startsWith('SQLITE_BUSY'))
    return new LabError('store', `The store ${file} is locked by another program for more than ${busyTimeoutMs / 1000} s. Close it and try again.`, cause);
  if (code.startsWith('SQLITE_CORRUPT'))
    return new LabError('store', `The store ${file} is damaged (${error.message}). Restore a copy of it, or set AUXLAB_HOME to another folder.`, cause);
  if (code === 'SQLITE_READONLY' || code === 'SQLITE_CANTOPEN' || code === 'EACCES' || code === 'EROFS')
    return new LabError('store', `The store ${file} cannot be written: ${error.message}. Check the permissions of its folder.`, cause);
  return new LabError('store', `The store ${file} cannot be used: ${error.message}.`, cause);
}

function refuseForeign(database: Database, file: string): void {
  const owner = database.pragma('application_id', { simple: true });
  if (owner === applicationId) return;
  const { count } = database.prepare<[], { count: number }>('SELECT count(*) AS count FROM sqlite_schema').get() ?? { count: 0 };
  if (count > 0 || owner !== 0)
    throw new LabError('store', `The file ${file} is an SQLite database of another program, not an Auxlab store. Set AUXLAB_HOME to another folder.`);
}
