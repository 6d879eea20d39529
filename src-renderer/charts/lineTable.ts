/** The table behind a line chart: the mean lines at about 24 places. Pure. */
import type { Cell, Column, TableBlock } from '../../src-main/contract/blocks.ts';
import { formatNumber, missing } from '../../src-main/report/words.ts';
import { nearestPlace, type Line, type LineChart } from './lines.ts';

const mostRows = 24;

export function tableOfLines(chart: LineChart): TableBlock {
  const mains = chart.lines.filter(({ role }) => role === 'main');
  const lines = mains.length > 0 ? mains : chart.lines.slice(0, 12);
  const longest = lines.reduce<Line | null>((most, line) => (most === null || line.xs.length > most.xs.length ? line : most), null);
  const count = longest?.xs.length ?? 0;
  const rowCount = Math.min(count, mostRows);
  const xs = Array.from({ length: rowCount }, (_, i) => longest?.xs[rowCount < 2 ? 0 : Math.round((i * (count - 1)) / (rowCount - 1))] ?? NaN);
  const columns: Column[] = [{ title: chart.x, align: 'right' }, ...lines.map(({ label }): Column => ({ title: label, align: 'right' }))];
  const rows = xs.map((x): Cell[] => [
    { text: formatNumber(x, Number.isInteger(x) ? 0 : 1) },
    ...lines.map((line) => ({ text: textAt(line, x, chart.style.digits) })),
  ]);
  return { kind: 'table', caption: chart.title, columns, rows };
}

function textAt({ xs, ys, band }: Line, x: number, digits: number): string {
  const place = nearestPlace(xs, x);
  if (place < 0 || x > (xs[xs.length - 1] ?? -Infinity) || x < (xs[0] ?? Infinity)) return missing;
  const value = formatNumber(ys[place], digits);
  if (band === undefined || band.xs.length === 0) return value;
  const at = nearestPlace(band.xs, x);
  return band.xs[at] === xs[place] ? `${value} (${formatNumber(band.low[at], digits)} to ${formatNumber(band.high[at], digits)})` : value;
}
