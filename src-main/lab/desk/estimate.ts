/** How long a plan may take on this machine: from runs of the same kind where the store has some, else from the size of the networks. A range, never a
 *  promise. */
import type { PlanEstimate } from '../../contract/calls.ts';

/** Median step times of finished runs that are like the planned ones. */
export interface Measured {
  readonly sameStepMs: number | null; // same data, network, batch and threads
  readonly runs: number;
}

export interface EstimateInput {
  readonly runs: number;
  readonly stepsPerRun: number;
  readonly epochs: number;
  readonly repeats: number;
  readonly batch: number;
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly multiplications: readonly number[]; // of one row's forward pass, an entry an arm
  readonly parameters: number;
  readonly workers: number;
  readonly threads: number;
  readonly isGpu: boolean;
  readonly series: number;
  readonly logEvery: number;
  readonly measured: Measured;
}

const startMs = 2500; // a worker's start: loading TensorFlow, the data, capturing the step
const fixedStepMs = 0.5; // of a captured step, whatever the network's size
const perSecond = { cpuThread: 8e9, gpu: 4e11 } as const; // multiplications that small kernels reach; a large factor either way is possible
const passes = 3; // forward, and twice as much backward
const spread = { measured: 1.3, guessed: 3 } as const;
const bytesPerPoint = 24;

export function estimate(input: EstimateInput): PlanEstimate {
  const { runs, stepsPerRun, workers, threads, measured } = input;
  const rate = input.isGpu ? perSecond.gpu : perSecond.cpuThread * threads;
  const guessed =
    input.multiplications.reduce((sum, each) => sum + fixedStepMs + (1000 * passes * each * input.batch) / rate, 0) / Math.max(1, input.multiplications.length);
  const stepMs = measured.sameStepMs ?? guessed;
  const evaluations = 2 * input.rows.validation * input.epochs + input.rows.test;
  const evaluationMs = (evaluations / input.batch) * (stepMs / 2);
  const total = (runs * (startMs + stepsPerRun * stepMs + evaluationMs)) / Math.min(workers, runs);
  const factor = measured.sameStepMs === null ? spread.guessed : spread.measured;
  const points = runs * (stepsPerRun / input.logEvery) * (input.series * 2 + 2);
  return {
    runs,
    stepsPerRun,
    lowMs: Math.round(total / factor),
    highMs: Math.round(total * factor),
    basis:
      measured.sameStepMs === null
        ? 'Guessed from the size of the network; the first steps will tell.'
        : `Measured on ${measured.runs} ${measured.runs === 1 ? 'run' : 'runs'} of the same kind on this computer.`,
    diskMiB: Math.round(((points * bytesPerPoint + workers * input.parameters * 16) / 2 ** 20) * 10) / 10,
    workers,
    threads,
  };
}
