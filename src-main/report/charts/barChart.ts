/** Bar charts as SVG. */
import { armClass, barGeometry } from '../../charts/index.ts';
import type { BarChartBlock } from '../../contract/blocks.ts';
import { drawing, element, svgText } from './svg.ts';

export function barChartSvg(block: BarChartBlock, id: string, width: number): string {
  const { height, zero, bars } = barGeometry(block, width);
  const rows = bars.map(({ arm, label, value, valueAt, top, from, to, whisker }) =>
    [
      svgText(0, top + 14, label, { class: 'row-title' }),
      element('rect', { class: `bar ${armClass(arm)}`, x: from, y: top + 21, width: Math.max(1, to - from), height: 16, rx: 2 }),
      whisker === null ? '' : element('line', { class: 'error', x1: whisker[0], x2: whisker[1], y1: top + 29, y2: top + 29 }),
      svgText(valueAt, top + 34, value, { class: 'row-value' }),
    ].join(''),
  );
  return drawing(
    id,
    { width, height },
    block.title,
    block.description,
    ...rows,
    element('line', { class: 'axis', x1: zero, x2: zero, y1: 18, y2: height - 4 }),
  );
}
