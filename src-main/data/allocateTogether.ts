/** Hands rows out so that those with the same inputs stand in one part. Every draw comes from a stream of (seed, purpose, stratum). */
import { Stream } from '../contract/random.ts';
import { allocateStratified, largest, strata } from './allocate.ts';
import type { Parts, Shares } from './allocate.ts';
import type { DataColumn } from './dataset.ts';
import { firstPlaces, nextPlaces, onlyAt } from './equalNumbers.ts';

/** Whole sets of equal rows, stratum by stratum (that of a set's first row), largest first, each to the part that lacks most. The first set of a stratum
 *  trains. Without equal rows this is the usual stratified split.
 *  @param marks of all rows of the data, the same for rows that are equal (rowMarks)
 *  @param stratifier as of allocateStratified */
export function allocateTogether(rows: Int32Array, marks: Float64Array, stratifier: DataColumn | null, shares: Shares, seed: number): Parts {
  const first = firstPlaces(onlyAt(rows, marks));
  const firsts = rows.filter((row) => first[row] === row);
  if (firsts.length === rows.length) return allocateStratified(rows, stratifier, shares, seed);
  const next = nextPlaces(first);
  const sizes = new Int32Array(marks.length);
  for (const row of rows) {
    const start = first[row] ?? row;
    sizes[start] = (sizes[start] ?? 0) + 1;
  }
  const parts: [number[], number[], number[]] = [[], [], []];
  const wanted = [0, 0, 0];
  for (const [stratum, members] of strata(firsts, stratifier).entries()) {
    const total = members.reduce((sum, row) => sum + (sizes[row] ?? 0), 0);
    for (const part of [0, 1, 2] as const) wanted[part] = (wanted[part] ?? 0) + shares[part] * total;
    const order = new Stream(seed, 'split/duplicates', stratum).permutation(members.length);
    const shuffled = Array.from(order, (at) => members[at] ?? 0).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0)); // the sort is stable
    for (const [at, start] of shuffled.entries()) {
      const part = at === 0 ? 0 : largest(wanted, (candidate) => shares[candidate] > 0);
      for (let row = start; row >= 0; row = next[row] ?? -1) parts[part].push(row);
      wanted[part] = (wanted[part] ?? 0) - (sizes[start] ?? 0);
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
  const groupOf = new Int32Array(marks.length).fill(-1);
  for (const [at, group] of groups.entries()) for (const row of group) groupOf[row] = at;
  const rows = Int32Array.from(groupOf.keys()).filter((row) => (groupOf[row] ?? -1) >= 0);
  const firstRows = firstPlaces(onlyAt(rows, marks));
  for (const row of rows) {
    const pair = [groupOf[firstRows[row] ?? row] ?? 0, groupOf[row] ?? 0];
    const [first, second] = pair.map(leaderOf).toSorted((a, b) => a - b);
    if (first !== undefined && second !== undefined) leader[second] = first;
  }
  const joined = new Map<number, number[]>();
  for (const [at, group] of groups.entries()) {
    const members = joined.get(leaderOf(at)) ?? [];
    for (const row of group) members.push(row);
    joined.set(leaderOf(at), members);
  }
  return [...joined.values()];
}
