/** What folders tell of pictures: the class, and the part of the split. Parts are known by structure: the same classes below two or more folders whose names
 *  say train or test. What has no class beside others that have one is left out and said. */
import { isSplitWord, splitOfFolder } from '../splitFolders.ts';
import type { SplitName } from '../splitNames.ts';

export interface ImageLayout {
  readonly splits: readonly (SplitName | null)[];
  readonly classes: readonly (string | null)[];
  readonly isLeftOut: readonly boolean[];
  readonly notes: readonly string[];
}

type Folders = readonly (readonly string[])[]; // of every picture, from outside to inside

/** Names for folders that say nothing: they are no class where there are others. */
export const plainFolder = /^(images?|imgs?|pictures?|pics|photos?|data|dataset|jpe?gs?|pngs?|unknown|unlabell?ed|all|files)$/i;

/** @param paths inside the data folder, with '/'
 *  @param hasTable whether a table of labels names pictures too: then none is left out here */
export function layoutOf(paths: readonly string[], hasTable: boolean): ImageLayout {
  const folders = withoutWrappers(paths.map((path) => path.split('/').slice(0, -1)));
  const found = partsOutside(folders) ?? partsInside(folders) ?? { splits: folders.map(() => null), classes: folders.map(classOf), strangers: [], notes: [] };
  const hasClasses = found.classes.some((name) => name !== null);
  const leaves = hasClasses && !hasTable;
  const isLeftOut = found.classes.map((name) => leaves && name === null);
  return { ...found, isLeftOut, notes: leaves ? [...found.notes, ...leftOutNotes(paths, folders, isLeftOut, found.strangers)] : found.notes };
}

interface Found {
  readonly splits: (SplitName | null)[];
  readonly classes: (string | null)[];
  readonly strangers: readonly string[]; // folders beside the parts
  readonly notes: string[];
}

/** Without the folders around everything. A few loose pictures beside them do not count. */
function withoutWrappers(given: Folders): Folders {
  let folders: Folders = given;
  for (;;) {
    const inside = folders.filter((pieces) => pieces.length > 0);
    const first = inside[0]?.[0];
    const deeper = inside.filter((pieces) => pieces.length > 1);
    const isWrapper =
      first !== undefined &&
      inside.every((pieces) => pieces[0] === first) &&
      (deeper.length === inside.length || (deeper.length >= 0.8 * inside.length && countOf(deeper.map((pieces) => pieces[1])) > 1));
    if (!isWrapper) return folders;
    folders = folders.map((pieces) => pieces.slice(1));
  }
}

/** Parts first, classes below: train/cat, test/cat. */
function partsOutside(folders: Folders): Found | null {
  const tops = groupBy(folders, 0);
  const parts = [...tops].flatMap(([name, rows]) => {
    const split = splitOfFolder(name);
    return split === null ? [] : [{ name, split, rows, inside: rows.map((row) => (folders[row] ?? []).slice(1)) }];
  });
  if (parts.length === 0 || countOf(parts.map(({ split }) => split)) < 2) {
    const onlyWords = parts.length === tops.size && parts.length > 0 && parts.every(({ name }) => isSplitWord(name));
    if (!onlyWords || parts.every(({ inside }) => inside.every((pieces) => pieces.length === 0))) return null;
  }
  const bare: Folders[] = parts.map(({ inside }) => inside);
  stripShared(bare);
  bare.forEach((inside, i) => {
    const others = bare.filter((_, other) => other !== i);
    bare[i] = stripOwn(inside, others);
  });
  const names = bare.map((inside) => new Set(inside.flatMap(([first]) => first ?? [])));
  if (!areParts(parts, names, tops.size)) return null;
  const splits = new Array<SplitName | null>(folders.length).fill(null);
  const classes = new Array<string | null>(folders.length).fill(null);
  parts.forEach(({ split, rows }, i) =>
    rows.forEach((row, j) => {
      splits[row] = split;
      classes[row] = classOf(bare[i]?.[j] ?? []);
    }),
  );
  const strangers = [...tops.keys()].filter((name) => !parts.some((part) => part.name === name));
  const isPlain = parts.every(({ name }) => isSplitWord(name));
  const notes = isPlain ? [] : [`Folders that are parts of the split: ${parts.map(({ name, split }) => `${name} (${split})`).join(', ')}.`];
  return { splits, classes, strangers, notes };
}

/** By structure: two share a class, or all folders are parts and some have classes; or by nothing but the words train and test. */
function areParts(parts: readonly { readonly name: string }[], names: readonly ReadonlySet<string>[], topCount: number): boolean {
  const shares = names.some((own, i) => names.some((other, j) => j > i && [...own].some((name) => other.has(name))));
  if (shares) return true;
  if (parts.length < topCount) return false;
  return parts.every(({ name }) => isSplitWord(name)) || (names.some(({ size }) => size > 1) && names.some(({ size }) => size === 0));
}

/** Takes a folder away that is the only one in every part: train/images/cat, test/images/cat. */
function stripShared(parts: Folders[]): void {
  for (;;) {
    const all = parts.flat();
    const first = all[0]?.[0];
    if (first === undefined || all.some((pieces) => pieces[0] !== first) || all.some((pieces) => pieces.length < 2)) return;
    parts.forEach((inside, i) => (parts[i] = inside.map((pieces) => pieces.slice(1))));
  }
}

/** Takes a folder away that is the only one in this part and no class of another: training_set/training_set/cat, test1/test1. */
function stripOwn(given: Folders, others: readonly Folders[]): Folders {
  let inside = given;
  for (;;) {
    const first = inside[0]?.[0];
    if (first === undefined || inside.some((pieces) => pieces[0] !== first) || others.some((other) => other.some((pieces) => pieces[0] === first)))
      return inside;
    const saysNothing = splitOfFolder(first) !== null || plainFolder.test(first);
    if (!saysNothing && inside.some((pieces) => pieces.length < 2)) return inside;
    inside = inside.map((pieces) => pieces.slice(1));
  }
}

/** Classes first, parts below: cat/train, cat/test. */
function partsInside(folders: Folders): Found | null {
  if (!folders.every((pieces) => pieces.length === 0 || pieces.length > 1)) return null;
  const splits = folders.map(([, second]) => (second === undefined ? null : splitOfFolder(second)));
  const isPart = folders.every((pieces, row) => pieces.length === 0 || splits[row] !== null);
  if (!isPart || countOf(splits.filter((split) => split !== null)) < 2) return null;
  return { splits, classes: folders.map((pieces) => classOf(pieces.filter((_, level) => level !== 1))), strangers: [], notes: [] };
}

function classOf(pieces: readonly string[]): string | null {
  return pieces.join('/') || null;
}

function leftOutNotes(paths: readonly string[], folders: Folders, isLeftOut: readonly boolean[], strangers: readonly string[]): string[] {
  const out = paths.flatMap((path, row) => (isLeftOut[row] === true ? [{ path, top: folders[row]?.[0] ?? null }] : []));
  const loose = out.filter(({ top }) => top === null);
  const notes = loose.length === 0 ? [] : [`${imagesText(loose.length)} outside of the class folders ${was(loose.length)} left out: ${someOf(loose)}.`];
  for (const top of new Set(out.flatMap((each) => each.top ?? []))) {
    const inside = out.filter((each) => each.top === top);
    const why = strangers.includes(top) ? 'stand beside the parts of the split' : 'have no class';
    notes.push(
      `${imagesText(inside.length)} in the folder ${top} ` +
        `${inside.length === 1 ? why.replace('stand', 'stands').replace('have', 'has') : why} and ${was(inside.length)} left out.`,
    );
  }
  return notes;
}

function someOf(images: readonly { readonly path: string }[]): string {
  const shown = images.slice(0, 3).map(({ path }) => path);
  return images.length > shown.length ? `${shown.join(', ')} and ${images.length - shown.length} more` : shown.join(', ');
}

function imagesText(count: number): string {
  return count === 1 ? '1 image' : `${count} images`;
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were';
}

function groupBy(folders: Folders, level: number): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  folders.forEach((pieces, row) => {
    const name = pieces[level];
    if (name === undefined) return;
    const rows = groups.get(name);
    if (rows === undefined) groups.set(name, [row]);
    else rows.push(row);
  });
  return groups;
}

function countOf(values: readonly unknown[]): number {
  return new Set(values).size;
}
