import { expect, test } from 'vitest';
import { labelHeights, shareGeometry, stackedPaths } from '../../../src-main/charts/kinds/shareStack.ts';
import { twoLayers } from './twoLayers.ts';

const down = (share: number): number => 100 - 100 * share;

test('the stack begins at 0, every layer on the one before', () => {
  expect(stackedPaths(twoLayers, (x) => x, down)).toEqual(['M0,25L10,2L10,100L0,100Z', 'M0,0L10,0L10,2L0,25Z']);
});

test('labels of thin layers keep apart and stay inside', () => {
  expect(labelHeights(twoLayers, down, 16)).toEqual([51, 8]);
  const thin = { ...twoLayers, layers: [0.01, 0.01, 0.98].map((share) => ({ title: '', shares: [share] })) };
  expect(labelHeights(thin, down, 16)).toEqual([99.5, 83.5, 49]);
  const high = { ...twoLayers, layers: [0.98, 0.01, 0.01].map((share) => ({ title: '', shares: [share] })) };
  expect(labelHeights(high, down, 16)).toEqual([51, 24, 8]);
});

test('every layer bears its name and its last share, and names that are too long are cut', () => {
  const { layers, left, right, x } = shareGeometry(twoLayers, 700, 240);
  expect(layers.map(({ label }) => label)).toEqual(['main 98 %', 'aux 2 %']);
  expect([x.position(0), x.position(10)]).toEqual([left, right]);
  const long = { ...twoLayers, layers: twoLayers.layers.map((layer) => ({ ...layer, title: 'the auxiliary task with the long name '.repeat(3) })) };
  const narrow = shareGeometry(long, 300, 240);
  expect(narrow.right).toBe(300 - 14 - 0.4 * 300); // names take at most 40 % of the width
  expect(narrow.layers[0]?.fitted.length).toBeLessThan(narrow.layers[0]?.label.length ?? 0);
});
