/** Fewer points with the same picture, in two ways. Pure.
 *
 *  columnPlaces  on a screen: extremes of every column of pixels; a zoom thins anew and ends at the raw points; no spike is lost
 *  shapePlaces   in a file that should stay light: the points that give a line its shape; a spike may be lost */
import { placeOfX } from './places.ts';

type Drawable = (y: number) => boolean;

/** Of every column of pixels the first, lowest, highest and last point.
 *  @param window the x range that is shown; one point beyond each end is kept, so that lines leave the picture where they should
 *  @param columns how many columns of pixels there are
 *  @param isDrawn which values can be drawn; the others leave no point
 *  @returns the places of the points to draw, ascending */
export function columnPlaces(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  window: readonly [number, number],
  columns: number,
  isDrawn: Drawable = Number.isFinite,
): number[] {
  const from = Math.max(0, placeOfX(xs, window[0]) - 1);
  const to = Math.min(xs.length, placeOfX(xs, window[1]) + 2);
  const places: number[] = [];
  if (to - from <= 2 * columns) {
    for (let i = from; i < to; i++) if (isDrawn(ys[i] ?? NaN)) places.push(i);
    return places;
  }
  const scale = columns / (window[1] - window[0] || 1);
  let i = from;
  while (i < to) {
    const column = Math.floor(((xs[i] ?? 0) - window[0]) * scale);
    let [first, last, lowest, highest] = [-1, -1, -1, -1];
    for (; i < to && Math.floor(((xs[i] ?? 0) - window[0]) * scale) === column; i++) {
      const y = ys[i] ?? NaN;
      if (!isDrawn(y)) continue;
      if (first < 0) first = lowest = highest = i;
      if (y < (ys[lowest] ?? Infinity)) lowest = i;
      if (y > (ys[highest] ?? -Infinity)) highest = i;
      last = i;
    }
    if (first < 0) continue;
    const [near, far] = lowest < highest ? [lowest, highest] : [highest, lowest];
    places.push(first);
    if (near > first) places.push(near);
    if (far > near) places.push(far);
    if (last > far) places.push(last);
  }
  return places;
}

/** Largest-triangle-three-buckets (Steinarsson, 2013).
 *  @param most at least 3, the two ends among them; fewer points than that all stay
 *  @returns the places of the points to draw, ascending */
export function shapePlaces(xs: ArrayLike<number>, ys: ArrayLike<number>, most: number, isDrawn: Drawable = Number.isFinite): number[] {
  const all: number[] = [];
  for (let i = 0; i < ys.length; i++) if (isDrawn(ys[i] ?? NaN)) all.push(i);
  if (all.length <= most || most < 3) return all;
  const at = (i: number): readonly [x: number, y: number] => [xs[all[i] ?? -1] ?? NaN, ys[all[i] ?? -1] ?? NaN];
  const end = all.length - 1;
  const bucket = (all.length - 2) / (most - 2);
  const edge = (k: number): number => Math.min(Math.floor(k * bucket) + 1, all.length);
  const kept = [0];
  for (let k = 0, anchor = at(0); k < most - 2; k++) {
    const [from, to, beyond] = [edge(k), edge(k + 1), edge(k + 2)];
    const ahead = to >= beyond ? at(end) : meanPoint(at, to, beyond);
    let [chosen, largest] = [from, -1];
    for (let i = from; i < to; i++) {
      const [x, y] = at(i);
      const area = Math.abs((anchor[0] - ahead[0]) * (y - anchor[1]) - (anchor[0] - x) * (ahead[1] - anchor[1]));
      if (area > largest) [chosen, largest] = [i, area];
    }
    kept.push(chosen);
    anchor = at(chosen);
  }
  return [...kept, end].map((i) => all[i] ?? -1);
}

function meanPoint(at: (i: number) => readonly [number, number], from: number, to: number): readonly [number, number] {
  let [x, y] = [0, 0];
  for (let i = from; i < to; i++) {
    const point = at(i);
    x += point[0];
    y += point[1];
  }
  return [x / (to - from), y / (to - from)];
}
