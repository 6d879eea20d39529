/** Reads tables through DuckDB, for the formats that it knows and nobody else here does. Its process is this one, in bounds: little memory, one file, no
 *  network, no extensions, no folder in the home. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import { uniqueNames } from '../columnNames.ts';
import { duckColumn, nestedKind } from './duckColumns.ts';
import type { DuckColumn } from './duckColumns.ts';
import type { RawDataset, ReadOptions } from '../format.ts';
import { fileShelf, memoryShelf } from '../numbers/growingNumbers.ts';
import { mostInMemory } from '../numbers/numbers.ts';
import type { NumberShelf } from '../numbers/growingNumbers.ts';
import type { ReadRoom } from '../readRoom.ts';

type Connection = Awaited<ReturnType<typeof open>>['connection'];

export interface DuckSource {
  readonly path: string;
  readonly format: string; // id
  readonly title: string; // in refusals
  readonly reader: 'read_parquet' | 'read_json';
  readonly settings: readonly string[]; // of the reader, as SQL
  /** A better sentence than DuckDB's about a damaged file; null when there is none. */
  explain?(path: string): Promise<string | null>;
}

interface Described {
  readonly name: string;
  readonly type: string; // of DuckDB: 'BIGINT', 'STRUCT(a BIGINT)'
}

/** @throws LabError for damage, for columns that hold lists or records, and for a file without rows */
export async function readDuckTable(source: DuckSource, options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  room.signal?.throwIfAborted();
  const { instance, connection } = await open(source.path, room);
  try {
    return await read(source, connection, options, room);
  } catch (error) {
    if (error instanceof LabError || room.signal?.aborted === true) throw error;
    const sentence = await source.explain?.(source.path);
    throw new LabError('bad-input', sentence ?? `${source.path} cannot be read as ${source.title}: ${sentenceOf(error, source.path)}`, { cause: error });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function read(source: DuckSource, connection: Connection, options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  const { path, format } = source;
  const { relation, described } = await describe(source, connection);
  const nested = described.flatMap(({ name, type }) => (nestedKind(type) === null ? [] : [`"${name}" (${nestedKind(type) ?? ''})`]));
  if (nested.length > 0) throw nestedColumns(path, nested);
  const names = uniqueNames(described.map(({ name }) => name));
  const places = described.map((_, place) => `c${place}`);
  const table = `${relation} as t(${places.join(', ')})`;
  const facts = await factsOf(connection, table, described);
  const inJson = facts.nested.map((place) => `"${described[place]?.name ?? ''}" (records or lists)`);
  if (inJson.length > 0) throw nestedColumns(path, inJson);
  if (facts.rows === 0) throw new LabError('bad-input', `${path} holds no rows.`);
  const isLarge = room.folder !== null && facts.rows * described.length * 8 > mostInMemory;
  const shelf = isLarge ? fileShelf(room.folder, 'table.numbers', facts.rows, described.length) : memoryShelf(facts.rows, described.length);
  try {
    const columns = described.map(({ type }, place) => duckColumn(type, facts.large.includes(place), `c${place}`, shelf, options));
    await fill(connection, `select ${columns.map(({ sql }) => sql).join(', ')} from ${table}`, columns, room);
    return finished(format, facts.rows, columns, names, shelf);
  } finally {
    shelf.close();
  }
}

function finished(format: string, rows: number, columns: readonly DuckColumn[], names: ReturnType<typeof uniqueNames>, shelf: NumberShelf): RawDataset {
  const done = columns.map((column, place) => column.finish(names.names[place] ?? '', shelf));
  return {
    format,
    rows,
    columns: done.flatMap(({ column }) => column ?? []),
    notes: [...names.notes, ...done.flatMap(({ notes }) => notes)],
  };
}

async function open(path: string, room: ReadRoom) {
  const { DuckDBInstance } = await import('@duckdb/node-api'); // 70 MB that other formats need not load
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '512MB',
    threads: String(Math.min(4, availableParallelism())),
    temp_directory: room.folder ?? '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const paths = [resolve(path), literalPath(path)].map(quoted).join(', ');
  await connection.run(`set allowed_paths = [${paths}]`);
  if (room.folder !== null) await connection.run(`set allowed_directories = [${quoted(room.folder)}]`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
  return { instance, connection };
}

/** The columns, and the reader's call. Of JSON they are told to it, so that it looks for them once; texts that look like dates stay as they are in the file. */
async function describe({ path, reader, settings }: DuckSource, connection: Connection): Promise<{ relation: string; described: Described[] }> {
  const call = (more: readonly string[]): string => `${reader}(${[quoted(literalPath(path)), ...settings, ...more].join(', ')})`;
  const found = await connection.runAndReadAll(`select column_name, column_type from (describe select * from ${call([])})`);
  const described = found.getRowsJson().map(([name, type]) => ({ name: textOf(name), type: textOf(type) }));
  if (reader === 'read_parquet' || described.some(({ name }) => mayBeRenamed(name, described))) return { relation: call([]), described };
  const kept = described.map(({ name, type }) => ({ name, type: /^(?:DATE|TIME|UUID)/.test(type) ? 'VARCHAR' : type }));
  return { relation: call([`columns = {${kept.map(({ name, type }) => `${quoted(name)}: ${quoted(type)}`).join(', ')}}`]), described: kept };
}

/** DuckDB calls keys that differ in case alone a and A_1, and one without letters C0: by these names it does not find them again. */
function mayBeRenamed(name: string, all: readonly Described[]): boolean {
  const base = name.toLowerCase().replace(/_\d+$/, '');
  return /^C\d+$/.test(name) || (base !== name.toLowerCase() && all.some((other) => other.name.toLowerCase() === base));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

interface Facts {
  readonly rows: number;
  readonly large: readonly number[]; // columns with whole numbers that doubles cannot tell apart
  readonly nested: readonly number[]; // columns of JSON with records or lists among other values
}

async function factsOf(connection: Connection, table: string, described: readonly Described[]): Promise<Facts> {
  const asked = described.flatMap(({ type }, place) => {
    if (/^U?(?:BIGINT|HUGEINT)$/.test(type)) return [{ place, kind: 'large', sql: `bool_or(c${place} > 9007199254740992 or c${place} < -9007199254740992)` }];
    return type === 'JSON' ? [{ place, kind: 'nested', sql: `bool_or(json_type(c${place}) in ('ARRAY', 'OBJECT'))` }] : [];
  });
  const found = await connection.runAndReadAll(`select ${['count(*)', ...asked.map(({ sql }) => sql)].join(', ')} from ${table}`);
  const [rows, ...answers] = found.getRowsJson()[0] ?? [];
  const of = (kind: string): number[] => asked.flatMap((one, at) => (one.kind === kind && answers[at] === true ? [one.place] : []));
  return { rows: Number(rows), large: of('large'), nested: of('nested') };
}

async function fill(connection: Connection, sql: string, columns: readonly DuckColumn[], room: ReadRoom): Promise<void> {
  const result = await connection.stream(sql);
  for (let rows = 0, told = 0; ;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    columns.forEach((column, place) => column.take(chunk.getColumnVector(place), chunk.rowCount));
    rows += chunk.rowCount;
    room.signal?.throwIfAborted();
    if (rows - told >= 50_000 || told === 0) room.onProgress({ rows: (told = rows) });
  }
}

function nestedColumns(path: string, columns: readonly string[]): LabError {
  const shown = columns.length > 6 ? [...columns.slice(0, 6), `and ${columns.length - 6} more`] : columns;
  return new LabError(
    'bad-input',
    `${path} has columns that hold several values in one cell, which is no table: ${shown.join(', ')}. Save a file without them, or with a ` +
      'column for each of their values.',
  );
}

/** A whole path in which nothing is a pattern. */
function literalPath(path: string): string {
  return resolve(path).replace(/[*?[\]]/g, '[$&]');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** What DuckDB says, without its kind of error, its SQL and the path. */
function sentenceOf(error: unknown, path: string): string {
  const text = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  const plain = text
    .replace(/^[A-Z][A-Za-z ]+ Error: /, '')
    .replaceAll(`file "${literalPath(path)}"`, 'the file')
    .replaceAll(`file "${resolve(path)}"`, 'the file')
    .replaceAll(`'${resolve(path)}'`, 'the file')
    .replaceAll(resolve(path), 'the file')
    .trim();
  return `${plain.replace(/[.!]+$/, '')}.`;
}
