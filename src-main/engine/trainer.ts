/** Trains one run to its end: steps, weights, validation, selection, early stopping, checkpoints. Talks through events; knows no process and no store. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LabError } from '../contract/errors.ts';
import type { EngineInfo, MetricId, RunResult, TaskMetrics } from '../contract/results.ts';
import { isHigherBetter } from '../contract/results.ts';
import type { ForkingMethod } from '../methods/method.ts';
import { Branches } from './branches.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { diagnosticPoints, usualInterval } from './diagnostics.ts';
import { evaluate, evaluateClasses } from './evaluate.ts';
import { isDeployed } from './model.ts';
import type { FromWorker, Point } from './protocol.ts';
import type { RunSetup } from './runSetup.ts';
import { learningRateShare, moveGate, openGate, weightShare } from './schedules.ts';
import type { State } from './stepEngine.ts';
import { fromCheckpoint, initialTrainingState, toCheckpoint, weightsHash, type Snapshots } from './trainingState.ts';
import { weighedStep, type WeighedStep } from './weighting.ts';
import { deployedWeights, writeWeights } from './weightsFile.ts';

/** Progress, pause and end are what the worker passes on as they are. */
export type TrainingEvent =
  | { readonly type: 'started'; readonly resumedAtStep: number; readonly totalSteps: number }
  | { readonly type: 'points'; readonly points: readonly Point[] }
  | Extract<FromWorker, { readonly type: 'progress' | 'paused' | 'finished' }>;

export interface TrainingControl {
  /** Looked at after every step. */
  isPauseWanted(): boolean;
  /** How many of the points sent so far are known to be stored. */
  storedPoints(): number;
  now(): number; // ms, monotonic
}

const shortestCheckpointMs = 1_000; // epochs shorter than this share a checkpoint: flushing a file costs milliseconds
const messageMs = 100; // between messages of points and progress
const worst = -Number.MAX_VALUE; // finite, because JSON has no infinity
const breatheMs = 15; // between turns of the event loop, where pause requests arrive

/** @throws LabError run-failed when a loss or gradient is not finite, in the very step; store when a checkpoint cannot be written */
export async function* train(setup: RunSetup, engineInfo: EngineInfo, control: TrainingControl): AsyncGenerator<TrainingEvent> {
  const { job, engine, model, method, tasks, inputs, split, batches, heldOut, evaluationBatch } = setup;
  const { training } = job;
  const main = job.tasks[0];
  if (main === undefined) throw new Error('A run needs at least the main task.');
  const plannedSteps = training.epochs * batches.stepsPerEpoch;
  const totalSteps = Math.min(plannedSteps, training.maxSteps ?? plannedSteps);

  const saved = readCheckpoint(job.checkpointFile);
  const resumed = saved === null ? null : fromCheckpoint(job, saved, engine.read());
  const state = resumed?.state ?? initialTrainingState(job, method, job.method.params);
  let bestValues: State | null = resumed?.snapshots.get('best') ?? null;
  if (resumed !== null) engine.write(resumed.snapshots.get('now') ?? new Map());
  const branches = method.kind !== 'forking' ? null : openBranches(setup, method, totalSteps, resumed?.snapshots ?? new Map());
  const doneSteps = (): number => branches?.done(state) ?? state.step;
  const diagnosticsEvery = training.diagnosticsEvery ?? usualInterval(totalSteps);
  yield { type: 'started', resumedAtStep: doneSteps(), totalSteps };

  // state.points holds all points of which it is not known that they are stored; `sent` of them are on their way.
  let sent = 0;
  let confirmed = 0;
  const unsent = (): Point[] => {
    const stored = control.storedPoints();
    state.points.splice(0, stored - confirmed);
    sent -= stored - confirmed;
    confirmed = stored;
    const points = state.points.slice(sent);
    sent = state.points.length;
    return points;
  };
  const stepTimes: number[] = [];
  const stepMs = (): number => median(stepTimes) * (branches?.count ?? 1);
  let lastMetric: number | null = null;
  let [turnAt, messageAt, checkpointAt, clock] = [control.now(), control.now(), control.now(), control.now()];
  const tickWall = (): void => {
    const now = control.now();
    state.wallMs += now - clock;
    clock = now;
  };
  const save = (): void => {
    tickWall();
    const best = bestValues === null ? [] : [['best', bestValues] as const];
    writeCheckpoint(job.checkpointFile, toCheckpoint(job, state, new Map([['now', engine.read()], ...best, ...(branches?.snapshots ?? [])])));
    checkpointAt = control.now();
  };

  while (!state.isOver && state.step < totalSteps) {
    const { step } = state;
    const epoch = Math.floor(step / batches.stepsPerEpoch);
    const time = step / batches.stepsPerEpoch;
    const learningRate = training.optimizer.learningRate * learningRateShare(training.learningRateSchedule, time, training.epochs);
    const lambdas = job.tasks.map((task, k) => (k === 0 ? 1 : task.weight * weightShare(task.schedule, time, state.gates[k] ?? openGate)));
    branches?.begin(engine, state);
    const startedMs = control.now();
    const outcome = weighedStep({
      engine,
      method,
      params: job.method.params,
      tasks: job.tasks,
      weighting: state.weighting,
      seed: job.seed,
      step,
      epoch,
      epochLosses: state.epochLosses,
      lambdas: branches === null ? lambdas : lambdas.map((lambda, k) => (branches.trains(state.branch, k) ? lambda : 0)),
      batch: batches.batch(step),
      heldOut: heldOut === null ? null : () => heldOut.source.batch(step),
      scalars: setup.optimizer.scalars(step, learningRate),
      wantsLook: setup.canLook && step % diagnosticsEvery === 0 && state.branch === 0,
      check: (losses, squares) => checkFinite(setup, step, epoch, losses, squares),
    });
    if (outcome.directions === null && stepTimes.push(control.now() - startedMs) > 512) stepTimes.shift(); // a look is not part of the step
    state.weighting = outcome.weighting;
    recordStep(step, outcome);
    state.step = step + 1;
    if (branches !== null) {
      const shares = await branches.advance(engine, state);
      if (shares !== null) recordMerge(branches, step, lambdas, shares);
    }

    const isEpochEnd = state.step % batches.stepsPerEpoch === 0 || state.step === totalSteps;
    if (isEpochEnd && (branches === null || branches.isMerged)) {
      const validation = evaluate(engine, tasks, inputs, split.validation, evaluationBatch);
      const sample = evaluate(engine, tasks, inputs, setup.curveSample, evaluationBatch);
      lastMetric = validation[main.id]?.[main.metric] ?? null;
      endEpoch(epoch, validation);
      recordEpoch(state.points, epoch, { validation, train: sample }, learningRate);
      const isDue = control.now() - checkpointAt >= shortestCheckpointMs;
      if (isDue && !state.isOver && state.step < totalSteps) save();
    } else if (control.now() - checkpointAt >= job.checkpointEveryMs) save();

    if (control.now() - messageAt >= messageMs) {
      yield* report(epoch);
      messageAt = control.now();
    }
    if (control.now() - turnAt >= breatheMs) {
      await nextTurn();
      turnAt = control.now();
    }
    if (control.isPauseWanted() && !state.isOver && state.step < totalSteps) {
      yield* report(epoch);
      save();
      yield { type: 'paused', step: doneSteps() };
      return;
    }
  }
  yield* report(Math.max(0, Math.ceil(state.step / batches.stepsPerEpoch) - 1));
  yield { type: 'finished', result: finish() };

  function* report(epoch: number): Generator<TrainingEvent> {
    const points = unsent();
    if (points.length > 0) yield { type: 'points', points };
    yield { type: 'progress', step: doneSteps(), totalSteps, epoch, stepMs: stepMs(), mainMetric: lastMetric };
  }

  /** With branches each task is recorded in the first that trains it, and the weights at the merge. */
  function recordStep(step: number, { losses, weights, directions }: WeighedStep): void {
    const ids = job.tasks.map(({ id }) => id);
    const isRecorder = (k: number): boolean => branches === null || branches.recorder(k) === state.branch;
    state.lossSums = state.lossSums.map((sum, k) => (isRecorder(k) ? sum + (losses[k] ?? NaN) : sum));
    if (step % training.logEvery === 0) {
      ids.forEach((id, k) => {
        if (isRecorder(k)) state.points.push([`loss/${id}`, step, losses[k] ?? NaN]);
        if (branches === null) state.points.push([`weight/${id}`, step, weights[k] ?? NaN]);
      });
    }
    if (directions === null) return;
    const points = diagnosticPoints(ids, step, directions);
    state.points.push(...(branches === null ? points : points.filter(([series]) => series !== 'step-ratio' && series !== 'main-progress'))); // the step of a merge is another
  }

  function recordMerge(merged: Branches, step: number, lambdas: readonly number[], shares: readonly number[]): void {
    job.tasks.forEach(({ id }, k) => {
      const share = shares.reduce((sum, value, branch) => sum + (merged.trains(branch, k) ? value : 0), 0);
      state.points.push([`weight/${id}`, step, k === 0 ? 1 : share * (lambdas[k] ?? 0)]);
    });
  }

  /** Selection, gates and early stopping go by the main task's validation metric alone. */
  function endEpoch(epoch: number, validation: TaskMetrics): void {
    const metric = signed(main?.metric ?? 'accuracy', validation['main']?.[main?.metric ?? 'accuracy']);
    const stepsInEpoch = ((state.step - 1) % batches.stepsPerEpoch) + 1;
    state.epochLosses.push(state.lossSums.map((sum) => sum / stepsInEpoch));
    state.lossSums = state.lossSums.map(() => 0);
    if (metric > worst) state.gates = state.gates.map((gate, k) => moveGate(job.tasks[k]?.schedule ?? { id: 'constant' }, gate, metric));
    if (state.best === null || metric > state.best.metric) {
      state.best = { epoch, metric, validation };
      const values = engine.read();
      bestValues = new Map(model.parameters.map((spec) => [spec.path, values.get(spec.path) ?? new Float32Array(0)]));
    }
    const stopping = training.earlyStopping;
    if (stopping === undefined) return;
    const isGain = state.stoppingMetric === null || metric > state.stoppingMetric + stopping.minDelta;
    if (isGain) state.stoppingMetric = metric;
    state.epochsWithoutGain = isGain ? 0 : state.epochsWithoutGain + 1;
    state.isOver = state.epochsWithoutGain >= stopping.patience;
  }

  /** Goes back to the selected epoch and reads the test split, the only time in a run. */
  function finish(): RunResult {
    tickWall();
    const last = engine.read();
    const paths = model.parameters.map((spec) => spec.path);
    if (bestValues !== null) engine.write(bestValues);
    if (job.weightsFile !== undefined) writeWeights(job.weightsFile, deployedWeights(model, bestValues ?? last));
    const test = evaluateClasses(engine, tasks, inputs, split.test, evaluationBatch);
    const epochs = Math.ceil(state.step / batches.stepsPerEpoch);
    return {
      epochs,
      steps: state.step,
      selectedEpoch: state.best?.epoch ?? Math.max(0, epochs - 1),
      stoppedEarly: state.isOver,
      wallMs: Math.round(state.wallMs),
      stepMs: stepMs(),
      peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      parameters: model.parameterCount,
      train: evaluate(engine, tasks, inputs, setup.trainSample, evaluationBatch),
      validation: state.best?.validation ?? {},
      test: test.metrics,
      classRecall: test.classRecall,
      finalWeightsSha256: weightsHash(last, paths),
      mainWeightsSha256: weightsHash(last, paths.filter(isDeployed)),
      engine: engineInfo,
    };
  }
}

function openBranches(setup: RunSetup, method: ForkingMethod, totalSteps: number, snapshots: Snapshots): Branches {
  const { job, engine, tasks, inputs, heldOut, evaluationBatch, batches } = setup;
  const main = job.tasks[0];
  if (heldOut === null || main === undefined) throw new Error(`Method ${method.id} needs held-out rows.`);
  const score = (): number => signed(main.metric, evaluate(engine, tasks, inputs, heldOut.rows, evaluationBatch)[main.id]?.[main.metric]);
  return new Branches({ method, params: job.method.params, taskCount: job.tasks.length, stepsPerEpoch: batches.stepsPerEpoch, totalSteps, score }, snapshots);
}

function recordEpoch(points: Point[], epoch: number, parts: Readonly<Record<'validation' | 'train', TaskMetrics>>, learningRate: number): void {
  for (const [part, metrics] of Object.entries(parts)) {
    for (const [task, values] of Object.entries(metrics)) {
      for (const [metric, value] of Object.entries(values)) points.push([`${part}/${task}/${metric}`, epoch, value]);
    }
  }
  points.push(['learning-rate', epoch, learningRate]);
}

/** @throws LabError run-failed naming the loss or the parameter that is no longer finite */
function checkFinite(setup: RunSetup, step: number, epoch: number, losses: readonly number[], squares: Float32Array | null): void {
  const advice = 'Use a lower learning rate, a smaller auxiliary weight or gradient clipping.';
  const loss = losses.findIndex((value) => !Number.isFinite(value));
  if (loss >= 0) {
    const task = setup.job.tasks[loss];
    const name = loss === 0 ? 'the main task' : `the auxiliary task "${task?.id ?? ''}"`;
    throw new LabError('run-failed', `The loss of ${name} became ${String(losses[loss])} at step ${step} (epoch ${epoch}, seed ${setup.job.seed}). ${advice}`);
  }
  const gradient = squares?.findIndex((value) => !Number.isFinite(value)) ?? -1;
  if (gradient >= 0) {
    const path = setup.model.trainable[gradient]?.path ?? '';
    throw new LabError('run-failed', `The gradient of ${path} is no longer finite at step ${step} (epoch ${epoch}, seed ${setup.job.seed}). ${advice}`);
  }
}

/** A metric so that larger is better; worse than any number where there is none. */
function signed(metric: MetricId, value: number | undefined): number {
  if (value === undefined || Number.isNaN(value)) return worst;
  return isHigherBetter(metric) ? value : -value;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
