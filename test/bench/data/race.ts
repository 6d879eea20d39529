/** Contestants take turns, round by round, so that a busy machine slows all of them alike; the median counts, and the spread is told beside it. */

/** @returns seconds by what was measured; one turn may measure several things */
export type Turn = () => Readonly<Record<string, number>> | Promise<Readonly<Record<string, number>>>;

export interface Measured {
  readonly what: string;
  readonly seconds: number; // median
  readonly least: number;
  readonly most: number;
}

export async function race(turns: readonly Turn[], rounds: number): Promise<Measured[]> {
  const all = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++)
    for (const turn of turns) for (const [what, seconds] of Object.entries(await turn())) all.set(what, [...(all.get(what) ?? []), seconds]);
  return [...all].map(([what, seconds]) => {
    const sorted = seconds.toSorted((a, b) => a - b);
    return { what, seconds: sorted[sorted.length >> 1] ?? NaN, least: sorted[0] ?? NaN, most: sorted.at(-1) ?? NaN };
  });
}

/** NaN for what was not measured. */
export function secondsOf(figures: readonly Measured[], what: string): number {
  return figures.find((figure) => figure.what === what)?.seconds ?? NaN;
}

/** @param reference what all others are told as multiples of   @param rate of what the seconds are said as a rate too: pictures, for one
 *  @returns lines */
export function figureLines(figures: readonly Measured[], reference: string, rate?: { readonly count: number; readonly unit: string }): string[] {
  const one = secondsOf(figures, reference);
  return figures.map(({ what, seconds, least, most }) => {
    const ratio = Number.isFinite(one) ? `${(seconds / one).toFixed(2).padStart(8)} x` : '';
    const speed = rate === undefined ? '' : `${(rate.count / seconds).toFixed(0).padStart(9)} ${rate.unit} a second`;
    return `  ${what.padEnd(44)} ${seconds.toFixed(3).padStart(8)} s   ${least.toFixed(3).padStart(7)} to ${most.toFixed(3).padEnd(8)}${ratio}${speed}`;
  });
}

/** 'the second look below pandas: 0.31 s, wanted below 0.52 s' and whether that holds; of what was not measured nothing is said. */
export function claimLine(what: string, seconds: number, limit: number): string[] {
  if (!Number.isFinite(seconds) || !Number.isFinite(limit)) return [];
  return [`  ${seconds < limit ? 'holds' : 'FAILS'}: ${what}: ${seconds.toFixed(3)} s, wanted below ${limit.toFixed(3)} s`];
}
