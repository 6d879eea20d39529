/** Slope charts as SVG. */
import { armClass, slopeGeometry } from '../../charts/index.ts';
import type { SlopeChartBlock } from '../../contract/blocks.ts';
import { armSymbol, drawing, element, escapeText, svgText } from './svg.ts';

/** @returns nothing without pairs */
export function slopeChartSvg(block: SlopeChartBlock, id: string, width: number): string {
  const geometry = slopeGeometry(block, width);
  if (geometry === null) return '';
  const { height, left, right, top, bottom, y, titles, lines, mean } = geometry;
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
      return element('g', {}, element('title', {}, escapeText(label)), path, ends);
    }),
    element('line', { class: `line ${arm}`, x1: left, x2: right, y1: mean.from, y2: mean.to }),
    armSymbol(block.left.arm, left, mean.from, 100, 'mean'),
    armSymbol(block.right.arm, right, mean.to, 100, 'mean'),
    svgText(right + 12, mean.to + 4, mean.value, { class: 'row-value' }),
    svgText(left - 24, bottom + 22, titles[0], { class: 'row-title' }),
    svgText(width - 8, bottom + 22, titles[1], { class: 'row-title', 'text-anchor': 'end' }),
  );
}
