/** The numbers 0 .. count-1 in random order (Durstenfeld 1964). Draws count - 1 numbers. */
export function randomOrder(count: number, random: () => number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.min(i, Math.floor(random() * (i + 1)));
    const [a, b] = [order[i], order[j]];
    if (a === undefined || b === undefined) throw new RangeError('A swap lies outside of the list.');
    order[i] = b;
    order[j] = a;
  }
  return order;
}
