/** How many runs go side by side and with how many threads each. */
import type { Design } from '../../contract/design.ts';
import type { EnginePlan } from '../../contract/plan.ts';
import { mostInMemory } from '../../formats/numbers/numbers.ts';

export interface Machine {
  readonly cores: number;
  readonly availableMiB: number;
}

export interface Workload {
  readonly runs: number;
  readonly parameters: number; // of the largest arm
  readonly inputShape: readonly number[]; // of one row
  readonly isGpu: boolean;
  readonly datasetBytes: number; // of the data that each worker holds
}

export interface Sharing {
  readonly workers: number;
  readonly threads: number; // changes the bits, so it is kept for the whole experiment
  readonly note: string;
}

const workerMiB = 450; // resident memory of a worker with TensorFlow, a small network and little data
const smallDataMiB = 64;
const largeParameters = 2_000_000;
const largePixels = 128 * 128;

/** Small networks: one thread a run and one run a core, as far as memory allows. Large ones, or a GPU: one run with all cores. What the plan says comes first.
 *  @param settledThreads of an experiment whose first runs have been: they stay, even on a computer with more cores */
export function shareMachine(plan: Pick<EnginePlan, 'threads' | 'workers'>, work: Workload, machine: Machine, settledThreads?: number): Sharing {
  const isLarge = work.parameters > largeParameters || (work.inputShape.length === 3 && (work.inputShape[0] ?? 0) * (work.inputShape[1] ?? 0) >= largePixels);
  const isAlone = isLarge || work.isGpu;
  const threads = settledThreads ?? plan.threads ?? (isAlone ? Math.max(1, Math.floor(machine.cores / (plan.workers ?? 1))) : 1);
  const dataMiB = Math.max(0, work.datasetBytes / 2 ** 20 - smallDataMiB);
  const byMemory = Math.max(1, Math.floor(machine.availableMiB / (workerMiB + dataMiB)));
  const byCores = isAlone && plan.threads === undefined ? 1 : Math.max(1, Math.floor(machine.cores / threads));
  const workers = Math.max(1, Math.min(plan.workers ?? Math.min(byCores, byMemory), work.runs));
  return { workers, threads, note: sentence(workers, threads, reason(plan, work, isLarge, byMemory < Math.min(byCores, work.runs), machine)) };
}

/** The work of an experiment's runs. */
export function workloadOf(design: Pick<Design, 'parameters' | 'input' | 'data' | 'arms'>, runs: number, isGpu: boolean): Workload {
  return { runs, parameters: design.parameters, inputShape: design.input.shape, isGpu, datasetBytes: heldBytes(design) };
}

/** What a worker holds of the data: its inputs as they were read and as they are encoded, each up to what is read into memory, and for every row its labels,
 *  its places in the split and in the order of the epoch. What is larger stays in files, which all workers share. */
function heldBytes({ input, data, arms }: Pick<Design, 'input' | 'data' | 'arms'>): number {
  const inputs = data.rows * input.shape.reduce((product, size) => product * size, 4);
  const targets = new Set(arms.flatMap(({ tasks }) => tasks.map(({ target }) => target))).size;
  return 2 * Math.min(mostInMemory, inputs) + data.rows * (8 * targets + 12);
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
