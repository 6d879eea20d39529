/** Where every line, band and tick of a line chart stands, in pixels. Pure; LineChart.svelte draws it. */
import { axis, extent, type Axis } from '../../src-main/report/charts/axis.ts';
import { textWidth } from '../../src-main/report/charts/fitted.ts';
import { keptPlaces } from './decimate.ts';
import { placeOfX, type Line, type LineChart } from './lines.ts';

export type Window = readonly [from: number, to: number];

export interface DrawnLine {
  readonly line: Line;
  readonly path: string;
  readonly band: string | null;
  readonly end: readonly [x: number, y: number] | null; // of the last point, when it is in the picture
}

export interface LineGeometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Axis;
  readonly y: Axis;
  readonly whole: Window; // all x there are
  readonly drawn: readonly DrawnLine[];
  readonly pointCount: number; // how many points the paths have
}

const mostThinPoints = 60_000; // of all thin lines together: what a browser still draws within a frame or two

/** @param zoom the x range to show; null for all  @returns null when there is nothing to draw */
export function lineGeometry(chart: LineChart, width: number, height: number, zoom: Window | null = null): LineGeometry | null {
  const lines = chart.lines.filter(({ xs }) => xs.length > 0);
  const whole = xRange(lines);
  if (whole === null) return null;
  const shown = zoom ?? whole;
  const ys = yDomain(chart, lines, shown);
  if (ys === null) return null;
  const narrow = width < 500;
  const [top, bottom, right] = [30, height - 40, width - 16];
  const y = axis(ys, [bottom, top], height < 220 ? 4 : 6, { log: chart.logY === true });
  const left = 14 + Math.max(...y.ticks.map(({ label }) => textWidth(label, 12)), 12);
  const x = axis(shown, [left, right], narrow ? 4 : 8, { integers: chart.hasWholeX === true, nice: false });
  const columns = Math.max(50, Math.round(right - left));
  const thinCount = lines.filter(({ role }) => role === 'thin').length;
  const thinColumns = Math.max(40, Math.min(columns, Math.floor(mostThinPoints / 4 / Math.max(1, thinCount))));
  let pointCount = 0;
  const drawn = lines.map((line): DrawnLine => {
    const allowed = (value: number): boolean => chart.logY !== true || value > 0;
    const places = keptPlaces(line.xs, line.ys, shown, line.role === 'thin' ? thinColumns : columns).filter((i) => allowed(line.ys[i] ?? NaN));
    pointCount += places.length;
    const at = (value: number): number => Math.min(Math.max(y.position(value), top - 400), bottom + 400);
    const path = pathOf(
      places,
      (i) => x.position(line.xs[i] ?? 0),
      (i) => at(line.ys[i] ?? 0),
    );
    const last = line.xs.length - 1;
    const lastX = line.xs[last] ?? NaN;
    const isEndShown = lastX >= shown[0] && lastX <= shown[1] && allowed(line.ys[last] ?? NaN);
    return { line, path, band: bandPath(line, shown, columns, x, at, allowed), end: isEndShown ? [x.position(lastX), at(line.ys[last] ?? 0)] : null };
  });
  return { width, height, left, right, top, bottom, x, y, whole, drawn, pointCount };
}

function xRange(lines: readonly Line[]): Window | null {
  return extent(lines.flatMap(({ xs }) => [xs[0] ?? NaN, xs[xs.length - 1] ?? NaN]));
}

/** Values of all lines in the picture; a wide band of few runs may add at most a third of that on either side. */
function yDomain(chart: LineChart, lines: readonly Line[], shown: Window): Window | null {
  let [low, high, bandLow, bandHigh] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { xs, ys, band } of lines) {
    for (let i = placeOfX(xs, shown[0]); i < xs.length && (xs[i] ?? Infinity) <= shown[1]; i++) {
      const value = ys[i] ?? NaN;
      if (!Number.isFinite(value) || (chart.logY === true && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (band === undefined || chart.logY === true) continue;
    for (let i = placeOfX(band.xs, shown[0]); i < band.xs.length && (band.xs[i] ?? Infinity) <= shown[1]; i++) {
      bandLow = Math.min(bandLow, band.low[i] ?? Infinity);
      bandHigh = Math.max(bandHigh, band.high[i] ?? -Infinity);
    }
  }
  if (low > high) return null;
  if (bandLow > bandHigh) return [low, high];
  const room = (high - low) / 3;
  const from = Math.max(Math.min(low, bandLow), low - room);
  const to = Math.min(Math.max(high, bandHigh), high + room);
  // a share ends at 100 %, and what is never negative starts at 0
  return [low >= 0 ? Math.max(0, from) : from, chart.style.unit === '%' && high <= 100 ? Math.min(100, to) : to];
}

function bandPath({ band }: Line, shown: Window, columns: number, x: Axis, at: (value: number) => number, allowed: (value: number) => boolean): string | null {
  if (band === undefined || band.xs.length < 2) return null;
  const places = keptPlaces(band.xs, band.low, shown, Math.ceil(columns / 2)).filter((i) => allowed(band.low[i] ?? NaN));
  if (places.length < 2) return null;
  const across = (i: number): number => x.position(band.xs[i] ?? 0);
  const upper = pathOf(places, across, (i) => at(band.high[i] ?? 0));
  const lower = pathOf(places.toReversed(), across, (i) => at(band.low[i] ?? 0));
  return `${upper}L${lower.slice(1)}Z`;
}

/** 'M1,2L3,4' with tenths of a pixel. */
function pathOf(places: readonly number[], x: (place: number) => number, y: (place: number) => number): string {
  let path = '';
  for (const place of places) path += `${path === '' ? 'M' : 'L'}${Math.round(x(place) * 10) / 10},${Math.round(y(place) * 10) / 10}`;
  return path;
}
