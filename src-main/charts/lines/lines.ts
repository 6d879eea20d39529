/** Lines as charts take them: flat arrays, because 50 runs of 10,000 points are ordinary. Pure. */
import type { LineChartBlock, LineSeries, NumberStyle } from '../../contract/blocks.ts';

export interface RunLine {
  readonly xs: ArrayLike<number>; // ascending
  readonly ys: ArrayLike<number>; // not finite where there is no value
}

export interface Band {
  readonly xs: ArrayLike<number>; // ascending; a line's own, or some of them
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface Line extends RunLine {
  readonly group: string; // a mean line and its runs, by ids: they are shown and hidden together. Labels may be equal
  readonly label: string;
  readonly title?: string; // of its arm, where an arm has several lines
  readonly part?: string; // which of its arm's lines: 'main task'
  readonly arm: number;
  readonly role: 'main' | 'thin'; // thin: one run, faint
  readonly isDashed?: boolean;
  readonly band?: Band;
}

export interface LineChart {
  readonly title: string;
  readonly description: string;
  readonly note?: string;
  readonly x: string;
  readonly y: string;
  readonly hasWholeX?: boolean; // epochs, steps: ticks at whole numbers only
  readonly style: NumberStyle;
  readonly logY?: boolean;
  readonly canSmooth?: boolean; // series of steps; never what a verdict or a choice of weights goes by
  readonly lines: readonly Line[];
}

/** A report's chart in flat arrays. It has one mean line for each arm, and a dashed one. */
export function chartOfBlock({ title, description, note, x, y, xDigits = 0, style, logY, series }: LineChartBlock): LineChart {
  return {
    title,
    description,
    ...(note === undefined ? {} : { note }),
    ...(logY === undefined ? {} : { logY }),
    x,
    y,
    hasWholeX: xDigits === 0,
    style,
    lines: series.map(flatLine),
  };
}

function flatLine({ label, arm, role, dashed, points, band }: LineSeries): Line {
  const isDashed = dashed === true;
  const line = { group: `${arm}${isDashed ? '-' : ''}`, label, arm, role, isDashed, xs: points.map(([x]) => x), ys: points.map(([, y]) => y) };
  if (band === undefined) return line;
  return { ...line, band: { xs: band.map(([x]) => x), low: band.map(([, low]) => low), high: band.map(([, , high]) => high) } };
}
