/** From the timing of a few steps to the time of a whole experiment. Pure. */
import type { Bound } from '../../contract/forecast.ts';
import type { SettledDesign } from '../../contract/design.ts';

/** What a trial saw of one arm. */
export interface Timing {
  readonly setUpMs: number; // from the start of the process to its first step
  readonly totalSteps: number; // of a run; 0: not known, the run was not set up within the trial
  readonly stepMs: number;
  readonly isFloor: boolean; // no step ended within the trial: each takes longer
}

export interface RunLeft {
  readonly arm: string;
  readonly doneSteps: number;
}

type Shape = Pick<SettledDesign, 'parts' | 'training'>;

const evaluationShare = 1 / 3; // of a step: forward without backward and optimizer
const lookShare = 0.08; // looks at the tasks' gradients: about 40 a run, each of about two steps
const mostCurveRows = 512; // of the training rows that are evaluated at the end of every epoch

/** The time of the runs that are left, side by side in as many workers. An arm without a timing counts as the slowest that has one.
 *  @returns null when nothing was timed */
export function forecastMs(
  runs: readonly RunLeft[],
  timings: ReadonlyMap<string, Timing>,
  design: Shape,
  workers: number,
): { readonly ms: number; readonly bound: Bound } | null {
  const slowest = [...timings.values()].sort((a, b) => durationMs(b, 0, design) - durationMs(a, 0, design))[0];
  if (slowest === undefined) return null;
  const used = runs.map(({ arm, doneSteps }) => ({ timing: timings.get(arm) ?? slowest, doneSteps }));
  const ms = sharedMs(
    used.map(({ timing, doneSteps }) => durationMs(timing, doneSteps, design)),
    workers,
  );
  const isFloor = used.some(({ timing }) => timing.isFloor);
  return { ms, bound: isFloor ? 'more-than' : design.training.earlyStopping === undefined ? 'about' : 'at-most' };
}

/** One run: its start, the steps that are left with their looks, the evaluation after every epoch and at the end. */
function durationMs({ setUpMs, totalSteps, stepMs }: Timing, doneSteps: number, { parts, training }: Shape): number {
  const left = Math.max(0, totalSteps - doneSteps);
  const batch = Math.min(training.batch, parts.train);
  const epochs = left / Math.ceil(parts.train / batch);
  const sample = Math.min(parts.validation, parts.train);
  const rows = epochs * (parts.validation + Math.min(mostCurveRows, sample)) + parts.test + sample;
  const looks = training.diagnosticsEvery === undefined ? lookShare : training.diagnosticsEvery === 0 ? 0 : 2 / training.diagnosticsEvery;
  return setUpMs + (left * (1 + looks) + (rows / batch) * evaluationShare) * stepMs;
}

/** Runs in their order, each to the worker that is free first. */
function sharedMs(durations: readonly number[], workers: number): number {
  const lanes = new Array<number>(Math.max(1, workers)).fill(0);
  for (const ms of durations) {
    const free = lanes.indexOf(Math.min(...lanes));
    lanes[free] = (lanes[free] ?? 0) + ms;
  }
  return Math.max(...lanes);
}
