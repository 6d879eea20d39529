/** Which of the files in a ZIP archive or a folder are the data: one table, the training and test parts of one, or a set that belongs together.
 *  Decides by names alone. */
import { LabError, nearestNames } from '../contract/errors.ts';
import { splitNames, splitOfFile } from '../contract/splitWords.ts';
import type { SplitName } from '../contract/splitWords.ts';
import { isImageName } from './pictures/imageKinds.ts';
import { listed } from './refused.ts';

export interface InsidePart {
  readonly split: SplitName;
  readonly name: string;
}

export type Inside =
  | { readonly kind: 'one'; readonly name: string; readonly notes: readonly string[] }
  | { readonly kind: 'parts'; readonly parts: readonly InsidePart[]; readonly notes: readonly string[] }
  | { readonly kind: 'set'; readonly names: readonly string[]; readonly notes: readonly string[] } // read as a folder of them
  | { readonly kind: 'pictures' }
  | { readonly kind: 'nothing' };

const packed = String.raw`(?:\.gz|\.zst)?$`;
/** Of files with the same name but for the ending, the first kind is read. */
const kinds: readonly RegExp[] = [
  /\.ts$/,
  /\.parquet|\.pq$/,
  /\.(?:feather|arrow|ipc)$/,
  new RegExp(String.raw`\.csv${packed}`),
  new RegExp(String.raw`\.(?:tsv|tab)${packed}`),
  /\.arff$/,
  /\.xlsx$/,
  new RegExp(String.raw`\.(?:jsonl|ndjson)${packed}`),
  /\.np[yz]$/,
  /\.(?:h5|hdf5|hdf)$/,
  new RegExp(String.raw`\.(?:data|txt|dat|json)${packed}`), // also descriptions end like these
];
const weakKind = kinds.length - 1;
const description =
  /(?:^|\/)(?:read[_-]?me|licen[cs]e|index|notes?|about|description|citation|requirements|package|metadata|info|dataset[_-]?info|labels|classes)\b[^/]*$/i;
const seriesPart = /(?:^|\/)([^/]+)_(train|test)\.ts$/i;
const idxPart = /(?:images|labels)[-._]idx\d(?:-[a-z]+)?(?:\.gz)?$/i;
const besideIdx = /(?:^|\/)labels\.(?:csv|txt)$/i;

/** @param where names the archive or folder in errors   @param entry what the option names
 *  @throws LabError bad-input when there are several and none is named, or when there is no such entry */
export function chooseInside(where: string, all: readonly string[], entry: string | undefined): Inside {
  const names = all.filter((name) => !name.split(/[/\\]/).some((piece) => piece.startsWith('.') || piece === '__MACOSX'));
  if (entry !== undefined) return { kind: 'one', name: namedEntry(where, names, entry), notes: [] };
  const set = wholeSet(names);
  if (set !== null) return set;
  const candidates = tables(names);
  const pictures = names.filter(isImageName).length;
  if (pictures > 1 || (pictures === 1 && candidates.every((name) => kindOf(name) >= weakKind))) return { kind: 'pictures' };
  const [first, ...others] = candidates;
  if (first === undefined) return { kind: 'nothing' };
  const notes = (used: readonly string[]): string[] => {
    const left = names.filter((name) => !used.includes(name));
    return left.length === 0 ? [] : [`Not read: ${listed(left)}.`];
  };
  if (others.length === 0) return { kind: 'one', name: first, notes: [`Read from it: ${first}.`, ...notes([first])] };
  const parts = asParts(candidates);
  if (parts !== null) return { kind: 'parts', parts, notes: notes(parts.map(({ name }) => name)) };
  throw new LabError(
    'bad-input',
    `${where} holds several tables: ${listed(candidates)}. Name the one that is meant in the option entry, or give it by itself.`,
  );
}

/** Whether a name may be a table or an array file. */
export function isData(name: string): boolean {
  return kindOf(name) >= 0 && !description.test(name);
}

function namedEntry(where: string, names: readonly string[], entry: string): string {
  const plain = names.filter((name) => name === entry || name.endsWith(`/${entry}`));
  const exact = plain.find((name) => name === entry) ?? (plain.length === 1 ? plain[0] : undefined);
  if (exact !== undefined) return exact;
  const near = nearestNames(entry, names);
  const help =
    plain.length > 1
      ? `There are ${listed(plain)}. Give the whole path.`
      : near.length > 0
        ? `Did you mean ${near.join(', ')}?`
        : `There are: ${listed(names)}.`;
  throw new LabError('bad-input', `${where} has no entry "${entry}". ${help}`);
}

/** Files that only make sense together: the series of one problem, or the pairs of IDX. */
function wholeSet(names: readonly string[]): Inside | null {
  const series = names.filter((name) => seriesPart.test(name));
  const problems = new Set(series.map((name) => seriesPart.exec(name)?.[1]?.toLowerCase()));
  if (series.length === 2 && problems.size === 1) return { kind: 'set', names: series, notes: [`Read from it: ${series.join(', ')}.`] };
  const pairs = names.filter((name) => idxPart.test(name));
  if (pairs.some((name) => /images/i.test(name))) return { kind: 'set', names: [...pairs, ...names.filter((name) => besideIdx.test(name))], notes: [] };
  return null;
}

/** The files that may be the data: descriptions and copies in other forms left out; texts only where there is nothing else. */
function tables(names: readonly string[]): string[] {
  const all = names.filter(isData);
  const strong = all.filter((name) => kindOf(name) < weakKind);
  const best = new Map<string, string>();
  for (const name of strong.length > 0 ? strong : all) {
    const stem = name.toLowerCase().replace(/\.[^./]*(?:\.gz|\.zst)?$/, '');
    const other = best.get(stem);
    if (other === undefined || kindOf(name) < kindOf(other)) best.set(stem, name);
  }
  return [...best.values()];
}

function kindOf(name: string): number {
  return kinds.findIndex((kind) => kind.test(name.toLowerCase()));
}

/** One file for train and one for test, perhaps one for validation; what tells no split is left out. */
function asParts(names: readonly string[]): InsidePart[] | null {
  const told = names.flatMap((name) => {
    const split = splitOfFile(name);
    return split === null ? [] : [{ split, name }];
  });
  const parts = splitNames.flatMap((split) => told.filter((part) => part.split === split));
  const isWhole = parts.some(({ split }) => split === 'train') && parts.length > 1 && new Set(parts.map(({ split }) => split)).size === parts.length;
  return isWhole ? parts : null;
}
