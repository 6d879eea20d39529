import type { Line } from '../../src-main/contract/calls.ts';
import type { Series } from '../../src-main/contract/results.ts';

/** run -> its series, as the report's sections want them. */
export function seriesByRun(lines: readonly Line[]): ReadonlyMap<string, readonly Series[]> {
  const byRun = new Map<string, Series[]>();
  for (const { run: id, name, steps, values } of lines) {
    const series = { name, steps, values };
    const known = byRun.get(id);
    if (known === undefined) byRun.set(id, [series]);
    else known.push(series);
  }
  return byRun;
}
