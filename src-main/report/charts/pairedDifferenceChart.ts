/** Paired-difference charts as SVG. */
import { armClass, pairedGeometry } from '../../charts/index.ts';
import type { PairedDifferenceBlock } from '../../contract/blocks.ts';
import { armSymbol, drawing, element, escapeText, svgText } from './svg.ts';

export function pairedDifferenceSvg(block: PairedDifferenceBlock, id: string, width: number): string {
  const { height, left, right, bottom, x, zero, margin, dotRadius, rows } = pairedGeometry(block, width);
  const arms = rows.map(({ arm, title, summary, top, dots, y, mean, interval, adjusted }) => {
    const colour = armClass(arm);
    const whisker = (name: string, [from, to]: readonly [number, number]): string =>
      element('line', { class: `${name} ${colour}`, x1: from, x2: to, y1: y, y2: y });
    return [
      svgText(left, top + 16, title, { class: 'row-title' }),
      svgText(right, top + 16, summary, { class: 'row-value', 'text-anchor': 'end' }),
      ...dots.map((dot) =>
        element('g', {}, element('title', {}, escapeText(dot.label)), element('circle', { class: `dot ${colour}`, cx: dot.x, cy: dot.y, r: dotRadius })),
      ),
      adjusted === null ? '' : whisker('whisker', adjusted),
      whisker('interval', interval),
      armSymbol(arm, mean, y, 110, 'mean'),
    ].join('');
  });
  return drawing(
    id,
    { width, height },
    block.title,
    block.description,
    margin === null ? '' : element('rect', { class: 'margin', x: margin[0], y: 30, width: margin[1] - margin[0], height: bottom - 30 }),
    ...x.ticks.map(
      ({ at, label }) =>
        element('line', { class: 'grid', x1: at, x2: at, y1: 30, y2: bottom }) + svgText(at, bottom + 18, label, { class: 'tick', 'text-anchor': 'middle' }),
    ),
    element('line', { class: 'zero', x1: zero, x2: zero, y1: 26, y2: bottom }),
    ...arms,
    svgText(left, bottom + 38, '← worse', { class: 'axis-title' }),
    svgText((left + right) / 2, bottom + 38, block.axis, { class: 'axis-title', 'text-anchor': 'middle' }),
    svgText(right, bottom + 38, 'better →', { class: 'axis-title', 'text-anchor': 'end' }),
  );
}
