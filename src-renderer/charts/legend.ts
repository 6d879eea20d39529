/** Lines as a legend names them. Pure. */
import type { Line } from '../../src-main/charts/index.ts';

export interface LegendEntry {
  readonly title: string | null; // said once for all lines of an arm; null: the line's own label says it
  readonly lines: readonly Line[];
}

/** Those of one arm together, so that its name, which may be long, stands there once. */
export function legendOf(mains: readonly Line[]): readonly LegendEntry[] {
  if (mains.some(({ title, part }) => title === undefined || part === undefined)) return mains.map((line) => ({ title: null, lines: [line] }));
  const arms = [...new Set(mains.map(({ arm }) => arm))].map((arm) => mains.filter((line) => line.arm === arm));
  return arms.map((lines) => ({ title: lines[0]?.title ?? null, lines }));
}
