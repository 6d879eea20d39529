/** The table behind a chart, for readers who want the numbers and for formats without drawings. */
import { scaleLinear } from 'd3-scale';
import type { Cell, ChartBlock, Column, LineChartBlock, LineSeries, Point, TableBlock } from '../../contract/blocks.ts';
import { formatNumber, formatStyled, missing } from '../words.ts';

/** Every number of a small chart; of line charts the mean lines at about `rowLimit` places. */
export function chartTable(block: ChartBlock, rowLimit = 24): TableBlock {
  switch (block.kind) {
    case 'line-chart':
      return lineTable(block, rowLimit);
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

function lineTable(block: LineChartBlock, rowLimit: number): TableBlock {
  const means = block.series.filter(({ role }) => role === 'main');
  const all = [...new Set(means.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const isWhole = all.length <= rowLimit;
  // lines keep different points of a long series, so a long table is read off the lines at round places
  const xs = isWhole ? all : scaleLinear([all[0] ?? 0, all.at(-1) ?? 1], [0, 1]).ticks(rowLimit * 0.6);
  const columns: Column[] = [{ title: block.x, align: 'right' }, ...means.map(({ label }): Column => ({ title: label, align: 'right' }))];
  const rows = xs.map((x): Cell[] => [
    { text: formatNumber(x, Number.isInteger(x) ? 0 : 1) },
    ...means.map((series) => ({ text: textAt(series, x, block.style.digits) })),
  ]);
  return { kind: 'table', caption: `${block.title}${isWhole ? '' : ', at round places of the horizontal axis'}`, columns, rows };
}

function textAt({ points, band = [] }: LineSeries, x: number, digits: number): string {
  const value = readOff(points, x);
  if (value === null) return missing;
  const low = readOff(
    band.map(([at, bound]) => [at, bound]),
    x,
  );
  const high = readOff(
    band.map(([at, , bound]) => [at, bound]),
    x,
  );
  return `${formatNumber(value, digits)}${low === null || high === null ? '' : ` (${formatNumber(low, digits)} to ${formatNumber(high, digits)})`}`;
}

/** Height of a line at x, between its points; null beyond its ends. */
function readOff(points: readonly Point[], x: number): number | null {
  const after = points.findIndex(([at]) => at >= x);
  const right = points[after];
  if (right === undefined) return null;
  if (right[0] === x) return right[1];
  const left = points[after - 1];
  return left === undefined ? null : left[1] + ((right[1] - left[1]) * (x - left[0])) / (right[0] - left[0]);
}
