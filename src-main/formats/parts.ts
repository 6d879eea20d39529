/** Training, validation and test rows from files of their own: joined into one data set with a column "split", or told why not. */
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { LabError } from '../contract/errors.ts';
import { splitOfFile, withoutSplit } from '../contract/splitWords.ts';
import type { RawColumn, RawDataset } from './format.ts';
import { isData } from './insides.ts';
import { isEmpty } from './rawColumns.ts';
import type { ReadRoom } from './readRoom.ts';
import { listed } from './refused.ts';
import { listFolder, statOf } from './source.ts';
import { joinParts } from './splitNames.ts';
import type { SplitName, SplitPart } from './splitNames.ts';

/** Joins parts, their columns by name in whatever order.
 *  @param parts the training part first
 *  @throws LabError bad-input where columns or shapes differ, naming them and what to do */
export function joinFiles(parts: readonly SplitPart[], room: ReadRoom): RawDataset {
  const [train, ...others] = parts;
  if (train === undefined) throw new RangeError('joinFiles needs at least one part.');
  for (const { path, data } of parts) {
    if (data.columns.some(({ name }) => name === 'split'))
      throw new LabError('bad-input', `${path} tells the parts of the data by its own column "split". Give it alone, or rename that column.`);
  }
  for (const other of others) checkColumns(train, other);
  const joined = joinParts(withOneKind(parts), room);
  return { ...joined, notes: [...joined.notes, ...mixedNotes(parts)] };
}

/** Whether a part lacks columns that the training part has and brings none: the test file of a competition, whose labels are kept secret. */
export function lacksColumns(train: RawDataset, other: RawDataset): boolean {
  const [missing, extra] = differences(train, other);
  return missing.length > 0 && extra.length === 0;
}

/** @throws LabError bad-input when two of the files are one */
export async function checkDistinct(paths: readonly string[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const { dev, ino } = await statOf(path);
    const key = `${dev}/${ino}`;
    const other = seen.get(key);
    if (other !== undefined && ino !== 0)
      throw new LabError('bad-input', `${path} and ${other} are the same file. What is tested on must be other rows than what is learned from.`);
    seen.set(key, path);
  }
}

/** What to say of files beside one that look like its other parts. [] when there are none */
export async function notesOfPartners(path: string): Promise<string[]> {
  const name = basename(path);
  const own = splitOfFile(name);
  if (own === null || !(await stat(path)).isFile()) return [];
  const entries = await listFolder(dirname(path)).catch(() => []); // a folder that cannot be listed tells nothing
  const partners = entries.filter((entry) => entry !== name && isData(entry) && withoutSplit(entry) === withoutSplit(name) && splitOfFile(entry) !== own);
  if (own === 'train') return partners.flatMap((entry) => partnerNote(entry, splitOfFile(entry)));
  const train = partners.find((entry) => splitOfFile(entry) === 'train');
  return train === undefined ? [] : [`Beside it lies ${train}. Give that as the data, and this file as its ${own} rows: --${own}-data ${name}.`];
}

function partnerNote(entry: string, split: SplitName | null): string[] {
  if (split !== 'test' && split !== 'validation') return [];
  const purpose = split === 'test' ? 'To test on it' : 'To validate on it';
  return [`Beside it lies ${entry}, which is not read. ${purpose}, give it as ${split} rows: --${split}-data ${entry}.`];
}

function checkColumns(train: SplitPart, other: SplitPart): void {
  const [missing, extra] = differences(train.data, other.data);
  if (missing.length === 0 && extra.length === 0) return;
  const lacks = `${other.path} has no ${columnsText(missing)}, which ${train.path} has`;
  const brings = `${extra.length > 0 && missing.length > 0 ? 'it' : other.path} has ${columnsText(extra)}, which ${train.path} has not`;
  const what = [...(missing.length > 0 ? [lacks] : []), ...(extra.length > 0 ? [brings] : [])].join('; ');
  const way =
    extra.length === 0
      ? `Rows to ${other.split === 'test' ? 'test' : 'validate'} on need every input and the label. If the label is kept secret, as in competitions, leave ` +
        'this file out: part of the training rows is then held back for the test.'
      : missing.length === 0
        ? 'Remove it from the one file or add it to the other.'
        : 'Give both files the same columns. If one of them has no header line, say so with the option header.';
  throw new LabError('bad-input', `${what}. ${way}`);
}

function differences(train: RawDataset, other: RawDataset): readonly [missing: readonly string[], extra: readonly string[]] {
  const names = (data: RawDataset): string[] => data.columns.map(({ name }) => name);
  const [before, after] = [new Set(names(train)), new Set(names(other))];
  return [names(train).filter((name) => !after.has(name)), names(other).filter((name) => !before.has(name))];
}

function columnsText(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return `${names.length === 1 ? 'column' : 'columns'} ${listed(quoted, 5)}`;
}

/** A column without any value in one part has the kind of the others: nothing tells its own. */
function withOneKind(parts: readonly SplitPart[]): SplitPart[] {
  const kindOf = (name: string): RawColumn['kind'] | undefined =>
    parts.flatMap(({ data }) => data.columns.filter((column) => column.name === name && !isEmpty(column)).map(({ kind }) => kind))[0];
  const settled = (column: RawColumn, rows: number): RawColumn =>
    kindOf(column.name) === 'number' && column.kind !== 'number' && isEmpty(column)
      ? { name: column.name, kind: 'number', values: new Float64Array(rows).fill(NaN) }
      : column;
  return parts.map((part) => ({ ...part, data: { ...part.data, columns: part.data.columns.map((column) => settled(column, part.data.rows)) } }));
}

function mixedNotes(parts: readonly SplitPart[]): string[] {
  const filled = parts.map(({ path, data }) => ({
    path,
    columns: new Map(data.columns.filter((column) => !isEmpty(column)).map((column) => [column.name, column])),
  }));
  const names = parts[0]?.data.columns.map(({ name }) => name) ?? [];
  return names.flatMap((name) => {
    const numbers = filled.find(({ columns }) => columns.get(name)?.kind === 'number');
    const texts = filled.find(({ columns }) => columns.has(name) && columns.get(name)?.kind !== 'number');
    if (numbers === undefined || texts === undefined) return [];
    return [`Column "${name}" holds numbers in ${basename(numbers.path)} and texts in ${basename(texts.path)}, so all of it is text.`];
  });
}
