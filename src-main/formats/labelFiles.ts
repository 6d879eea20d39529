/** Further labels beside image and array files: labels.csv with columns, labels.txt with one class name a line. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../contract/errors.ts';
import { freeName } from './columnNames.ts';
import { readTable } from './tables/csv.ts';
import { decodeText } from './tables/csvEncoding.ts';
import type { RawColumn, RawDataset, ReadOptions } from './format.ts';
import { readBytes } from './source.ts';

/** A file in a folder, by one of its usual names; null when none is there. */
export async function findBeside(folder: string, names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const path = join(folder, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}

/** labels.csv of a folder, always with a header; null when there is none. */
export async function readLabelsCsv(folder: string, options: ReadOptions): Promise<{ readonly path: string; readonly table: RawDataset } | null> {
  const path = await findBeside(folder, ['labels.csv']);
  return path === null ? null : { path, table: readTable(path, await readBytes(path), { ...options, header: true }) };
}

/** Class names, one a line, the first for code 0; null when there is no labels.txt. */
export async function readClassNames(folder: string): Promise<{ readonly path: string; readonly names: readonly string[] } | null> {
  const path = await findBeside(folder, ['labels.txt']);
  if (path === null) return null;
  const lines = decodeText(path, await readBytes(path))
    .bytes.toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  const repeated = lines.findIndex((line, i) => lines.indexOf(line) !== i);
  if (repeated >= 0)
    throw new LabError('bad-input', `${path}, row ${repeated + 1}: the class name "${lines[repeated] ?? ''}" is there twice. Give every class its own name.`);
  return { path, names: lines };
}

/** Adds columns, renaming those whose name is taken. */
export function addColumns(
  columns: readonly RawColumn[],
  added: readonly RawColumn[],
  origin: string,
): { readonly columns: readonly RawColumn[]; readonly notes: readonly string[] } {
  const taken = new Set(columns.map(({ name }) => name));
  const notes: string[] = [];
  const renamed = added.map((column) => {
    const name = freeName(column.name, taken);
    if (name !== column.name) notes.push(`The column "${column.name}" of ${origin} is called "${name}": the name was taken.`);
    taken.add(name);
    return { ...column, name };
  });
  return { columns: [...columns, ...renamed], notes };
}
