/** What work costs, as a ratio to other work in the same process in the same second: a time in milliseconds says more about the machine and what else it does.
 *  Counts the processor time of this process, so that waiting for a busy processor is no cost. The milliseconds themselves: `npm run bench -- --desk`. */

/** How many times the processor time of `reference` the `work` takes. Both are done in turn, and of several rounds the least counts for each, because
 *  collections of garbage, cold caches and neighbours only add. */
export function timesAsMuch(work: () => unknown, reference: () => unknown, rounds = 5): number {
  let [workMs, referenceMs] = [Infinity, Infinity];
  for (let round = 0; round < rounds; round++) {
    workMs = Math.min(workMs, processorMs(work));
    referenceMs = Math.min(referenceMs, processorMs(reference));
  }
  return workMs / referenceMs;
}

export interface Crowded<T> {
  readonly result: T;
  /** How many times longer plain work took meanwhile than its own processor time: 1 on a machine that has nothing else to do. */
  readonly crowding: number;
}

/** For what a person waits for, which is time on the clock: taken by how crowded the machine was at the time.  */
export async function crowdedWhile<T>(act: () => Promise<T>): Promise<Crowded<T>> {
  const samples = [crowdingNow()];
  const timer = setInterval(() => samples.push(crowdingNow()), 500);
  try {
    const result = await act();
    samples.push(crowdingNow());
    return { result, crowding: samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? NaN };
  } finally {
    clearInterval(timer);
  }
}

function crowdingNow(): number {
  const start = performance.now();
  const begin = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(begin);
    if (user + system >= 20_000) return Math.max(1, (1000 * (performance.now() - start)) / (user + system));
  }
}

function processorMs(work: () => unknown): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}
