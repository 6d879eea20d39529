/** Which rows of a long table stand in the document: those in sight and a few more. Pure. */

export interface VisibleRows {
  readonly first: number;
  readonly end: number; // one past the last
  readonly above: number; // height of what is left out
  readonly below: number;
}

const spare = 12; // rows on either side, so that quick scrolling shows no gap

export function visibleRows(total: number, rowHeight: number, scrollTop: number, height: number): VisibleRows {
  const first = Math.max(0, Math.min(total, Math.floor(scrollTop / rowHeight) - spare));
  const end = Math.min(total, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { first, end: Math.max(first, end), above: first * rowHeight, below: Math.max(0, total - Math.max(first, end)) * rowHeight };
}
