/** Fewer points with the same extremes and gaps, on the way to a screen of unknown width: what a call or an event tells of a recorded series. Of width, scale
 *  and zoom, which are the charts', it knows nothing. Pure. */
export type ThinPoint = readonly [at: number, value: number | null];

/** Of every stretch the least and the greatest value stay.
 *  @param rows ascending in `at`   @param most at least 4   @returns the rows themselves when there are no more than that */
export function thin(rows: readonly ThinPoint[], most: number): readonly ThinPoint[] {
  if (rows.length <= most) return rows;
  const stretches = Math.max(1, Math.floor((most - 2) / 2)); // the first and the last point always stay
  const kept: ThinPoint[] = [];
  let from = 0;
  for (let stretch = 0; stretch < stretches; stretch++) {
    const to = Math.floor(((stretch + 1) * rows.length) / stretches);
    let least = -1;
    let greatest = -1;
    for (let i = from; i < to; i++) {
      const value = valueOf(rows, i);
      if (value === null) continue;
      if (least < 0 || value < (valueOf(rows, least) ?? value)) least = i;
      if (greatest < 0 || value > (valueOf(rows, greatest) ?? value)) greatest = i;
    }
    const first = stretch === 0 ? 0 : -1;
    const last = stretch === stretches - 1 ? rows.length - 1 : -1;
    const gap = least < 0 ? from : -1; // nothing finite: one of them, so that the gap is seen
    const chosen = [...new Set([first, least, greatest, gap, last])].filter((i) => i >= 0).sort((a, b) => a - b);
    for (const i of chosen) {
      const row = rows[i];
      if (row !== undefined) kept.push(row);
    }
    from = to;
  }
  return kept;
}

function valueOf(rows: readonly ThinPoint[], i: number): number | null {
  return rows[i]?.[1] ?? null;
}
