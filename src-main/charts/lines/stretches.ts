/** Noisy steps averaged over equal stretches, so that few points tell where a line goes. Pure. */
import type { RunLine } from './lines.ts';

/** Steps that a stretch must hold so that the longest of these lines keeps about `count` points; 1 when none has more than that. */
export function stretchWidth(lines: readonly RunLine[], count: number): number {
  const longest = lines.reduce((most, { xs }) => Math.max(most, xs.length), 0);
  if (longest <= count) return 1;
  const first = lines.reduce((least, { xs }) => Math.min(least, xs[0] ?? Infinity), Infinity);
  const last = lines.reduce((most, { xs }) => Math.max(most, xs[xs.length - 1] ?? -Infinity), -Infinity);
  return Math.max(1, Math.ceil((last - first + 1) / count));
}

/** The mean of the finite values of every stretch, at its middle. Stretches begin at multiples of their width, so those of all lines are the same, whatever
 *  steps each line kept.
 *  @param width in whole steps; of 1 and less the line itself comes back */
export function stretched(line: RunLine, width: number): RunLine {
  if (!(width > 1)) return line;
  const [xs, ys]: [number[], number[]] = [[], []];
  let [stretch, first, sum, count] = [NaN, NaN, 0, 0];
  const close = (): void => {
    if (count === 0) return;
    xs.push(stretch * width + (width - 1) / 2);
    ys.push(first + sum / count); // summed around the first value: a constant stays exactly what it is
  };
  for (let i = 0; i < line.xs.length; i++) {
    const y = line.ys[i] ?? NaN;
    if (!Number.isFinite(y)) continue;
    const own = Math.floor((line.xs[i] ?? NaN) / width);
    if (own !== stretch) {
      close();
      [stretch, first, sum, count] = [own, y, 0, 0];
    }
    sum += y - first;
    count++;
  }
  close();
  return { xs, ys };
}
