/** Two test metrics against each other: a point a run, a mean with its 95 % cross an arm. Pure. */
import type { NumberStyle, TableBlock } from '../../contract/blocks.ts';
import { pairedDifference } from '../../stats/paired.ts';
import { axis, extent, type Axis } from '../axis.ts';
import { textWidth } from '../fitted.ts';
import { fewestForInterval } from '../lines/meanLine.ts';
import { formatNumber } from '../numbers.ts';

export interface ScatterArm {
  readonly title: string;
  readonly arm: number;
  readonly runs: readonly { readonly seed: number; readonly x: number; readonly y: number }[]; // finite
}

export interface Scatter {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly xStyle: NumberStyle;
  readonly yStyle: NumberStyle;
  readonly arms: readonly ScatterArm[];
  readonly level: { readonly title: string; readonly y: number } | null; // of the baseline, which has only the one metric
}

interface Bounds {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** @returns null of no run; the cross is as small as a point where there are too few runs for one */
export function meanCross({ runs }: ScatterArm): { readonly x: Bounds; readonly y: Bounds } | null {
  if (runs.length === 0) return null;
  const over = (values: readonly number[]): Bounds => {
    const { mean, low, high } = pairedDifference(values);
    return values.length < fewestForInterval ? { mean, low: mean, high: mean } : { mean, low, high };
  };
  return { x: over(runs.map(({ x }) => x)), y: over(runs.map(({ y }) => y)) };
}

export interface ScatterGeometry {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Axis;
  readonly y: Axis;
}

/** Every run, cross and the level lie inside; a share is never drawn past 100 %, whatever the interval says. */
export function scatterGeometry({ arms, level, xStyle, yStyle }: Scatter, width: number, height: number): ScatterGeometry | null {
  const crosses = arms.flatMap((arm) => meanCross(arm) ?? []);
  const xs = extent([...arms.flatMap(({ runs }) => runs.map(({ x }) => x)), ...crosses.flatMap(({ x }) => [x.low, x.high])]);
  const ys = extent([
    ...arms.flatMap(({ runs }) => runs.map(({ y }) => y)),
    ...crosses.flatMap(({ y }) => [y.low, y.high]),
    ...(level === null ? [] : [level.y]),
  ]);
  if (xs === null || ys === null || crosses.length === 0) return null;
  const [top, bottom, right] = [30, height - 40, width - 16];
  const y = axis(capped(ys, yStyle), [bottom, top], 5);
  const left = 14 + Math.max(...y.ticks.map(({ label }) => textWidth(label, 12)), 12);
  return { left, right, top, bottom, x: axis(capped(xs, xStyle), [left, right], width < 500 ? 3 : 6), y };
}

function capped([low, high]: readonly [number, number], { unit }: NumberStyle): readonly [number, number] {
  return unit === '%' ? [low, Math.min(100, high)] : [low, high];
}

/** Where a value stands, or the nearer end of the axis. */
export function placeOn({ low, high, position }: Axis, value: number): number {
  return position(Math.min(high, Math.max(low, value)));
}

export function tableOfScatter({ title, x, y, xStyle, yStyle, arms }: Scatter): TableBlock {
  const interval = ({ mean, low, high }: Bounds, { digits }: NumberStyle): string =>
    high > low ? `${formatNumber(mean, digits)} (${formatNumber(low, digits)} to ${formatNumber(high, digits)})` : formatNumber(mean, digits);
  return {
    kind: 'table',
    caption: title,
    columns: [{ title: 'Arm' }, { title: 'Seed', align: 'right' }, { title: y, align: 'right' }, { title: x, align: 'right' }],
    rows: arms.flatMap((arm) => {
      const cross = meanCross(arm);
      const runs = arm.runs.map((run) => [
        { text: arm.title, arm: arm.arm },
        { text: String(run.seed) },
        { text: formatNumber(run.y, yStyle.digits) },
        { text: formatNumber(run.x, xStyle.digits) },
      ]);
      if (cross === null) return runs;
      const mean = [
        { text: arm.title, arm: arm.arm, strong: true },
        { text: 'mean' },
        { text: interval(cross.y, yStyle), strong: true },
        { text: interval(cross.x, xStyle), strong: true },
      ];
      return [mean, ...runs];
    }),
  };
}
