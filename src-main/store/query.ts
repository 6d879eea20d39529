/** Questions in SQL about the store: one statement, read only, on a connection of its own. */
import type Sqlite from 'better-sqlite3';
import { LabError } from '../contract/errors.ts';

export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly note?: string; // present when rows were left out
}

const rowLimit = 10_000;

/** @throws LabError bad-input when the text is not a single SELECT, WITH, VALUES or EXPLAIN statement that SQLite accepts */
export function runQuery(reader: Sqlite.Database, sql: string, limit = rowLimit): QueryResult {
  const word = /^[a-z]*/i.exec(withoutComments(sql))?.[0].toUpperCase() ?? '';
  if (!['SELECT', 'WITH', 'VALUES', 'EXPLAIN'].includes(word)) {
    throw new LabError(
      'bad-input',
      `A query must begin with SELECT, WITH, VALUES or EXPLAIN; it only reads.${word === '' ? ' Received: no statement.' : ` Received: ${word}.`}`,
    );
  }
  let statement: Sqlite.Statement<[], unknown[]>;
  try {
    statement = reader.prepare<[], unknown[]>(sql);
  } catch (error) {
    throw new LabError('bad-input', `The query cannot be read: ${message(error)}. Tables and views: ${names(reader).join(', ')}.`, { cause: error });
  }
  if (!statement.reader || !statement.readonly) throw new LabError('bad-input', 'A query must only read. This statement would write.');
  const columns = statement.columns().map((column) => column.name);
  const rows: unknown[][] = [];
  try {
    for (const row of statement.raw(true).iterate()) {
      if (rows.length === limit) return { columns, rows, note: `The first ${limit} rows; there are more. Add WHERE or LIMIT to the query to see others.` };
      rows.push(row);
    }
  } catch (error) {
    throw new LabError('bad-input', `The query failed: ${message(error)}.`, { cause: error });
  }
  return { columns, rows };
}

function withoutComments(sql: string): string {
  return sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');
}

function names(reader: Sqlite.Database): string[] {
  const rows = reader
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .all();
  return rows.map((row) => row.name);
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
