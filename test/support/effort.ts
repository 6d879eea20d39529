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

function processorMs(work: () => unknown): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}
