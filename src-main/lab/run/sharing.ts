/** How many runs go side by side and with how many threads each. */
import type { EnginePlan } from '../../contract/plan.ts';

export interface Machine {
  readonly cores: number;
  readonly availableMiB: number;
}

export interface Workload {
  readonly runs: number;
  readonly parameters: number; // of the largest arm
  readonly inputShape: readonly number[]; // of one row
  readonly isGpu: boolean;
}

export interface Sharing {
  readonly workers: number;
  readonly threads: number; // changes the bits, so it is kept for the whole experiment
  readonly note: string;
}

const workerMiB = 450; // resident memory of a worker with TensorFlow and a small network
const largeParameters = 2_000_000;
const largePixels = 128 * 128;

/** Small networks: one thread a run and one run a core, as far as memory allows. Large ones, or a GPU: one run with all cores. What the plan says comes first.
 *  @param settledThreads of an experiment whose first runs have been: they stay, even on a computer with more cores */
export function shareMachine(plan: Pick<EnginePlan, 'threads' | 'workers'>, work: Workload, machine: Machine, settledThreads?: number): Sharing {
  const isLarge = work.parameters > largeParameters || (work.inputShape.length === 3 && (work.inputShape[0] ?? 0) * (work.inputShape[1] ?? 0) >= largePixels);
  const isAlone = isLarge || work.isGpu;
  const threads = settledThreads ?? plan.threads ?? (isAlone ? Math.max(1, Math.floor(machine.cores / (plan.workers ?? 1))) : 1);
  const byMemory = Math.max(1, Math.floor(machine.availableMiB / workerMiB));
  const byCores = isAlone && plan.threads === undefined ? 1 : Math.max(1, Math.floor(machine.cores / threads));
  const workers = Math.max(1, Math.min(plan.workers ?? Math.min(byCores, byMemory), work.runs));
  return { workers, threads, note: sentence(workers, threads, reason(plan, work, isLarge, byMemory < Math.min(byCores, work.runs), machine)) };
}

function reason(plan: Pick<EnginePlan, 'threads' | 'workers'>, work: Workload, isLarge: boolean, isMemoryShort: boolean, machine: Machine): string {
  if (plan.threads !== undefined || plan.workers !== undefined) return 'as the plan asks';
  if (work.isGpu) return 'the GPU serves one run at a time';
  if (isLarge) return 'a large network uses all cores';
  if (isMemoryShort) return `${Math.round(machine.availableMiB)} MiB of free memory allow no more`;
  return `${machine.cores} ${machine.cores === 1 ? 'core' : 'cores'}, ${work.runs} runs`;
}

function sentence(workers: number, threads: number, why: string): string {
  const runs = workers === 1 ? 'One run at a time' : `${workers} runs side by side`;
  return `${runs}, ${threads} ${threads === 1 ? 'thread' : 'threads'} each (${why}).`;
}
