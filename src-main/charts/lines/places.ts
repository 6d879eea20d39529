/** Places of an x in a line, found by halving. Pure. */

/** The first place whose x is at least the wanted one.  @param xs ascending */
export function placeOfX(xs: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place whose x is nearest; -1 of an empty line. */
export function nearestPlace(xs: ArrayLike<number>, wanted: number): number {
  const after = Math.min(placeOfX(xs, wanted), xs.length - 1);
  if (after < 1) return after;
  return wanted - (xs[after - 1] ?? -Infinity) <= (xs[after] ?? Infinity) - wanted ? after - 1 : after;
}
