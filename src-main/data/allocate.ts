/** Hands rows out to the parts of a split: by class or quantile, or whole groups at a time. Every draw comes from a stream of (seed, purpose, stratum). */
import { Stream } from '../contract/random.ts';
import { LabError } from '../contract/errors.ts';
import { cellsOf, codesOf, isMissingCell, valuesOf } from './columns.ts';
import type { DataColumn } from './dataset.ts';
import { firstPlaces, onlyAt } from './equalNumbers.ts';

export interface Parts {
  readonly train: ArrayLike<number>;
  readonly validation: ArrayLike<number>;
  readonly test: ArrayLike<number>;
}

/** Shares of training, validation and test; sum 1. */
export type Shares = readonly [train: number, validation: number, test: number];

/** Shuffles every stratum and cuts it by the shares. The totals stay within one row of the shares, and a stratum of any size has a training row.
 *  @param stratifier classes or, for numbers, ten quantiles; null for one stratum */
export function allocateStratified(rows: Int32Array, stratifier: DataColumn | null, shares: Shares, seed: number): Parts {
  const lists = strata(rows, stratifier);
  const owed: [number, number, number] = [0, 0, 0]; // rows that rounding has withheld from each part so far
  const counts = lists.map(({ length }) => roundShares(length, shares, owed));
  const parts = ([0, 1, 2] as const).map((part) => new Int32Array(counts.reduce((sum, each) => sum + each[part], 0)));
  const filled = [0, 0, 0];
  for (const [stratum, members] of lists.entries()) {
    const order = new Stream(seed, 'split/rows', stratum).permutation(members.length);
    let next = 0;
    for (const [part, count] of (counts[stratum] ?? []).entries()) {
      const list = parts[part];
      const start = filled[part] ?? 0;
      for (let i = 0; list !== undefined && i < count; i++) list[start + i] = members[order[next++] ?? 0] ?? 0;
      filled[part] = start + count;
    }
  }
  const [train, validation, test] = parts;
  const none = new Int32Array(0);
  return { train: train ?? none, validation: validation ?? none, test: test ?? none };
}

/** Keeps a share of the rows, stratum by stratum, at least one row of each. For one seed the rows of a smaller share are among those of a larger one. */
export function takeStratified(rows: ArrayLike<number>, stratifier: DataColumn, fraction: number, seed: number): Int32Array {
  const kept = strata(Int32Array.from(rows).sort(), stratifier).map((members, stratum) => {
    const order = new Stream(seed, 'split/fraction', stratum).permutation(members.length);
    return order.subarray(0, Math.max(1, Math.round(members.length * fraction))).map((at) => members[at] ?? 0);
  });
  const all = new Int32Array(kept.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of kept) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}

/** Hands out whole groups, largest first, each to the part that lacks most; equal sizes in random order. Rows without a group stand alone.
 *  @param join makes larger groups of them, where some belong together for another reason
 *  @throws LabError bad-input when there are fewer groups than parts */
export function allocateGroups(
  rows: Int32Array,
  column: DataColumn,
  shares: Shares,
  seed: number,
  join: (groups: number[][]) => number[][] = (groups) => groups,
): Parts {
  const groups = join(groupsOf(rows, column));
  if (groups.length < shares.length)
    throw new LabError(
      'bad-input',
      `Column "${column.name}" has ${groups.length} ${groups.length === 1 ? 'group' : 'groups'}; a grouped split needs at least 3.`,
    );
  const order = new Stream(seed, 'split/groups').permutation(groups.length);
  const shuffled = Array.from(order, (at) => groups[at] ?? []).sort((a, b) => b.length - a.length); // the sort is stable
  const wanted = shares.map((share) => share * rows.length);
  const parts: [number[][], number[][], number[][]] = [[], [], []];
  for (const group of shuffled) {
    const part = largest(wanted);
    parts[part].push(group);
    wanted[part] = (wanted[part] ?? 0) - group.length;
  }
  for (const part of parts) if (part.length === 0) part.push(...takeSmallest(parts));
  return { train: parts[0].flat(), validation: parts[1].flat(), test: parts[2].flat() };
}

/** Rows by class in class order, or by quantile of at least ten rows each; every list ascending by row or by value. */
export function strata(rows: Int32Array, column: DataColumn | null): Int32Array[] {
  if (column === null) return [rows];
  if (column.kind === 'class') return byClass(rows, codesOf(column), column.classes.length);
  const values = valuesOf(column);
  const ranked = rows.slice().sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  const bins = Math.max(1, Math.min(10, Math.floor(ranked.length / 10)));
  return Array.from({ length: bins }, (_, bin) => ranked.slice(Math.round((bin * ranked.length) / bins), Math.round(((bin + 1) * ranked.length) / bins)));
}

function byClass(rows: Int32Array, codes: Int32Array, classes: number): Int32Array[] {
  const counts = new Int32Array(classes);
  for (const row of rows) if ((codes[row] ?? -1) >= 0) counts[codes[row] ?? 0] = (counts[codes[row] ?? 0] ?? 0) + 1;
  const lists = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(classes);
  for (const row of rows) {
    const code = codes[row] ?? -1;
    const list = lists[code];
    if (list === undefined) continue;
    const at = filled[code] ?? 0;
    list[at] = row;
    filled[code] = at + 1;
  }
  return lists.filter((list) => list.length > 0);
}

function roundShares(total: number, shares: Shares, owed: [number, number, number]): [number, number, number] {
  const exact = shares.map((share) => share * total);
  const counts: [number, number, number] = [Math.floor(exact[0] ?? 0), Math.floor(exact[1] ?? 0), Math.floor(exact[2] ?? 0)];
  const debts = exact.map((value, part) => owed[part as 0 | 1 | 2] + value - counts[part as 0 | 1 | 2]); // `as`: shares has three entries
  for (let left = total - counts[0] - counts[1] - counts[2]; left > 0; left--) {
    const part = largest(debts, (at) => shares[at] > 0);
    counts[part] += 1;
    debts[part] = (debts[part] ?? 0) - 1;
  }
  if (counts[0] === 0 && shares[0] > 0) {
    const giver = counts[1] >= counts[2] ? 1 : 2;
    counts[giver] -= 1;
    counts[0] += 1;
    debts[giver] = (debts[giver] ?? 0) + 1;
    debts[0] = (debts[0] ?? 0) - 1;
  }
  for (const part of [0, 1, 2] as const) owed[part] = debts[part] ?? 0;
  return counts;
}

/** Which of the three is largest, the first of equals. */
export function largest(values: readonly number[], allowed: (at: 0 | 1 | 2) => boolean = () => true): 0 | 1 | 2 {
  let best: 0 | 1 | 2 | null = null;
  for (const at of [0, 1, 2] as const) if (allowed(at) && (best === null || (values[at] ?? 0) > (values[best] ?? 0))) best = at;
  return best ?? 0;
}

/** Removes the smallest group of the part that has most groups, so that an empty part gets it. */
function takeSmallest(parts: readonly number[][][]): number[][] {
  const richest = parts.reduce((best, part) => (part.length > best.length ? part : best));
  return richest.splice(-1);
}

/** Rows of one value, in the order of their first rows. */
function groupsOf(rows: Int32Array, column: DataColumn): number[][] {
  const cells = cellsOf(column);
  const present = rows.filter((row) => !isMissingCell(column.kind, cells[row] ?? NaN));
  const first = firstPlaces(onlyAt(present, cells));
  const groupAt = new Int32Array(cells.length).fill(-1); // at the first row of each group
  const groups: number[][] = [];
  for (const row of rows) {
    const start = first[row] ?? row;
    const group = groups[groupAt[start] ?? -1];
    if (group === undefined) groupAt[start] = groups.push([row]) - 1;
    else group.push(row);
  }
  return groups;
}
