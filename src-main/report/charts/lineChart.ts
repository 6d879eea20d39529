/** Line charts as SVG. */
import { armClass, chartOfBlock, lineGeometry, type DrawnLine } from '../../charts/index.ts';
import type { LineChartBlock } from '../../contract/blocks.ts';
import { armSymbol, drawing, element, svgText } from './svg.ts';

/** @returns nothing when there is nothing to draw */
export function lineChartSvg(block: LineChartBlock, id: string, width: number): string {
  const isNarrow = width < 500;
  const geometry = lineGeometry(chartOfBlock(block), width, isNarrow ? 250 : 330, { mostPoints: isNarrow ? 150 : 400 });
  if (geometry === null) return '';
  const { height, left, right, top, bottom, x, y, drawn } = geometry;
  const clip = `${id}-clip`;
  const grid = y.ticks.map(
    ({ at, label }) =>
      element('line', { class: 'grid', x1: left, x2: right, y1: at, y2: at }) + svgText(left - 8, at + 4, label, { class: 'tick', 'text-anchor': 'end' }),
  );
  const below = x.ticks.map(
    ({ at, label }) =>
      element('line', { class: 'axis', x1: at, x2: at, y1: bottom, y2: bottom + 4 }) +
      svgText(at, bottom + 19, label, { class: 'tick', 'text-anchor': 'middle' }),
  );
  const mains = drawn.filter(({ line }) => line.role === 'main');
  const stroke = (name: string, { line, path }: DrawnLine): string =>
    element('path', { class: `${name} ${armClass(line.arm)}${line.isDashed === true ? ' dashed' : ''}`, d: path });
  return drawing(
    id,
    { width, height },
    block.title,
    block.description,
    element('clipPath', { id: clip }, element('rect', { x: left, y: top - 2, width: right - left, height: bottom - top + 4 })),
    svgText(0, 14, block.y, { class: 'axis-title' }),
    ...grid,
    element('line', { class: 'axis', x1: left, x2: right, y1: bottom, y2: bottom }),
    ...below,
    svgText(right, bottom + 37, block.x, { class: 'axis-title', 'text-anchor': 'end' }),
    element(
      'g',
      { 'clip-path': `url(#${clip})` },
      ...mains.flatMap(({ line, band }) => (band === null ? [] : [element('path', { class: `band ${armClass(line.arm)}`, d: band })])),
      ...drawn.filter(({ line }) => line.role === 'thin').map((entry) => stroke('thin', entry)),
      ...mains.map((entry) => stroke('halo', entry) + stroke('line', entry)),
    ),
    ...mains.map(({ line, end }) => (end === null ? '' : armSymbol(line.arm, end[0], end[1], 46, line.isDashed === true ? 'hollow' : ''))),
  );
}
