/** Slope chart: one line a pair from the baseline's value to the arm's, and their means in bold. Pure. */
import type { SlopeChartBlock } from '../../contract/blocks.ts';
import { moments } from '../../stats/paired.ts';
import { axis, extent, type Axis } from '../axis.ts';
import { fitted, textWidth } from '../fitted.ts';
import { formatNumber } from '../numbers.ts';

export interface SlopeGeometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly y: Axis;
  readonly titles: readonly [left: string, right: string]; // as much of them as has room
  readonly lines: readonly { readonly from: number; readonly to: number; readonly isBetter: boolean; readonly label: string }[];
  readonly mean: { readonly from: number; readonly to: number; readonly value: string }; // the value: the arm's, at the right
}

/** @returns null without pairs */
export function slopeGeometry(block: SlopeChartBlock, width: number): SlopeGeometry | null {
  const pairs = block.pairs.filter(({ left, right }) => Number.isFinite(left) && Number.isFinite(right));
  const values = extent(pairs.flatMap(({ left, right }) => [left, right]));
  if (values === null) return null;
  const height = 300;
  const [top, bottom] = [34, height - 34];
  const y = axis(values, [bottom, top], 5);
  const [leftMean, rightMean] = [moments(pairs.map((pair) => pair.left)).mean, moments(pairs.map((pair) => pair.right)).mean];
  return {
    width,
    height,
    left: 40 + Math.max(...y.ticks.map(({ label }) => textWidth(label, 12)), 12),
    right: width - 76,
    top,
    bottom,
    y,
    titles: [fitted(block.left.title, 100, 13), fitted(block.right.title, 190, 13)],
    lines: pairs.map((pair) => ({
      from: y.position(pair.left),
      to: y.position(pair.right),
      isBetter: pair.right > pair.left === block.higherIsBetter && pair.right !== pair.left,
      label: pair.label,
    })),
    mean: { from: y.position(leftMean), to: y.position(rightMean), value: formatNumber(rightMean, block.style.digits) },
  };
}
