/** Horizontal bars from zero, with the label above and the value at the end of each. Pure. */
import type { BarChartBlock } from '../../contract/blocks.ts';
import { axis, extent } from '../axis.ts';
import { fittedNames, textWidth } from '../fitted.ts';
import { formatStyled } from '../numbers.ts';

const rowHeight = 46;

export interface BarGeometry {
  readonly width: number;
  readonly height: number;
  readonly zero: number;
  readonly bars: readonly {
    readonly arm: number;
    readonly label: string; // as much of it as has room
    readonly value: string;
    readonly valueAt: number; // its left end
    readonly top: number;
    readonly from: number;
    readonly to: number;
    readonly whisker: readonly [number, number] | null;
  }[];
}

/** @param spare units that values may take beyond what their letters usually take: more where they are set in bold */
export function barGeometry(block: BarChartBlock, width: number, spare = 0): BarGeometry {
  const values = block.bars.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const [low, high] = extent([0, ...values]) ?? [0, 1];
  const room = Math.max(...block.bars.map(({ value }) => textWidth(formatStyled(value, block.style), 13)), 20) + 10;
  const { position } = axis([low, high], [low < 0 ? room : 0, width - spare - room], 5, { nice: false });
  const labels = block.bars.map(({ label }) => label);
  const fittedLabels = fittedNames(labels, width - 4, 13);
  return {
    width,
    height: block.bars.length * rowHeight + 4,
    zero: position(0),
    bars: block.bars.map(({ arm, value, low: from, high: to }, i) => {
      const whisker = from === undefined || to === undefined ? null : ([position(from), position(to)] as const);
      const end = Math.max(position(0), position(value));
      return {
        arm,
        label: fittedLabels[i] ?? '',
        value: formatStyled(value, block.style),
        valueAt: Math.max(end, whisker?.[1] ?? end) + 7,
        top: i * rowHeight,
        from: Math.min(position(0), position(value)),
        to: end,
        whisker,
      };
    }),
  };
}
