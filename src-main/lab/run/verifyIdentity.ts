/** The identity that pairing rests on: an auxiliary arm with all weights 0 trains the main task exactly as the baseline does, bit for bit. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabError, type WireError } from '../../contract/errors.ts';
import type { PlanInput } from '../../contract/plan.ts';
import type { RunResult } from '../../contract/results.ts';
import type { RunJob } from '../../engine/protocol.ts';
import type { Context } from '../context.ts';
import { baselineId } from '../../contract/identifiers.ts';
import type { SettledDesign } from '../../contract/design.ts';
import { workerEnvironment } from '../process/environment.ts';
import { runJob } from '../plan/jobs.ts';
import { findRuntime, keepData, placesOf, readAndResolveToTrain, settle } from './prepare.ts';
import { runQueue } from './queue.ts';
import type { RunRecord } from '../record/runRecord.ts';
import { shareMachine, workloadOf } from './sharing.ts';

export interface IdentityAnswer {
  readonly arm: string;
  readonly network: string;
  readonly steps: number;
  readonly identical: boolean;
  readonly detail: string;
}

const mainLoss = 'loss/main';

/** What is kept of one run, in memory alone. */
export interface Trace {
  readonly losses: Map<number, number>; // step -> main loss
  result: RunResult | null;
  error: string | null;
}

/** Runs the baseline and every auxiliary arm with weights 0 for a few steps of one seed. Nothing is stored.
 *  @throws LabError bad-input, or run-failed when the baseline does not run */
export async function verifyIdentity(input: PlanInput, steps: number, context: Context): Promise<IdentityAnswer[]> {
  if (!Number.isInteger(steps) || steps < 1) throw new LabError('bad-input', `Identity needs a whole number of steps from 1 up. Received: ${steps}.`);
  const { plan, design, dataset } = await readAndResolveToTrain(input, context, {});
  const runtime = await findRuntime(plan, context, {});
  const settled = withoutWeights(settle(design, plan, runtime, design.arms.length, context), steps);
  const folder = keepData(dataset, context);
  const checkpoints = mkdtempSync(join(tmpdir(), 'auxlab-identity-'));
  const traces = new Map<string, Trace>();
  try {
    const places = { ...placesOf(folder, runtime, context), checkpoints, weights: null };
    const jobs = settled.arms.map((arm) => runJob(settled, { arm, seed: plan.seed }, `identity-${arm.id}`, places));
    const { workers } = shareMachine(plan.engine, workloadOf(settled, jobs.length, runtime.isGpu), context.machine(), settled.engine.threads);
    const environment = workerEnvironment(settled.environment, context.environment, context.folders.code);
    const silent = { ready: () => undefined, progress: () => undefined, status: () => undefined };
    await runQueue(jobs, { workers, start: () => context.startWorker(environment), record: traceRecord(traces), watcher: silent, limits: context.limits });
  } finally {
    rmSync(checkpoints, { recursive: true, force: true });
  }
  const baseline = traces.get(baselineId);
  if (baseline === undefined || baseline.result === null) throw new LabError('run-failed', `The baseline did not run: ${baseline?.error ?? 'no result came'}`);
  return settled.arms
    .filter(({ id }) => id !== baselineId)
    .map(({ id }) => ({ arm: id, network: settled.network.id, steps, ...compareTraces(baseline, traces.get(id)) }));
}

/** The same experiment with every auxiliary weight 0, every step recorded, and no other end than the number of steps. */
function withoutWeights(design: SettledDesign, steps: number): SettledDesign {
  const { earlyStopping: _, ...training } = design.training;
  return {
    ...design,
    training: { ...training, epochs: Math.max(training.epochs, steps), maxSteps: steps, logEvery: 1 },
    arms: design.arms.map((arm) => ({ ...arm, tasks: arm.tasks.map((task, at) => (at === 0 ? task : { ...task, weight: 0 })) })),
  };
}

/** Bit for bit: Object.is tells 0 from -0 and finds NaN equal to NaN. */
export function compareTraces(baseline: Trace, arm: Trace | undefined): { readonly identical: boolean; readonly detail: string } {
  if (arm === undefined || arm.result === null) return { identical: false, detail: `The arm did not run: ${arm?.error ?? 'no result came'}` };
  if (baseline.losses.size === 0) return { identical: false, detail: 'No main loss was recorded.' };
  for (const at of [...new Set([...baseline.losses.keys(), ...arm.losses.keys()])].sort((a, b) => a - b)) {
    const before = baseline.losses.get(at);
    const after = arm.losses.get(at);
    if (!Object.is(before, after))
      return { identical: false, detail: `The main loss differs first at step ${at}: ${before ?? 'none'} in the baseline, ${after ?? 'none'} in the arm.` };
  }
  const shas = [baseline, arm].map(({ result }) => result?.mainWeightsSha256.slice(0, 12));
  if (shas[0] !== shas[1])
    return {
      identical: false,
      detail:
        `All ${baseline.losses.size} main losses agree, but the weights differ after the last step: ` +
        `SHA-256 ${shas[0]} in the baseline, ${shas[1]} in the arm.`,
    };
  return { identical: true, detail: `${baseline.losses.size} main losses and the weights of trunk and main head (SHA-256 ${shas[0]}) agree bit for bit.` };
}

function traceRecord(traces: Map<string, Trace>): RunRecord {
  const trace = (job: RunJob): Trace => {
    let found = traces.get(job.arm);
    if (found === undefined) traces.set(job.arm, (found = { losses: new Map(), result: null, error: null }));
    return found;
  };
  return {
    started: (job) => void trace(job),
    ready: () => undefined,
    points(job, points) {
      for (const [series, at, value] of points) if (series === mainLoss) trace(job).losses.set(at, value);
    },
    finished(job, result) {
      trace(job).result = result;
    },
    paused: () => undefined,
    interrupted(job, reason) {
      trace(job).error = reason;
    },
    failed(job, error: WireError) {
      trace(job).error = error.message;
    },
  };
}
