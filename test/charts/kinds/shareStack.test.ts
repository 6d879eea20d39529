import { expect, test } from 'vitest';
import type { LossShares } from '../../../src-main/charts/kinds/lossShares.ts';
import { labelHeights, shareGeometry, stackedPaths } from '../../../src-main/charts/kinds/shareStack.ts';

const two: LossShares = {
  xs: [0, 10],
  layers: [
    { title: 'main', shares: [0.75, 0.98] },
    { title: 'aux', shares: [0.25, 0.02] },
  ],
  stretch: 1,
  hasNegative: false,
};
const down = (share: number): number => 100 - 100 * share;

test('the stack begins at 0, every layer on the one before', () => {
  expect(stackedPaths(two, (x) => x, down)).toEqual(['M0,25L10,2L10,100L0,100Z', 'M0,0L10,0L10,2L0,25Z']);
});

test('labels of thin layers keep apart and stay inside', () => {
  expect(labelHeights(two, down, 16)).toEqual([51, 8]);
  const thin = { ...two, layers: [0.01, 0.01, 0.98].map((share) => ({ title: '', shares: [share] })) };
  expect(labelHeights(thin, down, 16)).toEqual([99.5, 83.5, 49]);
  const high = { ...two, layers: [0.98, 0.01, 0.01].map((share) => ({ title: '', shares: [share] })) };
  expect(labelHeights(high, down, 16)).toEqual([51, 24, 8]);
});

test('every layer bears its name and its last share, and names that are too long are cut', () => {
  const { layers, left, right, x } = shareGeometry(two, 700, 240);
  expect(layers.map(({ label }) => label)).toEqual(['main 98 %', 'aux 2 %']);
  expect([x.position(0), x.position(10)]).toEqual([left, right]);
  const long = { ...two, layers: two.layers.map((layer) => ({ ...layer, title: 'the auxiliary task with the long name '.repeat(3) })) };
  const narrow = shareGeometry(long, 300, 240);
  expect(narrow.right).toBe(300 - 14 - 0.4 * 300); // names take at most 40 % of the width
  expect(narrow.layers[0]?.fitted.length).toBeLessThan(narrow.layers[0]?.label.length ?? 0);
});
