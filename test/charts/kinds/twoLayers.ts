/** A stack of two layers at two steps, for the tests of what is made of it. */
import type { LossShares } from '../../../src-main/charts/kinds/lossShares.ts';

export const twoLayers: LossShares = {
  xs: [0, 10],
  layers: [
    { title: 'main', shares: [0.75, 0.98] },
    { title: 'aux', shares: [0.25, 0.02] },
  ],
  stretch: 1,
  hasNegative: false,
};
