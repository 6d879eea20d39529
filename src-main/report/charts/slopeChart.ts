/** Slope chart: one line a pair from the baseline's value to the arm's, and their means in bold. */
import type { SlopeChartBlock } from '../../contract/blocks.ts';
import { moments } from '../../stats/paired.ts';
import { formatNumber } from '../words.ts';
import { axis, extent, type Axis } from './axis.ts';
import { fitted, textWidth } from './fitted.ts';
import { armClass, armSymbol, drawing, element, svgText } from './svg.ts';

export interface SlopeGeometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly y: Axis;
  readonly lines: readonly { readonly from: number; readonly to: number; readonly isBetter: boolean; readonly label: string }[];
  readonly mean: { readonly from: number; readonly to: number; readonly left: number; readonly right: number };
}

/** @returns null without pairs */
export function slopeGeometry(block: SlopeChartBlock, width: number): SlopeGeometry | null {
  const pairs = block.pairs.filter(({ left, right }) => Number.isFinite(left) && Number.isFinite(right));
  const values = extent(pairs.flatMap(({ left, right }) => [left, right]));
  if (values === null) return null;
  const height = 300;
  const [top, bottom] = [34, height - 34];
  const y = axis(values, [bottom, top], 5);
  const left = 40 + Math.max(...y.ticks.map(({ label }) => textWidth(label, 12)), 12);
  const [leftMean, rightMean] = [moments(pairs.map((pair) => pair.left)).mean, moments(pairs.map((pair) => pair.right)).mean];
  return {
    width,
    height,
    left,
    right: width - 76,
    top,
    bottom,
    y,
    lines: pairs.map((pair) => ({
      from: y.position(pair.left),
      to: y.position(pair.right),
      isBetter: pair.right > pair.left === block.higherIsBetter && pair.right !== pair.left,
      label: pair.label,
    })),
    mean: { from: y.position(leftMean), to: y.position(rightMean), left: leftMean, right: rightMean },
  };
}

export function slopeChartSvg(block: SlopeChartBlock, id: string, width: number): string {
  const geometry = slopeGeometry(block, width);
  if (geometry === null) return '';
  const { height, left, right, top, bottom, y, lines, mean } = geometry;
  const arm = armClass(block.right.arm);
  return drawing(
    id,
    { width, height },
    block.title,
    block.description,
    svgText(0, 14, block.y, { class: 'axis-title' }),
    ...y.ticks.map(
      ({ at, label }) =>
        element('line', { class: 'grid', x1: left - 24, x2: right + 8, y1: at, y2: at }) +
        svgText(left - 32, at + 4, label, { class: 'tick', 'text-anchor': 'end' }),
    ),
    ...[left, right].map((at) => element('line', { class: 'axis', x1: at, x2: at, y1: top, y2: bottom })),
    ...lines.map(({ from, to, isBetter, label }) => {
      const path = element('line', { class: isBetter ? `slope ${arm}` : 'slope worse', x1: left, x2: right, y1: from, y2: to });
      const ends =
        element('circle', { class: `dot ${armClass(0)}`, cx: left, cy: from, r: 3.5 }) + element('circle', { class: `dot ${arm}`, cx: right, cy: to, r: 3.5 });
      return element('g', {}, element('title', {}, label), path, ends);
    }),
    element('line', { class: `line ${arm}`, x1: left, x2: right, y1: mean.from, y2: mean.to }),
    armSymbol(block.left.arm, left, mean.from, 100, 'mean'),
    armSymbol(block.right.arm, right, mean.to, 100, 'mean'),
    svgText(right + 12, mean.to + 4, formatNumber(mean.right, block.style.digits), { class: 'row-value' }),
    svgText(left - 24, bottom + 22, fitted(block.left.title, 100, 13), { class: 'row-title' }),
    svgText(width - 8, bottom + 22, fitted(block.right.title, 190, 13), { class: 'row-title', 'text-anchor': 'end' }),
  );
}
