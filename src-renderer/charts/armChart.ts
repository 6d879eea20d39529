/** What runs recorded as a line chart: a faint line a run, a mean line with its band an arm. Pure. */
import type { NumberStyle } from '../../src-main/contract/blocks.ts';
import type { Line as RecordedLine } from '../../src-main/contract/calls.ts';
import { formatStyled } from '../../src-main/report/words.ts';
import { meanOf, type Line, type LineChart, type RunLine } from './lines.ts';

export interface ArmLabel {
  readonly id: string;
  readonly title: string;
  readonly number: number; // 0: baseline
}

export interface SeriesOfArms {
  readonly name: string; // as it was recorded: 'loss/main'
  readonly lines: readonly RecordedLine[];
  readonly suffix?: string; // ', task type'
  readonly isDashed?: boolean;
}

export interface ChartWords {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly style: NumberStyle;
  readonly scale: number; // from recorded to shown values
  readonly note?: string;
  readonly logY?: boolean;
  readonly onlyArms?: readonly string[];
}

/** @param arms in their order; each keeps its number, sign and colour */
export function armChart(arms: readonly ArmLabel[], series: readonly SeriesOfArms[], words: ChartWords): LineChart {
  const lines = armLines(arms, series, words.scale);
  const ends = lines.filter(({ role }) => role === 'main').map(({ label, ys }) => `${label} ends at ${formatStyled(ys[ys.length - 1], words.style)}.`);
  return {
    title: words.title,
    description: ends.join(' '),
    ...(words.note === undefined ? {} : { note: words.note }),
    ...(words.logY === undefined ? {} : { logY: words.logY }),
    x: words.x,
    y: words.y,
    hasWholeX: true,
    style: words.style,
    lines,
  };
}

export function armLines(arms: readonly ArmLabel[], series: readonly SeriesOfArms[], scale: number): Line[] {
  const thin: Line[] = [];
  const main: Line[] = [];
  for (const { name, lines, suffix = '', isDashed = false } of series)
    for (const { id, title, number } of arms) {
      const runs = lines
        .filter((line) => line.arm === id && line.steps.length > 0)
        .map((line) => ({ seed: line.seed, isWhole: line.steps.length === line.total, ...flat(line, scale) }));
      if (runs.length === 0) continue;
      const group = `${id} ${name}`;
      if (runs.length > 1)
        for (const { seed, xs, ys } of runs) thin.push({ group, label: `${title}, seed ${seed}${suffix}`, arm: number, role: 'thin', isDashed, xs, ys });
      const isThinned = runs.some(({ isWhole }) => !isWhole);
      main.push({ group, label: `${title}${suffix}`, arm: number, role: 'main', isDashed, ...meanOf(isThinned ? runs.map((run) => binned(run, runs)) : runs) });
    }
  return [...thin, ...main];
}

function flat({ steps, values }: RecordedLine, scale: number): RunLine {
  return { xs: steps, ys: values.map((value) => (value === null ? NaN : value * scale)) };
}

const bins = 200;

/** Thinned runs keep different steps each; means over equal stretches make them comparable again. */
function binned({ xs, ys }: RunLine, all: readonly RunLine[]): RunLine {
  const first = Math.min(...all.map((run) => run.xs[0] ?? Infinity));
  const last = Math.max(...all.map((run) => run.xs[run.xs.length - 1] ?? -Infinity));
  const width = Math.max(1, (last - first) / bins);
  const sums = new Map<number, { sum: number; count: number }>();
  for (let i = 0; i < xs.length; i++) {
    const value = ys[i] ?? NaN;
    if (!Number.isFinite(value)) continue;
    const bin = Math.floor(((xs[i] ?? 0) - first) / width);
    const entry = sums.get(bin) ?? { sum: 0, count: 0 };
    sums.set(bin, { sum: entry.sum + value, count: entry.count + 1 });
  }
  const kept = [...sums].sort(([a], [b]) => a - b);
  return { xs: kept.map(([bin]) => first + (bin + 0.5) * width), ys: kept.map(([, { sum, count }]) => sum / count) };
}
