/** The table behind a chart, for readers who want the numbers and for formats without drawings. Pure. */
import { scaleLinear } from 'd3-scale';
import type { Cell, ChartBlock, Column, TableBlock } from '../contract/blocks.ts';
import { chartOfBlock, type Line, type LineChart } from './lines/lines.ts';
import { placeOfX } from './lines/places.ts';
import { formatNumber, formatStyled, missing } from './numbers.ts';

const usualRows = 24;

/** Every number of a small chart; of line charts the mean lines at about `rowLimit` places. */
export function chartTable(block: ChartBlock, rowLimit = usualRows): TableBlock {
  switch (block.kind) {
    case 'line-chart':
      return tableOfLines(chartOfBlock(block), rowLimit);
    case 'paired-difference-chart':
      return {
        kind: 'table',
        caption: block.title,
        columns: [{ title: 'Arm' }, { title: 'Pair' }, { title: 'Difference', align: 'right' }],
        rows: block.arms.flatMap((arm): Cell[][] => [
          ...arm.dots.map(({ label, value }): Cell[] => [{ text: arm.title, arm: arm.arm }, { text: label }, { text: formatStyled(value, block.style) }]),
          [
            { text: arm.title, arm: arm.arm },
            { text: 'mean', strong: true },
            { text: formatStyled(arm.mean, block.style), strong: true },
          ],
          [
            { text: arm.title, arm: arm.arm },
            { text: '95 % interval' },
            { text: `${formatNumber(arm.low, block.style.digits, true)} to ${formatNumber(arm.high, block.style.digits, true)}` },
          ],
        ]),
      };
    case 'slope-chart':
      return {
        kind: 'table',
        caption: block.title,
        columns: [{ title: 'Pair' }, { title: block.left.title, align: 'right' }, { title: block.right.title, align: 'right' }],
        rows: block.pairs.map(({ label, left, right }) => [
          { text: label },
          { text: formatStyled(left, block.style) },
          { text: formatStyled(right, block.style) },
        ]),
      };
    case 'bar-chart':
      return {
        kind: 'table',
        caption: block.title,
        columns: [{ title: 'Arm' }, { title: block.axis, align: 'right' }],
        rows: block.bars.map(({ label, arm, value }) => [{ text: label, arm }, { text: formatStyled(value, block.style) }]),
      };
    default:
      return block satisfies never;
  }
}

/** The mean lines, or the first lines where there is none, at every x when they are few. Long lines may have kept different points, so they are read off at
 *  round places. */
export function tableOfLines(chart: LineChart, rowLimit = usualRows): TableBlock {
  const mains = chart.lines.filter(({ role }) => role === 'main');
  const lines = mains.length > 0 ? mains : chart.lines.slice(0, 12);
  const all = [...new Set(lines.flatMap(({ xs }) => Array.from(xs)))].sort((a, b) => a - b);
  const isWhole = all.length <= rowLimit;
  const xs = isWhole ? all : scaleLinear([all[0] ?? 0, all.at(-1) ?? 1], [0, 1]).ticks(rowLimit * 0.6);
  const columns: Column[] = [{ title: chart.x, align: 'right' }, ...lines.map(({ label }): Column => ({ title: label, align: 'right' }))];
  const rows = xs.map((x): Cell[] => [
    { text: formatNumber(x, Number.isInteger(x) ? 0 : 1) },
    ...lines.map((line) => ({ text: textAt(line, x, chart.style.digits) })),
  ]);
  return { kind: 'table', caption: `${chart.title}${isWhole ? '' : ', at round places of the horizontal axis'}`, columns, rows };
}

function textAt({ xs, ys, band }: Line, x: number, digits: number): string {
  const value = formatNumber(readOff(xs, ys, x), digits);
  if (band === undefined || value === missing) return value;
  const [low, high] = [readOff(band.xs, band.low, x), readOff(band.xs, band.high, x)];
  return Number.isFinite(low) && Number.isFinite(high) ? `${value} (${formatNumber(low, digits)} to ${formatNumber(high, digits)})` : value;
}

/** Height of a line at x, between its points; NaN beyond its ends. */
function readOff(xs: ArrayLike<number>, ys: ArrayLike<number>, x: number): number {
  const after = placeOfX(xs, x);
  const [right, rightY] = [xs[after] ?? NaN, ys[after] ?? NaN];
  if (right === x) return rightY;
  const [left, leftY] = [xs[after - 1] ?? NaN, ys[after - 1] ?? NaN];
  return leftY + ((rightY - leftY) * (x - left)) / (right - left);
}
