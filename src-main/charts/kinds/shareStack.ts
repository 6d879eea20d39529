/** Shares of the loss as a stack of layers over the steps, each with its name beside its end. Pure. */
import { axis, type Axis } from '../axis.ts';
import { fitted, textWidth } from '../fitted.ts';
import { formatNumber } from '../numbers.ts';
import type { LossShares } from './lossShares.ts';

export interface ShareGeometry {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Axis;
  readonly y: Axis; // in percent
  readonly layers: readonly {
    readonly path: string;
    readonly label: string; // 'main task 71 %'
    readonly fitted: string; // as much of it as has room
    readonly labelAt: number; // height of its middle
  }[];
}

export function shareGeometry(shares: LossShares, width: number, height: number): ShareGeometry {
  const [top, bottom, left] = [26, height - 40, 44];
  const labels = shares.layers.map((layer) => `${layer.title} ${formatNumber((layer.shares.at(-1) ?? NaN) * 100, 0)} %`);
  const right = width - 14 - Math.min(width * 0.4, Math.max(...labels.map((label) => textWidth(label, 13))));
  const tickCount = Math.max(2, Math.min(8, Math.floor((right - left) / 60)));
  const x = axis([shares.xs[0] ?? 0, shares.xs.at(-1) ?? 1], [left, right], tickCount, { integers: true, nice: false });
  const y = axis([0, 100], [bottom, top], 4);
  const at = (share: number): number => y.position(share * 100);
  const paths = stackedPaths(shares, x.position, at);
  const heights = labelHeights(shares, at, 16);
  const layers = labels.map((label, i) => ({ path: paths[i] ?? '', label, fitted: fitted(label, width - right - 8, 13), labelAt: heights[i] ?? 0 }));
  return { left, right, top, bottom, x, y, layers };
}

/** The stack as closed paths, the first layer lowest. */
export function stackedPaths({ xs, layers }: LossShares, x: (value: number) => number, y: (share: number) => number): string[] {
  const lower = xs.map(() => 0);
  return layers.map(({ shares }) => {
    const from = [...lower];
    shares.forEach((share, i) => (lower[i] = (lower[i] ?? 0) + share));
    const place =
      (heights: readonly number[]) =>
      (value: number, i: number): string =>
        `${tenth(x(value))},${tenth(y(heights[i] ?? 0))}`;
    return `M${[...xs.map(place(lower)), ...xs.map(place(from)).reverse()].join('L')}Z`;
  });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Labels beside the last values, in the order of the stack, never nearer to each other than a line is high.
 *  @returns heights, downwards; the first layer is lowest */
export function labelHeights({ layers }: LossShares, y: (share: number) => number, lineHeight: number): number[] {
  let below = 0;
  const wanted = layers.map(({ shares }) => {
    const share = shares[shares.length - 1] ?? 0;
    const middle = y(below + share / 2);
    below += share;
    return middle;
  });
  const heights: number[] = [];
  for (const height of wanted) heights.push(Math.min(height, (heights[heights.length - 1] ?? Infinity) - lineHeight));
  const over = Math.max(0, y(1) + lineHeight / 2 - (heights[heights.length - 1] ?? Infinity)); // pushed out at the top: pushed back
  for (let i = heights.length - 1, least = y(1) + lineHeight / 2; over > 0 && i >= 0; i--, least += lineHeight) heights[i] = Math.max(heights[i] ?? 0, least);
  return heights;
}
