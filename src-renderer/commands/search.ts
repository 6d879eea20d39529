/** Which commands a search finds, best first: word beginnings count more than letters in order. Pure. */

export interface Found<T> {
  readonly item: T;
  readonly score: number;
}

/** @returns null when the letters are not all there in order */
export function score(text: string, query: string): number | null {
  const hay = text.toLowerCase();
  const needle = query.toLowerCase().trim();
  if (needle === '') return 0;
  const whole = hay.indexOf(needle);
  if (whole >= 0) return 100 - whole + (whole === 0 || hay[whole - 1] === ' ' ? 50 : 0);
  let at = 0;
  let points = 0;
  for (const letter of needle.replaceAll(' ', '')) {
    const found = hay.indexOf(letter, at);
    if (found < 0) return null;
    points += found === 0 || hay[found - 1] === ' ' ? 4 : found === at ? 2 : 0;
    at = found + 1;
  }
  return points;
}

export function search<T>(items: readonly T[], textOf: (item: T) => string, query: string): readonly T[] {
  return items
    .flatMap((item): Found<T>[] => {
      const points = score(textOf(item), query);
      return points === null ? [] : [{ item, score: points }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
