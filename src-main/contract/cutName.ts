/** Names of a bounded length. What is cut out lies in the middle, because beginnings and ends tell names apart. Pure. */

const longest = 120;
const fewestOfFirst = 24; // characters; below it the first part would say nothing

/** 'first, further, further': the first part gives way where it can, because the further ones say what differs. */
export function cutName(first: string, further: readonly string[]): string {
  const end = further.map((part) => `, ${part}`).join('');
  const room = longest - end.length;
  if (room >= fewestOfFirst || first.length <= room) return cutMiddle(first, room) + end;
  const last = further.at(-1);
  return last === undefined || last.length > longest / 2
    ? cutMiddle(first + end, longest)
    : `${cutMiddle([first, ...further.slice(0, -1)].join(', '), longest - last.length - 2)}, ${last}`;
}

/** The text, or its beginning and end with an ellipsis between them. Never half of a character that takes two places.  @param most at least 1 */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  const head = text.slice(0, most - 1 - end).replace(/[\ud800-\udbff]$/, '');
  return `${head}…${text.slice(text.length - end).replace(/^[\udc00-\udfff]/, '')}`;
}
