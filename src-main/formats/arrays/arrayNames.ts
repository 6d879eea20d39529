/** What the names of arrays tell: the part of a split ("x_train", "trainX", "train_images", "X_tr"), input or label, the data set they belong to. */
import type { NamedArray } from './namedArray.ts';
import { splitNames, splitOfWord } from '../splitNames.ts';
import type { SplitName } from '../splitNames.ts';

export interface ArrayPart {
  readonly split: SplitName;
  readonly arrays: readonly NamedArray[]; // under their common names: 'x', 'y'
  readonly sources: readonly NamedArray[];
}

/** Words that arrays have besides those of folders: as names of folders they are too short to mean it. */
const shortWords: Readonly<Record<string, SplitName>> = { tr: 'train', trn: 'train', va: 'validation', vl: 'validation', te: 'test', tst: 'test', ts: 'test' };
const inputWords = new Set(['x', 'data', 'feature', 'features', 'feat', 'feats', 'input', 'inputs']);
const seriesWords = new Set([
  'series',
  'timeseries',
  'signal',
  'signals',
  'sequence',
  'sequences',
  'seq',
  'seqs',
  'ecg',
  'eeg',
  'emg',
  'imu',
  'trace',
  'traces',
]);
const imageWords = new Set(['image', 'images', 'img', 'imgs', 'picture', 'pictures', 'photo', 'photos', 'pixels', 'digits', 'faces', 'frames', 'spectrograms']);
const labelWords = new Set([
  ...['y', 'label', 'labels', 'lbl', 'lbls', 'target', 'targets', 'class', 'classes', 'cls', 'category', 'categories'],
  ...['output', 'outputs', 'outcome', 'outcomes', 'response', 'truth', 'gt'],
]);

/** A name in its words: 'trainX' and 'train_x' are train and x. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_.\-/]+/)
    .filter((word) => word !== '')
    .flatMap(glued);
}

/** 'Xtest', 'ytr', 'trainx': one letter and a part of a split, written together. */
function glued(word: string): string[] {
  const [, letter, rest] = /^([xy])([a-z0-9]+)$/i.exec(word) ?? [];
  if (letter !== undefined && rest !== undefined && splitWord(rest) !== null) return [letter, rest];
  const [, start, last] = /^([a-z0-9]+)([xy])$/i.exec(word) ?? [];
  return start !== undefined && last !== undefined && splitWord(start) !== null ? [start, last] : [word];
}

/** The part that a word of an array's name means, short words among them. */
export function splitWord(word: string): SplitName | null {
  const short = word.toLowerCase();
  return splitOfWord(word) ?? (Object.hasOwn(shortWords, short) ? (shortWords[short] ?? null) : null);
}

export interface NamedPart {
  readonly split: SplitName;
  readonly stem: string; // the name without the word of the split: 'x', 'images', '' where that is all
}

/** The part that a name tells; null when it tells none, or several. */
export function splitOfName(name: string): NamedPart | null {
  const [, first = '', after = ''] = /^([a-z0-9]+)[_-](.+)$/i.exec(name) ?? [];
  const before = splitOfWord(first);
  if (before !== null) return { split: before, stem: after };
  const [, stem = '', last = ''] = /^(.+)[_-]([a-z0-9]+)$/i.exec(name) ?? /^([xy])([a-z]+)$/i.exec(name) ?? []; // 'labels_test', 'Xtest'
  const behind = splitOfWord(last);
  if (behind !== null) return { split: behind, stem };
  const words = wordsOf(name);
  const places = words.flatMap((word, place) => (splitWord(word) === null ? [] : [place]));
  const clear = places.filter((place) => splitOfWord(words[place] ?? '') !== null);
  const [place, another] = clear.length > 0 ? clear : places; // a short word beside a clear one means something else
  const split = place === undefined ? null : splitWord(words[place] ?? '');
  if (split === null || another !== undefined) return null;
  if (words.length === 1 && clear.length === 0) return null; // 'ts' alone is a time stamp
  return { split, stem: words.filter((_, at) => at !== place).join('_') };
}

/** x_train, y_train, x_test, y_test (or trainX, testX, or x, x_test ...) as parts with the arrays x and y; null when the names tell no split. */
export function partsOfArrays(arrays: readonly NamedArray[]): ArrayPart[] | null {
  const told = arrays.flatMap((array) => {
    const found = splitOfName(array.name);
    return found === null ? [] : [{ ...found, array }];
  });
  const stems = new Set(told.map(({ stem }) => stem.toLowerCase()));
  if (told.length > 0 && told.every(({ split }) => split !== 'train'))
    // x and x_test
    told.push(...arrays.flatMap((array) => (stems.has(array.name.toLowerCase()) ? [{ split: 'train' as const, stem: array.name, array }] : [])));
  const spelling = new Map<string, string>(); // the first one of a name counts: X_train and x_test are one
  for (const { stem } of told) if (!spelling.has(stem.toLowerCase())) spelling.set(stem.toLowerCase(), stem === '' ? 'data' : stem);
  const parts = splitNames.flatMap((split) => {
    const own = told.filter((entry) => entry.split === split);
    if (own.length === 0) return [];
    const named = own.map(({ stem, array }) => ({ ...array, name: spelling.get(stem.toLowerCase()) ?? stem }));
    return [{ split, arrays: named, sources: own.map(({ array }) => array) }];
  });
  const used = new Set(parts.flatMap(({ sources }) => sources));
  const areLists = [...used].every(({ shape }) => shape.length < 2) && arrays.some((array) => !used.has(array) && array.shape.length > 1);
  return parts.length >= 2 && !areLists ? parts : null; // 'train_index' and 'test_index' beside x are lists of rows
}

export function isLabelWord(word: string): boolean {
  return labelWords.has(word.toLowerCase().replace(/\d+$/, ''));
}

export function isInputWord(word: string): boolean {
  return inputWords.has(word.toLowerCase()) || seriesWords.has(word.toLowerCase()) || imageWords.has(word.toLowerCase());
}

/** 'fine_labels', 'trainY'; not 'label_names', which are those of the classes. */
export function isLabelName(name: string): boolean {
  const words = wordsOf(name);
  return words.some(isLabelWord) && !words.some((word) => /^names?$/i.test(word));
}

export function isSeriesName(name: string): boolean {
  return wordsOf(name).some((word) => seriesWords.has(word.toLowerCase()));
}

export function isImageName(name: string): boolean {
  return wordsOf(name).some((word) => imageWords.has(word.toLowerCase()));
}
