/** The words by which people name the parts of published data, in folders and in files. Pure. */

export type SplitName = 'train' | 'validation' | 'test';
export const splitNames: readonly SplitName[] = ['train', 'validation', 'test'];

const words: Readonly<Record<string, SplitName>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
  t10k: 'test', // MNIST
};

/** 'train' for 'Training', 'validation' for 'val', 'test' for 't10k'; null for other words. */
export function splitOfWord(word: string): SplitName | null {
  return Object.hasOwn(words, word.toLowerCase()) ? (words[word.toLowerCase()] ?? null) : null;
}

/** The split that a file's name tells, by its words or its folders: 'X_train.csv', 'test/data.csv'. */
export function splitOfFile(name: string): SplitName | null {
  const pieces = name.split(/[/\\]/);
  const own = wordsOf(pieces.pop() ?? '').reverse();
  return [...own, ...pieces.reverse()].map(splitInName).find((split) => split !== null) ?? null;
}

/** A name with its words for splits left open: the same for 'X_train.csv' and 'x_TEST.csv'. */
export function withoutSplit(name: string): string {
  return wordsOf(name)
    .map((word) => (splitInName(word) === null ? word.toLowerCase() : '*'))
    .join(' ');
}

/** 'data', 'Train', 'csv' of 'dataTrain.csv'. */
function wordsOf(name: string): string[] {
  return name.split(/[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])/);
}

/** IDX's own word counts among IDX files alone. */
function splitInName(word: string): SplitName | null {
  return word.toLowerCase() === 't10k' ? null : splitOfWord(word);
}
