/** Fewer points with the same picture: of every column of pixels the first, lowest, highest and last point. A zoom decimates anew, so it ends at the raw points. */
import { placeOfX } from './lines.ts';

/** @param window the x range that is shown; one point beyond each end is kept, so that lines leave the picture where they should
 *  @param columns how many columns of pixels there are
 *  @returns the places of the points to draw, ascending */
export function keptPlaces(xs: ArrayLike<number>, ys: ArrayLike<number>, window: readonly [number, number], columns: number): number[] {
  const from = Math.max(0, placeOfX(xs, window[0]) - 1);
  const to = Math.min(xs.length, placeOfX(xs, window[1]) + 2);
  const places: number[] = [];
  if (to - from <= 2 * columns) {
    for (let i = from; i < to; i++) if (Number.isFinite(ys[i])) places.push(i);
    return places;
  }
  const scale = columns / (window[1] - window[0] || 1);
  let i = from;
  while (i < to) {
    const column = Math.floor(((xs[i] ?? 0) - window[0]) * scale);
    let [first, last, lowest, highest] = [-1, -1, -1, -1];
    for (; i < to && Math.floor(((xs[i] ?? 0) - window[0]) * scale) === column; i++) {
      const y = ys[i] ?? NaN;
      if (!Number.isFinite(y)) continue;
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
