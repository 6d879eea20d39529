/** One step of a run: the rows, the learning rate and the tasks' weights of its moment, weighed and taken, and refused where it is no longer finite. */
import { LabError } from '../../contract/errors.ts';
import type { RunSetup } from './runSetup.ts';
import { learningRateShare, openGate, weightShare } from './schedules.ts';
import type { TrainingState } from './trainingState.ts';
import type { Stride } from './walker.ts';
import { weighedStep, type WeighedStep } from './weighing/weighting.ts';

export interface TrainingStep extends WeighedStep {
  readonly epoch: number;
  readonly learningRate: number;
  readonly lambdas: readonly number[]; // what the schedules give each task at this moment, 1 for the main task, whether or not it is trained in the step
}

/** @param state moved on by what the method has learnt     @param wantsLook at the tasks' gradients, for the diagnostics
 *  @throws LabError run-failed when a loss or gradient is not finite */
export async function trainingStep(setup: RunSetup, state: TrainingState, { step, trains }: Stride, wantsLook: boolean): Promise<TrainingStep> {
  const { job, engine, method, batches, heldOut, optimizer } = setup;
  const { training, tasks, seed } = job;
  const time = step / batches.stepsPerEpoch;
  const epoch = Math.floor(time);
  const learningRate = training.optimizer.learningRate * learningRateShare(training.learningRateSchedule, time, training.epochs);
  const lambdas = tasks.map((task, k) => (k === 0 ? 1 : task.weight * weightShare(task.schedule, time, state.gates[k] ?? openGate)));
  const outcome = await weighedStep({
    engine,
    method,
    params: job.method.params,
    tasks,
    weighting: state.weighting,
    seed,
    step,
    epoch,
    epochLosses: state.epochLosses,
    lambdas: lambdas.map((lambda, k) => (trains[k] === true ? lambda : 0)),
    batch: batches.batch(step),
    heldOut: heldOut === null ? null : () => heldOut.source.batch(step),
    scalars: optimizer.scalars(step, learningRate),
    wantsLook,
    check: (losses, squares) => checkFinite(setup, step, epoch, losses, squares),
  });
  state.weighting = outcome.weighting;
  return { ...outcome, epoch, learningRate, lambdas };
}

/** @throws LabError run-failed naming the loss or the parameter that is no longer finite */
function checkFinite({ job, model }: RunSetup, step: number, epoch: number, losses: readonly number[], squares: Float32Array | null): void {
  const advice = 'Use a lower learning rate, a smaller auxiliary weight or gradient clipping.';
  const loss = losses.findIndex((value) => !Number.isFinite(value));
  if (loss >= 0) {
    const name = loss === 0 ? 'the main task' : `the auxiliary task "${job.tasks[loss]?.id ?? ''}"`;
    throw new LabError('run-failed', `The loss of ${name} became ${String(losses[loss])} at step ${step} (epoch ${epoch}, seed ${job.seed}). ${advice}`);
  }
  const gradient = squares?.findIndex((value) => !Number.isFinite(value)) ?? -1;
  if (gradient >= 0) {
    const path = model.trainable[gradient]?.path ?? '';
    throw new LabError('run-failed', `The gradient of ${path} is no longer finite at step ${step} (epoch ${epoch}, seed ${job.seed}). ${advice}`);
  }
}
