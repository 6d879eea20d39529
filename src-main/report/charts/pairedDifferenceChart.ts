/** Paired-difference chart: one dot a pair, mean and interval, margin band and zero line; one row an arm. */
import type { PairedDifferenceBlock } from '../../contract/blocks.ts';
import { formatNumber } from '../words.ts';
import { axis, extent, type Axis } from './axis.ts';
import { armClass, armSymbol, drawing, element, fitted, svgText } from './svg.ts';

const ROW = 104;
const DOT = 5.5; // radius

export interface PairedGeometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: Axis;
  readonly rows: readonly {
    readonly top: number;
    readonly dots: readonly { readonly x: number; readonly y: number; readonly label: string; readonly value: number }[];
  }[];
}

/** Pure geometry: dots of one row are stacked where they would overlap. */
export function pairedGeometry(block: PairedDifferenceBlock, width: number): PairedGeometry {
  const [left, right, top] = [0, width, 8];
  const bottom = top + ROW * block.arms.length;
  const x = axis(
    domain(block),
    [left + 22, right - 22], // room for half a tick's label
    width < 500 ? 4 : 8,
    { signed: true },
  );
  const rows = block.arms.map((arm, row) => {
    const base = top + row * ROW;
    const placed: { x: number; y: number; label: string; value: number }[] = [];
    for (const { label, value } of arm.dots.filter((dot) => Number.isFinite(dot.value)).toSorted((a, b) => a.value - b.value)) {
      const at = x.position(value);
      const level =
        [0, 1, -1, 2, -2, 3, -3].find((step) => !placed.some((dot) => Math.abs(dot.x - at) < 2 * DOT && Math.abs(dot.y - (base + 52 + step * 9)) < 9)) ?? 0;
      placed.push({ x: at, y: base + 52 + level * 9, label, value });
    }
    return { top: base, dots: placed };
  });
  return { width, height: bottom + 46, left, right, bottom, x, rows };
}

/** Dots, zero and margin always; intervals as far as they do not squeeze the dots into a corner. */
function domain(block: PairedDifferenceBlock): readonly [number, number] {
  const inner = extent([0, block.margin, -block.margin, ...block.arms.flatMap(({ dots, mean }) => [mean, ...dots.map(({ value }) => value)])]) ?? [-1, 1];
  const room = Math.max(inner[1] - inner[0], 1e-12) * 0.8;
  const ends = block.arms
    .flatMap(({ low, high, adjusted }) => [low, high, ...(adjusted === undefined ? [] : [adjusted.low, adjusted.high])])
    .filter(Number.isFinite);
  const low = Math.max(Math.min(inner[0], ...ends), inner[0] - room);
  const high = Math.min(Math.max(inner[1], ...ends), inner[1] + room);
  return high - low > 1e-12 ? [low - (high - low) * 0.03, high + (high - low) * 0.03] : [-1, 1];
}

export function pairedDifferenceSvg(block: PairedDifferenceBlock, id: string, width: number): string {
  const geometry = pairedGeometry(block, width);
  const { height, left, right, bottom, x, rows } = geometry;
  const zero = x.position(0);
  const inside = (value: number): number => Math.min(Math.max(Number.isFinite(value) ? x.position(value) : value > 0 ? right : left, left), right);
  const [marginLeft, marginRight] = [inside(-block.margin), inside(block.margin)];
  const arms = block.arms.map((arm, i) => {
    const { top = 0, dots = [] } = rows[i] ?? {};
    const number = (value: number): string => formatNumber(value, block.style.digits, true);
    const summary = `${number(arm.mean)}${Number.isFinite(arm.low) ? ` (${number(arm.low)} to ${number(arm.high)})` : ''}`;
    const y = top + 86;
    const whisker = (low: number, high: number, name: string): string =>
      element('line', { class: `${name} ${armClass(arm.arm)}`, x1: inside(low), x2: inside(high), y1: y, y2: y });
    return [
      svgText(left, top + 16, fitted(arm.title, right - left - summary.length * 7.4, 13), { class: 'row-title' }),
      svgText(right, top + 16, summary, { class: 'row-value', 'text-anchor': 'end' }),
      ...dots.map((dot) =>
        element('g', {}, element('title', {}, dot.label), element('circle', { class: `dot ${armClass(arm.arm)}`, cx: dot.x, cy: dot.y, r: DOT })),
      ),
      arm.adjusted === undefined ? '' : whisker(arm.adjusted.low, arm.adjusted.high, 'whisker'),
      whisker(arm.low, arm.high, 'interval'),
      armSymbol(arm.arm, inside(arm.mean), y, 110, 'mean'),
    ].join('');
  });
  return drawing(
    id,
    { width, height },
    block.title,
    block.description,
    marginRight > marginLeft ? element('rect', { class: 'margin', x: marginLeft, y: 30, width: marginRight - marginLeft, height: bottom - 30 }) : '',
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
