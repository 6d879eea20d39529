import { expect, test } from 'vitest';
import { partsOfDrop } from '../../src-renderer/state/droppedParts.ts';

const files = (...paths: readonly string[]): { path: string; file: File }[] => paths.map((path) => ({ path, file: new File([], path) }));
const named = (...paths: readonly string[]): Record<string, string> | null => {
  const parts = partsOfDrop(files(...paths));
  return parts === null ? null : Object.fromEntries(Object.entries(parts).map(([split, { path }]) => [split, path]));
};

test.each([
  [['test.csv', 'train.csv'], { train: 'train.csv', test: 'test.csv' }],
  [['GunPoint_TRAIN.tsv', 'GunPoint_TEST.tsv'], { train: 'GunPoint_TRAIN.tsv', test: 'GunPoint_TEST.tsv' }],
  [['x-train.csv', 'x-val.csv', 'x-test.xlsx'], { train: 'x-train.csv', validation: 'x-val.csv', test: 'x-test.xlsx' }],
])('%s are the parts of one data set', (paths, parts) => {
  expect(named(...paths)).toEqual(parts);
});

test.each([
  ['one file', ['train.csv']],
  ['folders', ['train/1.png', 'test/1.png']],
  ['names of two data sets', ['wine_train.csv', 'iris_test.csv']],
  ['a name that tells nothing', ['train.csv', 'labels.csv']],
  ['two training files', ['a_train.csv', 'a_training.csv']],
  ['nothing to learn from', ['val.csv', 'test.csv']],
])('%s: no parts', (_, paths) => {
  expect(named(...paths)).toBeNull();
});
