/** A heat strip of cosines: one row an arm and task, one cell a stretch of steps, each with a colour and a sign. Pure. */
import type { TableBlock } from '../../contract/blocks.ts';
import type { Line as RecordedLine } from '../../contract/calls.ts';
import type { Tick } from '../axis.ts';
import { fittedNames, textWidth } from '../fitted.ts';
import { placeOfX } from '../lines/places.ts';
import { formatNumber } from '../numbers.ts';

export interface StripRow {
  readonly title: string;
  readonly arm: number;
  readonly xs: readonly number[]; // steps looked at, ascending
  readonly values: readonly number[]; // -1 to 1, mean over the runs
}

/** Colours in steps, so that each can be told by its sign too. */
export const levels = [
  { id: 'against', sign: '−−', from: -1, to: -0.5 },
  { id: 'rather-against', sign: '−', from: -0.5, to: -0.1 },
  { id: 'neither', sign: '·', from: -0.1, to: 0.1 },
  { id: 'rather-with', sign: '+', from: 0.1, to: 0.5 },
  { id: 'with', sign: '++', from: 0.5, to: 1 },
] as const;

export type Level = (typeof levels)[number];

/** Symmetrical: 0.5 and -0.5 are strong, 0.1 and -0.1 are neither. */
export function levelOf(cosine: number): Level {
  const size = Math.abs(cosine);
  if (size <= 0.1) return levels[2];
  if (cosine < 0) return size < 0.5 ? levels[1] : levels[0];
  return size < 0.5 ? levels[3] : levels[4];
}

/** @param lines of one arm and one series, one a run  @returns the mean over the runs at every step that any of them looked at; null of none */
export function stripRow(title: string, arm: number, lines: readonly RecordedLine[]): StripRow | null {
  const byStep = new Map<number, { sum: number; count: number }>();
  for (const { steps, values } of lines)
    steps.forEach((step, i) => {
      const value = values[i] ?? NaN;
      if (!Number.isFinite(value)) return;
      const { sum, count } = byStep.get(step) ?? { sum: 0, count: 0 };
      byStep.set(step, { sum: sum + value, count: count + 1 });
    });
  const means = [...byStep].sort(([a], [b]) => a - b);
  return means.length === 0 ? null : { title, arm, xs: means.map(([step]) => step), values: means.map(([, { sum, count }]) => sum / count) };
}

export interface StripCell {
  readonly x: number; // of its left end
  readonly width: number;
  readonly from: number; // first and last step looked at
  readonly to: number;
  readonly value: number;
  readonly level: Level;
}

export interface StripGeometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly hasTitlesAbove: boolean; // a narrow drawing has no room beside the rows
  readonly rows: readonly {
    readonly row: StripRow;
    readonly title: string; // as much of it as has room
    readonly titleAt: number; // its base line
    readonly top: number; // of the cells
    readonly cells: readonly StripCell[];
  }[];
  readonly looksOfCell: number; // the most looks that a cell is the mean of
  readonly ticks: readonly Tick[];
}

export const cellHeight = 24;
const narrowestCell = 20; // the sign must fit

/** Cells stand for equally many looks, in the order of the looks: looks need not be equally far apart. */
export function stripGeometry(rows: readonly StripRow[], width: number): StripGeometry | null {
  const looks = [...new Set(rows.flatMap(({ xs }) => xs))].sort((a, b) => a - b);
  if (looks.length === 0) return null;
  const titleWidth = Math.max(...rows.map(({ title }) => textWidth(title, 13))) + 30;
  const hasTitlesAbove = titleWidth > width * 0.4;
  const [left, right] = [hasTitlesAbove ? 0 : titleWidth, width - 2];
  const most = Math.max(1, Math.floor((right - left) / narrowestCell));
  const looksOfCell = Math.ceil(looks.length / most);
  const count = Math.ceil(looks.length / looksOfCell);
  const cellWidth = Math.min(64, (right - left) / count);
  const pitch = cellHeight + (hasTitlesAbove ? 28 : 8);
  const spans = Array.from({ length: count }, (_, i) => looks.slice(i * looksOfCell, (i + 1) * looksOfCell));
  const titles = fittedNames(
    rows.map(({ title }) => title),
    width - 22,
    13,
  );
  const tops = rows.map((_, i) => i * pitch + (hasTitlesAbove ? 22 : 4));
  const drawn = rows.map((row, i) => ({
    row,
    title: titles[i] ?? '',
    titleAt: (tops[i] ?? 0) + (hasTitlesAbove ? -8 : cellHeight / 2 + 4),
    top: tops[i] ?? 0,
    cells: spans.flatMap((span, column): StripCell[] => {
      const [from, to] = [span[0] ?? 0, span[span.length - 1] ?? 0];
      const values = row.values.slice(placeOfX(row.xs, from), placeOfX(row.xs, to + 1e-9));
      if (values.length === 0) return [];
      const value = values.reduce((sum, one) => sum + one, 0) / values.length;
      return [{ x: left + column * cellWidth, width: cellWidth, from, to, value, level: levelOf(value) }];
    }),
  }));
  const bottom = (tops.at(-1) ?? 0) + cellHeight + 4;
  const every = Math.max(1, Math.ceil(56 / cellWidth));
  const ticks = spans.flatMap((span, i) => (i % every === 0 ? [{ at: left + (i + 0.5) * cellWidth, label: formatNumber(span[0] ?? 0, 0) }] : []));
  return { width, height: bottom + 40, left, right: left + count * cellWidth, bottom, hasTitlesAbove, rows: drawn, looksOfCell, ticks };
}

const usualRows = 24;

export function tableOfStrip(rows: readonly StripRow[], title: string, x: string, mostRows = usualRows): TableBlock {
  const looks = [...new Set(rows.flatMap(({ xs }) => xs))].sort((a, b) => a - b);
  const count = Math.min(looks.length, mostRows);
  const shown = Array.from({ length: count }, (_, i) => looks[count < 2 ? 0 : Math.round((i * (looks.length - 1)) / (count - 1))] ?? 0);
  return {
    kind: 'table',
    caption: title,
    columns: [{ title: x, align: 'right' }, ...rows.map((row) => ({ title: row.title, align: 'right' as const }))],
    rows: shown.map((step) => [
      { text: formatNumber(step, 0) },
      ...rows.map(({ xs, values }) => ({ text: formatNumber(xs[placeOfX(xs, step)] === step ? values[placeOfX(xs, step)] : null, 2, true) })),
    ]),
  };
}
