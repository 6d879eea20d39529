/** Times a few steps of an experiment before it trains, in processes of their own with a folder of their own: nothing of them is kept and no bit of the
 *  runs depends on them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askAboveMs, mayExceed, type Forecast, type Smaller } from '../../contract/forecast.ts';
import { LabError } from '../../contract/errors.ts';
import type { Plan } from '../../contract/plan.ts';
import type { RunJob } from '../../engine/protocol.ts';
import type { Context } from '../context.ts';
import { baselineId } from '../../contract/identifiers.ts';
import type { SettledDesign } from '../../contract/design.ts';
import { workerEnvironment } from '../process/environment.ts';
import { forecastMs, type RunLeft, type Timing } from './forecast.ts';
import { runJob, type Places } from '../plan/jobs.ts';
import { stopIfAsked, type Watch } from './prepare.ts';
import { phaseProgress } from './progress.ts';
import { shareMachine, workloadOf } from './sharing.ts';
import { smallerNetwork } from '../plan/smallerNetwork.ts';
import { runInWorker } from '../process/workerLink.ts';
import type { WorkerProcess } from '../process/workerProcess.ts';

const trialMs = 10_000; // for everything, also where a single step takes longer
const smallerMs = 5_000; // for the smaller network that is offered
const enoughMs = 700; // between the first step and the last of an arm: compiled code is warm by then
const offerAboveMs = 2 * 60_000;
const politeMs = 200; // what a trial's process does is worth nothing

export interface Trial {
  readonly plan: Pick<Plan, 'engine' | 'seed'>;
  readonly runs: readonly RunLeft[];
  readonly places: Places;
  readonly storedId: string | null; // of an experiment that goes on: its network and epochs are settled
}

/** Where no TensorFlow trains, says how long it will take, when somebody wants to know, and goes on only if they do. That a plan asks for such a back
 *  end by itself makes no difference: an hour surprises its author as well.
 *  @param limitMs for the trial
 *  @throws LabError interrupted after a no */
export async function tellForecast(design: SettledDesign, trial: Trial, context: Context, watch: Watch, limitMs = trialMs): Promise<void> {
  const { runs, places, storedId } = trial;
  if (watch.onForecast === undefined || places.runtimeFolder !== null || runs.length === 0) return;
  watch.onProgress?.(phaseProgress('timing a few steps'));
  const forecast = await forecastOf(design, trial, context, limitMs, watch.signal);
  stopIfAsked(watch);
  if (forecast === null) return; // the runs themselves will say what is wrong
  const isWanted = await watch.onForecast(forecast);
  stopIfAsked(watch);
  if (isWanted) return;
  const after = storedId === null ? 'No experiment was stored.' : `Experiment ${storedId} is left as it was.`;
  throw new LabError('interrupted', `Not trained, as answered. ${after}`);
}

async function forecastOf(design: SettledDesign, trial: Trial, context: Context, limitMs: number, signal: AbortSignal | undefined): Promise<Forecast | null> {
  const { timings, workers, device } = await timeArms(design, trial, context, limitMs, signal);
  const whole = forecastMs(trial.runs, timings, design, workers);
  if (whole === null) return null;
  const isOffered = trial.storedId === null && mayExceed(whole, offerAboveMs) && signal?.aborted !== true;
  const smaller = isOffered ? await lessTime(design, trial, context, whole, signal) : null;
  return { ...whole, runs: trial.runs.length, device, smaller };
}

/** A smaller network, timed as well, where that is much faster; else so few epochs that nobody has to be asked. */
async function lessTime(
  design: SettledDesign,
  trial: Trial,
  context: Context,
  whole: Pick<Forecast, 'ms' | 'bound'>,
  signal: AbortSignal | undefined,
): Promise<Smaller | null> {
  const other = smallerNetwork(design);
  if (other !== null) {
    const { timings, workers } = await timeArms(other.design, trial, context, smallerMs, signal);
    const told = forecastMs(trial.runs, timings, other.design, workers);
    if (told !== null && told.bound !== 'more-than' && told.ms < whole.ms / 2)
      return { kind: 'network', layers: other.layers, units: other.units, ms: told.ms };
  }
  const { epochs, maxSteps } = design.training;
  if (whole.bound === 'more-than' || maxSteps !== undefined || whole.ms < askAboveMs) return null;
  const fewer = Math.max(1, Math.floor((epochs * askAboveMs) / whole.ms));
  return fewer < epochs ? { kind: 'epochs', epochs: fewer, ms: (whole.ms * fewer) / epochs } : null;
}

interface Timed {
  readonly timings: ReadonlyMap<string, Timing>;
  readonly workers: number;
  readonly device: string | null;
}

/** As many processes side by side as there will be, so that they slow each other down as much; an auxiliary arm first, because it is the slower one. */
async function timeArms(
  design: SettledDesign,
  { plan, runs, places }: Trial,
  context: Context,
  limitMs: number,
  signal: AbortSignal | undefined,
): Promise<Timed> {
  const { workers } = shareMachine(plan.engine, workloadOf(design, runs.length, false), context.machine(), design.engine.threads);
  const left = new Set(runs.map(({ arm }) => arm));
  const [baseline, auxiliaries] = [design.arms.filter(({ id }) => id === baselineId), design.arms.filter(({ id }) => id !== baselineId)];
  const arms = [...auxiliaries.slice(0, 1), ...baseline, ...auxiliaries.slice(1)].filter(({ id }) => left.has(id));
  const checkpoints = mkdtempSync(join(tmpdir(), 'auxlab-trial-'));
  const environment = workerEnvironment(design.environment, context.environment, context.folders.code);
  const stop = AbortSignal.any([AbortSignal.timeout(limitMs), ...(signal === undefined ? [] : [signal])]);
  const waiting = Array.from({ length: Math.max(arms.length, workers) }, (_, at) => arms[at % arms.length]).flatMap((arm, at) =>
    arm === undefined ? [] : [runJob(design, { arm, seed: plan.seed }, `trial-${at}`, { ...places, checkpoints, weights: null })],
  );
  const timings = new Map<string, Timing>();
  let device: string | null = null;
  const lane = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined && !stop.aborted; job = waiting.shift()) {
      const seen = await timeRun(job, context.startWorker(environment), { ...context.limits, politeMs }, stop);
      if (seen === null) continue;
      device ??= seen.device;
      const before = timings.get(job.arm);
      if (before === undefined || before.stepMs < seen.stepMs) timings.set(job.arm, seen);
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, lane));
  } finally {
    rmSync(checkpoints, { recursive: true, force: true });
  }
  return { timings, workers, device };
}

/** @returns null when the run failed or its process was lost */
async function timeRun(
  job: RunJob,
  worker: WorkerProcess,
  limits: Context['limits'],
  stop: AbortSignal,
): Promise<(Timing & { readonly device: string | null }) | null> {
  const startedAt = performance.now();
  const enough = Promise.withResolvers<'enough'>();
  const seen: { ready?: { readonly at: number; readonly totalSteps: number; readonly device: string }; first?: Seen; last?: Seen } = {};
  const link = runInWorker(
    worker,
    job,
    {
      ready: ({ totalSteps, engine }) => void (seen.ready = { at: performance.now(), totalSteps, device: engine.device }),
      points: () => undefined,
      progress({ step, stepMs }) {
        seen.last = { at: performance.now(), step, stepMs };
        seen.first ??= seen.last;
        if (seen.last.step > seen.first.step && seen.last.at - seen.first.at >= enoughMs) enough.resolve('enough');
      },
    },
    limits,
  );
  const onStop = (): void => enough.resolve('enough');
  stop.addEventListener('abort', onStop, { once: true });
  const isLost = link.done.then(
    ({ kind }) => kind === 'failed',
    () => true,
  );
  const outcome = await Promise.race([enough.promise, isLost]);
  const endedAt = performance.now();
  stop.removeEventListener('abort', onStop);
  await link.stop();
  if (outcome === true) return null;
  const { ready, first, last } = seen;
  if (ready === undefined) return { setUpMs: endedAt - startedAt, totalSteps: 0, stepMs: 0, isFloor: true, device: null };
  const told = { setUpMs: ready.at - startedAt, totalSteps: ready.totalSteps, device: ready.device };
  if (first === undefined || last === undefined) return { ...told, stepMs: endedAt - ready.at, isFloor: true };
  return { ...told, stepMs: usualStepMs(first, last, ready.at), isFloor: false };
}

interface Seen {
  readonly at: number;
  readonly step: number; // done by then
  readonly stepMs: number; // the run's own median
}

/** The first step compiles and allocates: a median of three or more leaves it out, and of two the second one counts. */
function usualStepMs(first: Seen, last: Seen, readyAt: number): number {
  if (last.step >= 3) return last.stepMs;
  return last.step > first.step ? (last.at - first.at) / (last.step - first.step) : (last.at - readyAt) / Math.max(1, last.step);
}
