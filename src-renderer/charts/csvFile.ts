/** Charts as CSV: every raw point of every line, or the rows of the table. RFC 4180, decimal point. Pure. */
import type { LineChart } from '../../src-main/charts/index.ts';
import type { TableBlock } from '../../src-main/contract/blocks.ts';
import { figureCell } from '../../src-main/contract/figures.ts';

/** A cell that a spreadsheet neither splits nor runs as a formula. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return figureCell(value);
  const text = /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d.,]+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvOfTable({ columns, rows }: TableBlock): string {
  return lines([columns.map(({ title }) => title), ...rows.map((cells) => cells.map(({ text }) => text.replaceAll('−', '-')))]);
}

export function csvOfLines(chart: LineChart): string {
  const rows: (string | number)[][] = [['line', chart.x, chart.y, 'low', 'high']];
  for (const { label, xs, ys, band } of chart.lines) {
    const placeOfBand = new Map(Array.from(band?.xs ?? [], (x, place) => [x, place]));
    for (let i = 0; i < xs.length; i++) {
      const place = placeOfBand.get(xs[i] ?? NaN) ?? -1;
      rows.push([label, xs[i] ?? NaN, ys[i] ?? NaN, band?.low[place] ?? '', band?.high[place] ?? '']);
    }
  }
  return lines(rows);
}

function lines(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
