/** Which part of the split a folder holds, by a word within its name: training_set, seg_train, train_images, test1, val2017, TestSet. */
import { splitOfWord } from './splitNames.ts';
import type { SplitName } from './splitNames.ts';

/** Beyond the words by themselves: those that people write together with others. */
const joined: readonly (readonly [RegExp, SplitName])[] = [
  [/^(train|training|trn)(set|data|imgs?|images?)?$/, 'train'],
  [/^(val|valid|validation|dev|eval)(set|data|imgs?|images?)?$/, 'validation'],
  [/^(test|testing|tst|holdout)(set|data|imgs?|images?)?$/, 'test'],
];

/** @returns null for names without such a word, and for names with two that differ ("train_test") */
export function splitOfFolder(name: string): SplitName | null {
  const told = splitOfWord(name);
  if (told !== null) return told;
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const found = new Set(words.flatMap((word) => joined.find(([pattern]) => pattern.test(word))?.[1] ?? []));
  const [only] = found;
  return only !== undefined && found.size === 1 ? only : null;
}

/** Whether the name is a word for a part and nothing else: 'Training', 'test2', 'val'. */
export function isSplitWord(name: string): boolean {
  return splitOfWord(name.replace(/[\d_-]+$/, '')) !== null;
}
