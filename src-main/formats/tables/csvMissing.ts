/** Which cells mean "no value". Marks that are also words, such as "none", are classes where they fill a large share of a column of few texts. */
import type { ReadOptions } from '../format.ts';

/** Cells that mean "no value" unless the user says otherwise, compared in lower case. The empty cell always does. */
export const missingMarkers: readonly string[] = ['na', 'n/a', '#n/a', 'n.a.', 'nan', 'null', 'nil', 'none', '?', '-', '--', '.'];
/** What programs print for "not a number" and "not a time". */
const printedMissing: readonly string[] = ['-nan', '+nan', '<na>', 'nat'];
/** Markers that may be a class: no symptom, the minus of plus and minus, a point, North America. */
const ambiguous: ReadonlySet<string> = new Set(['na', 'none', 'nil', '-', '--', '.']);

const fewTexts = 30;
const leastShare = 0.05; // of the cells that are not empty
const leastCells = 3;

/** The markers that hold for a read, and how often each was met. */
export class MissingValues {
  readonly counts = new Map<string, number>();
  readonly inNumbers = new Set<string>(); // in lower case: those that stand among numbers mean "no value" everywhere
  readonly isTold: boolean;
  readonly #markers: ReadonlySet<string>;
  readonly hasNumericMarker: boolean; // such as -999: then numbers are looked up too

  constructor(told: ReadOptions['missing']) {
    this.isTold = told !== undefined;
    this.#markers = new Set((told ?? [...missingMarkers, ...printedMissing]).map((marker) => marker.trim().toLowerCase()));
    this.hasNumericMarker = told?.some((marker) => /\d/.test(marker)) ?? false;
  }

  has(cell: string): boolean {
    return cell === '' || this.#markers.has(cell.toLowerCase());
  }

  count(cell: string, times = 1): void {
    if (cell !== '') this.counts.set(cell, (this.counts.get(cell) ?? 0) + times);
  }

  notes(): string[] {
    if (this.counts.size === 0) return [];
    const parts = [...this.counts].sort((a, b) => b[1] - a[1]).map(([marker, count]) => `"${marker}" (${count})`);
    const shown = parts.length > 12 ? [...parts.slice(0, 12), `and ${parts.length - 12} more`] : parts;
    return [`Cells read as missing: ${shown.join(', ')}.`];
  }
}

/** What was decided about the markers in a column of texts. */
export interface MarkerDecision {
  readonly missing: ReadonlySet<string>; // texts that mean "no value"
  readonly notes: readonly string[];
}

/** @param counts how often each text of the column occurs, the empty one left out */
export function decideMarkers(name: string, counts: ReadonlyMap<string, number>, markers: MissingValues): MarkerDecision {
  const found = [...counts.keys()].filter((text) => markers.has(text));
  if (found.length === 0 || markers.isTold) return { missing: new Set(found), notes: [] };
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const others = counts.size - found.length;
  const otherCells = total - found.reduce((sum, text) => sum + (counts.get(text) ?? 0), 0);
  const isFew = others > 0 && others <= fewTexts;
  const missing = new Set<string>();
  const notes: string[] = [];
  for (const text of found) {
    const count = counts.get(text) ?? 0;
    const isWord = isFew && ambiguous.has(text.toLowerCase()) && !markers.inNumbers.has(text.toLowerCase());
    const cells = `"${text}" (${count} of ${total} cells)`;
    // As large a share as that of a usual class, or half of it. Fewer are what is missing among them.
    if (isWord && count >= Math.max(leastCells, leastShare * total) && count >= otherCells / others / 2) {
      notes.push(`Column "${name}": ${cells} is read as a class, because so many cells hold it. If it means a missing value, name it in the option missing.`);
    } else {
      missing.add(text);
      if (isWord) notes.push(`Column "${name}": ${cells} is read as missing. If it is a class, name the other marks, or none, in the option missing.`);
    }
  }
  return { missing, notes };
}
