/** Where every line, band and tick of a line chart stands, in the drawing's units. Pure. */
import { axis, extent, isFlat, type Axis } from '../axis.ts';
import { textWidth } from '../fitted.ts';
import type { Band, Line, LineChart, RunLine } from './lines.ts';
import { placeOfX } from './places.ts';
import { columnPlaces, shapePlaces } from './thinning.ts';

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

export interface LineLook {
  readonly zoom?: Window | null; // the x range to show; all where it is left out
  readonly mostPoints?: number; // of a line, in a file that should stay light; left out on a screen, where every line keeps what its pixels can show
}

const mostThinPoints = 60_000; // of all thin lines together: what a browser still draws within a frame or two
const beyond = 400; // how far outside the plot a line is followed; it is cut off there anyway

/** @returns null when there is nothing to draw */
export function lineGeometry(chart: LineChart, width: number, height: number, { zoom = null, mostPoints }: LineLook = {}): LineGeometry | null {
  const lines = chart.lines.filter(({ xs }) => xs.length > 0);
  const whole = wholeWindow(lines);
  if (whole === null) return null;
  const shown = zoom ?? whole;
  const ys = yDomain(chart, lines, shown);
  if (ys === null) return null;
  const [top, bottom, right] = [34, height - 42, width - 14];
  const y = axis(ys, [bottom, top], height < 260 ? 4 : 6, { log: chart.logY === true });
  const left = 14 + Math.max(...y.ticks.map(({ label }) => textWidth(label, 12)), 12);
  const x = axis(shown, [left, right], width < 500 ? 4 : 8, { integers: chart.hasWholeX === true, nice: false });
  const columns = Math.max(50, Math.round(right - left));
  const thinCount = lines.filter(({ role }) => role === 'thin').length;
  const thinColumns = Math.max(40, Math.min(columns, Math.floor(mostThinPoints / 4 / Math.max(1, thinCount))));
  const bandColumns = mostPoints === undefined ? Math.ceil(columns / 2) : Infinity; // in a file it has the few points of its mean line
  const isDrawn = (value: number): boolean => Number.isFinite(value) && (chart.logY !== true || value > 0);
  const at = (value: number): number => Math.min(Math.max(y.position(value), top - beyond), bottom + beyond);
  const draw = (line: Line): DrawnLine & { readonly count: number } => {
    const { xs, ys, role, band } = line;
    const across = (i: number): number => x.position(xs[i] ?? 0);
    const places =
      mostPoints === undefined ? columnPlaces(xs, ys, shown, role === 'thin' ? thinColumns : columns, isDrawn) : shapePlaces(xs, ys, mostPoints, isDrawn);
    const last = places.at(-1) ?? -1;
    return {
      line,
      path: pathOf(places, across, (i) => at(ys[i] ?? 0)),
      band: band === undefined ? null : bandPath(band, columnPlaces(band.xs, band.low, shown, bandColumns, isDrawn), x, at),
      end: isInside(xs[last], shown) ? [across(last), at(ys[last] ?? 0)] : null,
      count: places.length,
    };
  };
  const drawn = lines.map(draw);
  return { width, height, left, right, top, bottom, x, y, whole, drawn, pointCount: drawn.reduce((sum, { count }) => sum + count, 0) };
}

/** From the first x to the last of all lines; null without one. */
export function wholeWindow(lines: readonly Line[]): Window | null {
  return extent(lines.flatMap(({ xs }) => [xs[0] ?? NaN, xs[xs.length - 1] ?? NaN]));
}

function isInside(x: number | undefined, [from, to]: Window): boolean {
  return x !== undefined && x >= from && x <= to;
}

/** Values of all lines in the picture; a wide band of few runs may add at most a third of that on either side. */
function yDomain(chart: LineChart, lines: readonly Line[], shown: Window): Window | null {
  const isLog = chart.logY === true;
  const values = range(lines, shown, (line) => [line], isLog ? 0 : -Infinity);
  if (values === null || isLog) return values;
  const borders = ({ band }: Line): readonly RunLine[] => (band === undefined ? [] : [band.low, band.high].map((ys) => ({ xs: band.xs, ys })));
  const bands = range(lines, shown, borders);
  const [low, high] = values;
  if (low > 0 && isFlat(values) && (bands === null || isFlat(bands))) return [0, high * 1.25]; // a constant shows its height only over zero
  if (bands === null) return values;
  const room = (high - low) / 3;
  const from = Math.max(Math.min(low, bands[0]), low - room);
  const to = Math.min(Math.max(high, bands[1]), high + room);
  // a share ends at 100 %, and what is never negative starts at 0
  return [low >= 0 ? Math.max(0, from) : from, chart.style.unit === '%' && high <= 100 ? Math.min(100, to) : to];
}

/** The least and the greatest finite value in a window, of those above a bound. */
function range(lines: readonly Line[], shown: Window, linesOf: (line: Line) => readonly RunLine[], above = -Infinity): Window | null {
  let [low, high] = [Infinity, -Infinity];
  for (const { xs, ys } of lines.flatMap(linesOf))
    for (let i = placeOfX(xs, shown[0]); i < xs.length && (xs[i] ?? Infinity) <= shown[1]; i++) {
      const value = ys[i] ?? NaN;
      if (!Number.isFinite(value) || value <= above) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return low > high ? null : [low, high];
}

function bandPath(band: Band, places: readonly number[], x: Axis, at: (value: number) => number): string | null {
  if (places.length < 2) return null;
  const across = (i: number): number => x.position(band.xs[i] ?? 0);
  const upper = pathOf(places, across, (i) => at(band.high[i] ?? 0));
  const lower = pathOf(places.toReversed(), across, (i) => at(band.low[i] ?? 0));
  return `${upper}L${lower.slice(1)}Z`;
}

/** 'M1,2L3,4' with tenths of a unit; a single point is closed, so that round ends of a line make it a dot. */
function pathOf(places: readonly number[], x: (place: number) => number, y: (place: number) => number): string {
  let path = '';
  for (const place of places) path += `${path === '' ? 'M' : 'L'}${Math.round(x(place) * 10) / 10},${Math.round(y(place) * 10) / 10}`;
  return places.length === 1 ? `${path}Z` : path;
}
