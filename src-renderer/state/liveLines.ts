/** New points put to the lines that are shown. Pure: lines are replaced, never changed. */
import { columnPlaces } from '../../src-main/charts/index.ts';
import type { Line, LivePoints } from '../../src-main/contract/calls.ts';

const mostPoints = 4000; // of a line: beyond it the line is thinned, the store keeps every point

/** Points that are there already (a reading overtook the event) are dropped by their step. */
export function appended(lines: readonly Line[], { run, arm, seed, name, steps, values }: LivePoints): readonly Line[] {
  const old = lines.find((line) => line.run === run);
  const last = old?.steps.at(-1) ?? -Infinity;
  const from = steps.findIndex((step) => step > last);
  if (from < 0) return lines;
  const joined = thinned({
    run,
    arm,
    seed,
    name,
    total: (old?.total ?? 0) + steps.length - from,
    steps: [...(old?.steps ?? []), ...steps.slice(from)],
    values: [...(old?.values ?? []), ...values.slice(from)],
  });
  return old === undefined ? [...lines, joined] : lines.map((line) => (line === old ? joined : line));
}

function thinned(line: Line): Line {
  const { steps, values } = line;
  const [first, last] = [steps[0], steps.at(-1)];
  if (steps.length <= mostPoints || first === undefined || last === undefined) return line;
  const places = columnPlaces(steps, values, [first, last], mostPoints / 8);
  return { ...line, steps: places.map((place) => steps[place] ?? 0), values: places.map((place) => values[place] ?? NaN) };
}
