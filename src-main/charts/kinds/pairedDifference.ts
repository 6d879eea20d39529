/** Paired-difference chart: one dot a pair, mean and interval, margin band and zero line; one row an arm. Pure. */
import type { PairedDifferenceBlock } from '../../contract/blocks.ts';
import { axis, extent, type Axis } from '../axis.ts';
import { fittedNames } from '../fitted.ts';
import { formatNumber } from '../numbers.ts';

const rowHeight = 104;
const dotRadius = 5.5;

type Span = readonly [from: number, to: number];

export interface PairedGeometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: Axis;
  readonly zero: number;
  readonly margin: Span | null; // null: of no width
  readonly dotRadius: number;
  readonly rows: readonly {
    readonly arm: number;
    readonly title: string; // as much of it as has room beside the summary
    readonly summary: string; // '+0.8 (−0.2 to +1.8)'
    readonly top: number;
    readonly dots: readonly { readonly x: number; readonly y: number; readonly label: string; readonly value: number }[];
    readonly y: number; // of mean and interval
    readonly mean: number;
    readonly interval: Span;
    readonly adjusted: Span | null; // for several arms
  }[];
}

/** Dots of one row are stacked where they would overlap; what lies outside is drawn at the edge. */
export function pairedGeometry(block: PairedDifferenceBlock, width: number): PairedGeometry {
  const [left, right, top] = [0, width, 8];
  const bottom = top + rowHeight * block.arms.length;
  const x = axis(
    domain(block),
    [left + 22, right - 22], // room for half a tick's label
    width < 500 ? 4 : 8,
    { signed: true },
  );
  const inside = (value: number): number => Math.min(Math.max(Number.isFinite(value) ? x.position(value) : value > 0 ? right : left, left), right);
  const span = (low: number, high: number): Span => [inside(low), inside(high)];
  const margin = span(-block.margin, block.margin);
  const summaries = block.arms.map((arm) => summary(block, arm));
  const titles = fittedNames(
    block.arms.map(({ title }) => title),
    width - Math.max(0, ...summaries.map(({ length }) => length)) * 7.6,
    13,
  );
  const rows = block.arms.map((arm, row) => {
    const base = top + row * rowHeight;
    return {
      arm: arm.arm,
      title: titles[row] ?? '',
      summary: summaries[row] ?? '',
      top: base,
      dots: stacked(arm.dots, x, base + 52),
      y: base + 86,
      mean: inside(arm.mean),
      interval: span(arm.low, arm.high),
      adjusted: arm.adjusted === undefined ? null : span(arm.adjusted.low, arm.adjusted.high),
    };
  });
  return { width, height: bottom + 46, left, right, bottom, x, zero: x.position(0), margin: margin[1] > margin[0] ? margin : null, dotRadius, rows };
}

function stacked(dots: PairedDifferenceBlock['arms'][number]['dots'], x: Axis, middle: number): PairedGeometry['rows'][number]['dots'] {
  const placed: { x: number; y: number; label: string; value: number }[] = [];
  for (const { label, value } of dots.filter((dot) => Number.isFinite(dot.value)).toSorted((a, b) => a.value - b.value)) {
    const at = x.position(value);
    const isFree = (level: number): boolean => !placed.some((dot) => Math.abs(dot.x - at) < 2 * dotRadius && Math.abs(dot.y - (middle + level * 9)) < 9);
    const level = [0, 1, -1, 2, -2, 3, -3].find(isFree) ?? 0;
    placed.push({ x: at, y: middle + level * 9, label, value });
  }
  return placed;
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

function summary({ style }: PairedDifferenceBlock, { mean, low, high }: PairedDifferenceBlock['arms'][number]): string {
  const signed = (value: number): string => formatNumber(value, style.digits, true);
  return `${signed(mean)}${Number.isFinite(low) ? ` (${signed(low)} to ${signed(high)})` : ''}`;
}
