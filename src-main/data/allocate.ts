/** Hands rows out to the parts of a split: by class or quantile, or whole groups at a time. Every draw comes from a stream of (seed, purpose, stratum). */
import { Stream } from '../contract/random.ts';
import { LabError } from '../contract/errors.ts';
import type { DataColumn } from './dataset.ts';

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
  const parts: [number[], number[], number[]] = [[], [], []];
  const owed: [number, number, number] = [0, 0, 0]; // rows that rounding has withheld from each part so far
  for (const [stratum, members] of strata(rows, stratifier).entries()) {
    const counts = roundShares(members.length, shares, owed);
    const order = new Stream(seed, 'split/rows', stratum).permutation(members.length);
    let next = 0;
    for (const part of [0, 1, 2] as const) for (let i = 0; i < counts[part]; i++) parts[part].push(members[order[next++] ?? 0] ?? 0);
  }
  return { train: parts[0], validation: parts[1], test: parts[2] };
}

/** Keeps a share of the rows, stratum by stratum, at least one row of each. For one seed the rows of a smaller share are among those of a larger one. */
export function takeStratified(rows: ArrayLike<number>, stratifier: DataColumn, fraction: number, seed: number): number[] {
  return strata(Int32Array.from(rows).sort(), stratifier).flatMap((members, stratum) => {
    const order = new Stream(seed, 'split/fraction', stratum).permutation(members.length);
    return Array.from(order.subarray(0, Math.max(1, Math.round(members.length * fraction))), (at) => members[at] ?? 0);
  });
}

/** Hands out whole groups, largest first, each to the part that lacks most; equal sizes in random order. Rows without a group stand alone.
 *  @throws LabError bad-input when there are fewer groups than parts */
export function allocateGroups(rows: Int32Array, column: DataColumn, shares: Shares, seed: number): Parts {
  const groups = groupsOf(rows, column);
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
function strata(rows: Int32Array, column: DataColumn | null): number[][] {
  if (column === null) return [Array.from(rows)];
  if (column.kind === 'class') {
    const lists = column.classes.map((): number[] => []);
    for (const row of rows) lists[column.codes[row] ?? -1]?.push(row);
    return lists.filter((list) => list.length > 0);
  }
  const ranked = Array.from(rows).sort((a, b) => (column.values[a] ?? 0) - (column.values[b] ?? 0) || a - b);
  const bins = Math.max(1, Math.min(10, Math.floor(ranked.length / 10)));
  return Array.from({ length: bins }, (_, bin) => ranked.slice(Math.round((bin * ranked.length) / bins), Math.round(((bin + 1) * ranked.length) / bins)));
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

function largest(values: readonly number[], allowed: (at: 0 | 1 | 2) => boolean = () => true): 0 | 1 | 2 {
  let best: 0 | 1 | 2 | null = null;
  for (const at of [0, 1, 2] as const) if (allowed(at) && (best === null || (values[at] ?? 0) > (values[best] ?? 0))) best = at;
  return best ?? 0;
}

/** Removes the smallest group of the part that has most groups, so that an empty part gets it. */
function takeSmallest(parts: readonly number[][][]): number[][] {
  const richest = parts.reduce((best, part) => (part.length > best.length ? part : best));
  return richest.splice(-1);
}

function groupsOf(rows: Int32Array, column: DataColumn): number[][] {
  const groups = new Map<number | string, number[]>();
  for (const row of rows) {
    const value = column.kind === 'class' ? (column.codes[row] ?? -1) : (column.values[row] ?? NaN);
    const key = (column.kind === 'class' && value < 0) || Number.isNaN(value) ? `row ${row}` : value;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [row]);
    else members.push(row);
  }
  return [...groups.values()];
}
