/** Windows onto an x axis: nearer, farther, sideways, as keys and buttons ask for it. Pure. */
import type { Window } from './lineGeometry.ts';

/** @param factor below 1 is nearer  @returns null when everything is to be seen again */
export function zoomed(shown: Window, whole: Window, factor: number, centre = (shown[0] + shown[1]) / 2): Window | null {
  const all = whole[1] - whole[0];
  const size = Math.max((shown[1] - shown[0]) * factor, all * 1e-4);
  if (size >= all) return null;
  const share = (centre - shown[0]) / (shown[1] - shown[0] || 1);
  return inside([centre - size * share, centre + size * (1 - share)], whole);
}

export function moved(shown: Window, whole: Window, share: number): Window {
  const step = (shown[1] - shown[0]) * share;
  return inside([shown[0] + step, shown[1] + step], whole);
}

function inside([from, to]: Window, [low, high]: Window): Window {
  const size = to - from;
  if (from < low) return [low, low + size];
  return to > high ? [high - size, high] : [from, to];
}
