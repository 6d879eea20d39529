/** Line chart: where every line, band and tick stands (geometry), and its SVG. */
import { area, line } from 'd3-shape';
import type { LineChartBlock, LineSeries } from '../../contract/blocks.ts';
import { decimate } from '../aggregate.ts';
import { axis, extent, type Axis } from './axis.ts';
import { textWidth } from './fitted.ts';
import { armClass, armSymbol, drawing, element, rounded, shortPath, svgText } from './svg.ts';

export interface LineGeometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly { readonly series: LineSeries; readonly path: string; readonly band: string | null; readonly end: readonly [number, number] }[];
}

/** Pure geometry in drawing units.
 *  @returns null when there is nothing to draw */
export function lineGeometry(block: LineChartBlock, width: number): LineGeometry | null {
  const xs = extent(block.series.flatMap(({ points }) => points.map(([x]) => x)));
  const ys = yDomain(block);
  if (xs === null || ys === null) return null;
  const narrow = width < 500;
  const height = narrow ? 250 : 330;
  const [top, bottom, right] = [34, height - 42, width - 14];
  const y = axis(ys, [bottom, top], narrow ? 4 : 6, { log: block.logY === true });
  const left = 14 + Math.max(...y.ticks.map(({ label }) => textWidth(label, 12)), 12);
  const x = axis(xs, [left, right], narrow ? 4 : 8, { integers: (block.xDigits ?? 0) === 0, nice: false });
  const clamp = (value: number): number => Math.min(Math.max(y.position(value), top - 400), bottom + 400);
  const draw = line<readonly [number, number]>(
    (p) => x.position(p[0]),
    (p) => clamp(p[1]),
  );
  const fill = area<readonly [number, number, number]>(
    (p) => x.position(p[0]),
    (p) => clamp(p[1]),
    (p) => clamp(p[2]),
  );
  const lines = block.series.flatMap((series) => {
    const points = decimate(
      series.points.filter(([, value]) => block.logY !== true || value > 0),
      narrow ? 150 : 400,
    );
    const last = points.at(-1);
    if (last === undefined) return [];
    const band =
      series.band !== undefined && series.band.length > 1 ? shortPath(fill(series.band.filter(([, low]) => block.logY !== true || low > 0)) ?? '') : null;
    return [{ series, path: shortPath(draw(points) ?? ''), band, end: [x.position(last[0]), y.position(last[1])] as const }];
  });
  return { width, height, left, right, top, bottom, x, y, lines };
}

/** Values of all lines; a wide band of few runs may add at most a third of that on either side. */
function yDomain(block: LineChartBlock): readonly [number, number] | null {
  const points = extent(block.series.flatMap((series) => series.points.map(([, value]) => value)).filter((value) => block.logY !== true || value > 0));
  const bands = extent(block.series.flatMap(({ band }) => (band ?? []).flatMap(([, low, high]) => [low, high])));
  const isFlat = points !== null && points[0] > 0 && points[0] === points[1] && (bands === null || bands[0] === bands[1]);
  if (isFlat && block.logY !== true) return [0, points[1] * 1.25]; // a constant shows its height only over zero
  if (points === null || bands === null || block.logY === true) return points;
  const room = (points[1] - points[0]) / 3;
  const low = Math.max(Math.min(points[0], bands[0]), points[0] - room);
  const high = Math.min(Math.max(points[1], bands[1]), points[1] + room);
  // a share ends at 100 %, and what is never negative starts at 0
  return [points[0] >= 0 ? Math.max(0, low) : low, block.style.unit === '%' && points[1] <= 100 ? Math.min(100, high) : high];
}

export function lineChartSvg(block: LineChartBlock, id: string, width: number): string {
  const geometry = lineGeometry(block, width);
  if (geometry === null) return '';
  const { height, left, right, top, bottom, x, y, lines } = geometry;
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
  const mains = lines.filter(({ series }) => series.role === 'main');
  const stroke = (name: string, entry: (typeof lines)[number]): string =>
    element('path', { class: `${name} ${armClass(entry.series.arm)}${entry.series.dashed === true ? ' dashed' : ''}`, d: entry.path });
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
      ...mains.flatMap((entry) => (entry.band === null ? [] : [element('path', { class: `band ${armClass(entry.series.arm)}`, d: entry.band })])),
      ...lines.filter(({ series }) => series.role === 'thin').map((entry) => stroke('thin', entry)),
      ...mains.map((entry) => stroke('halo', entry) + stroke('line', entry)),
    ),
    ...mains.map(({ series, end }) => armSymbol(series.arm, Number(rounded(end[0])), end[1], 46, series.dashed === true ? 'hollow' : '')),
  );
}
