/** Hands rows out by time: the oldest train, the newest are the test. Nothing is drawn. */
import { LabError } from '../contract/errors.ts';
import type { Parts, Shares } from './allocate.ts';

/** Rows with one time stay together: a cut moves to the nearest place where the time changes. Rows without a time belong to no part.
 *  @param times of all rows of the data, NaN where there is none
 *  @throws LabError bad-input when the times are fewer than the parts */
export function allocateByTime(rows: Int32Array, times: Float64Array, name: string, shares: Shares): Parts {
  const timed = rows.filter((row) => !Number.isNaN(times[row] ?? NaN)).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  const places: number[] = []; // where a time begins that is another than the one before
  for (let at = 1; at < timed.length; at++) if (times[timed[at] ?? 0] !== times[timed[at - 1] ?? 0]) places.push(at);
  if (places.length < 2)
    throw new LabError(
      'bad-input',
      `Column "${name}" has ${timed.length === 0 ? 'no time' : places.length === 0 ? 'one time' : 'two times'} in the rows with a label; ` +
        'a split by time needs at least 3 that differ.',
    );
  const first = nearest(places, 0, places.length - 1, shares[0] * timed.length);
  const second = nearest(places, first + 1, places.length, (shares[0] + shares[1]) * timed.length);
  const [trainEnd = 0, validationEnd = 0] = [places[first], places[second]];
  return { train: timed.slice(0, trainEnd), validation: timed.slice(trainEnd, validationEnd), test: timed.slice(validationEnd) };
}

/** Which of the places from `start` to before `end` is nearest to a wanted one. */
function nearest(places: readonly number[], start: number, end: number, wanted: number): number {
  let best = start;
  for (let at = start; at < end; at++) if (Math.abs((places[at] ?? 0) - wanted) < Math.abs((places[best] ?? 0) - wanted)) best = at;
  return best;
}
