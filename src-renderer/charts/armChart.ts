/** What runs recorded, as a line chart. Pure. */
import { armLines, formatStyled, stretchWidth, type ArmRuns, type Line, type LineChart } from '../../src-main/charts/index.ts';
import type { NumberStyle } from '../../src-main/contract/blocks.ts';
import type { Line as RecordedLine } from '../../src-main/contract/calls.ts';

export interface ArmLabel {
  readonly id: string;
  readonly title: string;
  readonly number: number; // 0: baseline
}

export interface SeriesOfArms {
  readonly name: string; // as it was recorded: 'loss/main'
  readonly lines: readonly RecordedLine[];
  readonly part?: string; // what the lines of an arm are told apart by: 'task type'
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
}

/** @param arms in their order; each keeps its number, sign and colour */
export function armChart(arms: readonly ArmLabel[], series: readonly SeriesOfArms[], words: ChartWords): LineChart {
  const lines = recordedLines(arms, series, words.scale);
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

export function recordedLines(arms: readonly ArmLabel[], series: readonly SeriesOfArms[], scale: number): Line[] {
  return armLines(series.flatMap((one) => arms.flatMap((arm) => runsOf(arm, one, scale))));
}

const meanPoints = 200; // of an arm whose runs came thinned

/** Thinned runs keep different steps each; means over equal stretches, each with two points or more of a run, make them comparable again. */
function runsOf({ id, title, number }: ArmLabel, { name, lines, part = '', isDashed = false }: SeriesOfArms, scale: number): ArmRuns[] {
  const own = lines.filter((line) => line.arm === id && line.steps.length > 0);
  if (own.length === 0) return [];
  const runs = own.map(({ seed, steps, values }) => ({ seed, xs: steps, ys: values.map((value) => value * scale) }));
  const isThinned = own.some(({ steps, total }) => steps.length !== total);
  const stretch = isThinned ? stretchWidth(runs, Math.min(meanPoints, Math.max(...runs.map(({ xs }) => xs.length)) / 2)) : 1;
  return [{ group: `${id} ${name}`, title, arm: number, ...(part === '' ? {} : { part }), isDashed, runs, stretch }];
}
