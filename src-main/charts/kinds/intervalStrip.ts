/** The interval of a verdict against zero and the margin, on one line. Pure. */
import type { VerdictBlock } from '../../contract/blocks.ts';
import { textWidth } from '../fitted.ts';
import { formatNumber } from '../numbers.ts';

export type Interval = NonNullable<VerdictBlock['interval']>;

interface End {
  readonly at: number; // of the label's middle
  readonly label: string;
}

export interface IntervalGeometry {
  readonly width: number;
  readonly height: number;
  readonly zero: number;
  readonly low: number;
  readonly mean: number;
  readonly high: number;
  readonly margin: readonly [from: number, to: number] | null; // null: there is none
  readonly ends: readonly [low: End, high: End];
  readonly isWide: boolean; // there is room to say what is worse, better and too small to matter
}

/** Zero stands in the middle; what lies farther out than the drawing reaches stands at its edge. */
export function intervalGeometry({ mean, low, high, margin, style }: Interval, width: number): IntervalGeometry {
  const reach = Math.max(Math.abs(low), Math.abs(high), margin * 1.6, Number.MIN_VALUE) * 1.12;
  const x = (value: number): number => width / 2 + (Math.min(1, Math.max(-1, value / reach)) * (width - 16)) / 2;
  const label = (value: number): string => formatNumber(value, style.digits, true);
  return {
    width,
    height: 74,
    zero: x(0),
    low: x(low),
    mean: x(mean),
    high: x(high),
    margin: margin > 0 ? [x(-margin), Math.max(x(margin), x(-margin) + 1)] : null,
    ends: apart({ at: x(low), label: label(low) }, { at: x(high), label: label(high) }, width),
    isWide: width > 480,
  };
}

/** The labels of both ends, moved apart when the interval is short. */
function apart(low: End, high: End, width: number): readonly [End, End] {
  const [lowWidth, highWidth] = [textWidth(low.label, 12), textWidth(high.label, 12)];
  const push = Math.max(0, 6 + (lowWidth + highWidth) / 2 - (high.at - low.at)) / 2;
  const inside = (at: number, labelWidth: number): number => Math.min(width - labelWidth / 2, Math.max(labelWidth / 2, at));
  return [
    { ...low, at: inside(low.at - push, lowWidth) },
    { ...high, at: inside(high.at + push, highWidth) },
  ];
}
