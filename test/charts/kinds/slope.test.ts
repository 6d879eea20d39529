import { expect, test } from 'vitest';
import { slopeGeometry } from '../../../src-main/charts/kinds/slope.ts';
import type { SlopeChartBlock } from '../../../src-main/contract/blocks.ts';

test('a slope knows which way is better', () => {
  const block: SlopeChartBlock = {
    kind: 'slope-chart',
    title: 't',
    description: 'd',
    y: 'RMSE',
    style: { digits: 1, unit: '%' },
    left: { arm: 0, title: 'B' },
    right: { arm: 1, title: 'A' },
    higherIsBetter: false,
    pairs: [
      { label: 's1', left: 3, right: 2 },
      { label: 's2', left: 2, right: 3 },
      { label: 's3', left: 2, right: 2 },
    ],
  };
  expect(slopeGeometry(block, 344)!.lines.map(({ isBetter }) => isBetter)).toEqual([true, false, false]);
  expect(slopeGeometry({ ...block, pairs: [] }, 344)).toBeNull();
});
