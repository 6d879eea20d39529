/** Horizontal bars from zero, with the label above and the value at the end of each. */
import type { BarChartBlock } from '../../contract/blocks.ts';
import { formatStyled } from '../words.ts';
import { axis, extent } from './axis.ts';
import { fittedNames, textWidth } from './fitted.ts';
import { armClass, drawing, element, svgText } from './svg.ts';

const ROW = 46;

export interface BarGeometry {
  readonly width: number;
  readonly height: number;
  readonly zero: number;
  readonly bars: readonly { readonly top: number; readonly from: number; readonly to: number; readonly whisker: readonly [number, number] | null }[];
}

export function barGeometry(block: BarChartBlock, width: number): BarGeometry {
  const values = block.bars.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const [low, high] = extent([0, ...values]) ?? [0, 1];
  const room = Math.max(...block.bars.map(({ value }) => textWidth(formatStyled(value, block.style), 13)), 20) + 10;
  const { position } = axis([low, high], [low < 0 ? room : 0, width - room], 5, { nice: false });
  return {
    width,
    height: block.bars.length * ROW + 4,
    zero: position(0),
    bars: block.bars.map(({ value, low: from, high: to }, i) => ({
      top: i * ROW,
      from: Math.min(position(0), position(value)),
      to: Math.max(position(0), position(value)),
      whisker: from === undefined || to === undefined ? null : [position(from), position(to)],
    })),
  };
}

export function barChartSvg(block: BarChartBlock, id: string, width: number): string {
  const { height, zero, bars } = barGeometry(block, width);
  const labels = fittedNames(
    block.bars.map(({ label }) => label),
    width - 4,
    13,
  );
  const rows = block.bars.map((bar, i) => {
    const { top = 0, from = 0, to = 0, whisker = null } = bars[i] ?? {};
    return [
      svgText(0, top + 14, labels[i] ?? '', { class: 'row-title' }),
      element('rect', { class: `bar ${armClass(bar.arm)}`, x: from, y: top + 21, width: Math.max(1, to - from), height: 16, rx: 2 }),
      whisker === null ? '' : element('line', { class: 'error', x1: whisker[0], x2: whisker[1], y1: top + 29, y2: top + 29 }),
      svgText(Math.max(to, whisker?.[1] ?? to) + 7, top + 34, formatStyled(bar.value, block.style), { class: 'row-value' }),
    ].join('');
  });
  return drawing(
    id,
    { width, height },
    block.title,
    block.description,
    ...rows,
    element('line', { class: 'axis', x1: zero, x2: zero, y1: 18, y2: height - 4 }),
  );
}
