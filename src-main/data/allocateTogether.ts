/** Hands rows out so that those with the same inputs stand in one part. Every draw comes from a stream of (seed, purpose, stratum). */
import { Stream } from '../contract/random.ts';
import { allocateStratified, largest, strata } from './allocate.ts';
import type { Parts, Shares } from './allocate.ts';
import type { DataColumn } from './dataset.ts';

/** Whole sets of equal rows, stratum by stratum (that of a set's first row), largest first, each to the part that lacks most. The first set of a stratum
 *  trains. Without equal rows this is the usual stratified split.
 *  @param marks of all rows of the data, the same for rows that are equal (rowMarks)
 *  @param stratifier as of allocateStratified */
export function allocateTogether(rows: Int32Array, marks: Float64Array, stratifier: DataColumn | null, shares: Shares, seed: number): Parts {
  const sets = setsOf(rows, marks);
  if (sets.size === rows.length) return allocateStratified(rows, stratifier, shares, seed);
  const byFirst = new Map([...sets.values()].map((set) => [set[0] ?? 0, set]));
  const parts: [number[], number[], number[]] = [[], [], []];
  const wanted = [0, 0, 0];
  for (const [stratum, firsts] of strata(Int32Array.from(byFirst.keys()).sort(), stratifier).entries()) {
    const members = Array.from(firsts, (first) => byFirst.get(first) ?? []);
    const total = members.reduce((sum, set) => sum + set.length, 0);
    for (const part of [0, 1, 2] as const) wanted[part] = (wanted[part] ?? 0) + shares[part] * total;
    const order = new Stream(seed, 'split/duplicates', stratum).permutation(members.length);
    const shuffled = Array.from(order, (at) => members[at] ?? []).sort((a, b) => b.length - a.length); // the sort is stable
    for (const [at, set] of shuffled.entries()) {
      const part = at === 0 ? 0 : largest(wanted, (candidate) => shares[candidate] > 0);
      for (const row of set) parts[part].push(row);
      wanted[part] = (wanted[part] ?? 0) - set.length;
    }
  }
  return { train: parts[0], validation: parts[1], test: parts[2] };
}

/** Groups that share an equal row become one. */
export function joinedGroups(groups: readonly (readonly number[])[], marks: Float64Array): number[][] {
  const leader = groups.map((_, at) => at); // of every group, the group that stands for it; followed to its end below
  const leaderOf = (group: number): number => {
    let at = group;
    while (leader[at] !== at) at = leader[at] ?? at;
    leader[group] = at;
    return at;
  };
  const seen = new Map<number, number>();
  for (const [at, group] of groups.entries())
    for (const row of group) {
      const mark = marks[row] ?? row;
      const other = seen.get(mark);
      if (other === undefined) seen.set(mark, at);
      else {
        const [first, second] = [leaderOf(other), leaderOf(at)].toSorted((a, b) => a - b);
        if (first !== undefined && second !== undefined) leader[second] = first;
      }
    }
  const joined = new Map<number, number[]>();
  for (const [at, group] of groups.entries()) {
    const members = joined.get(leaderOf(at)) ?? [];
    for (const row of group) members.push(row);
    joined.set(leaderOf(at), members);
  }
  return [...joined.values()];
}

function setsOf(rows: Int32Array, marks: Float64Array): Map<number, number[]> {
  const sets = new Map<number, number[]>();
  for (const row of rows) {
    const mark = marks[row] ?? row;
    const set = sets.get(mark);
    if (set === undefined) sets.set(mark, [row]);
    else set.push(row);
  }
  return sets;
}
