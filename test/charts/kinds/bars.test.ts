import { expect, test } from 'vitest';
import { barGeometry } from '../../../src-main/charts/kinds/bars.ts';

test('bars start at zero and grow to their value', () => {
  const { bars, zero } = barGeometry(
    {
      kind: 'bar-chart',
      title: 't',
      description: 'd',
      axis: 'ms',
      style: { digits: 0, unit: 'ms' },
      bars: [
        { label: 'a', arm: 0, value: 5 },
        { label: 'b', arm: 1, value: 10 },
      ],
    },
    700,
  );
  expect(bars[0]!.from).toBe(zero);
  expect((bars[1]!.to - zero) / (bars[0]!.to - zero)).toBeCloseTo(2, 10);
});
