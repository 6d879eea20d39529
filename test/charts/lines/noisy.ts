/** A noisy line whose spikes a decimation must not lose. */
export function noisy(count: number, seed: number): { xs: number[]; ys: number[] } {
  let state = seed;
  const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  return { xs: Array.from({ length: count }, (_, i) => i), ys: Array.from({ length: count }, () => random()) };
}
