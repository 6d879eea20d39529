/** Trains one run to its end: steps, weights, validation, selection, early stopping, checkpoints. Talks through events; knows no process and no store. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EngineInfo } from '../../contract/results.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { usualInterval } from './weighing/diagnostics.ts';
import { evaluate } from './evaluate.ts';
import { finish } from './finish.ts';
import { openWalker } from './openWalker.ts';
import type { FromWorker, Point } from '../protocol.ts';
import { Recording } from './recording.ts';
import type { RunSetup } from './runSetup.ts';
import { mainMetric, Selection } from './selection.ts';
import { fromCheckpoint, initialTrainingState, toCheckpoint, type Snapshots } from './trainingState.ts';
import { trainingStep } from './trainingStep.ts';

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
const breatheMs = 15; // between turns of the event loop, where pause requests arrive

/** @throws LabError run-failed when a loss or gradient is not finite, in the very step; store when a checkpoint cannot be written */
export async function* train(setup: RunSetup, engineInfo: EngineInfo, control: TrainingControl): AsyncGenerator<TrainingEvent> {
  const { job, engine, tasks, inputs, split, batches, evaluationBatch } = setup;
  const { training } = job;
  const plannedSteps = training.epochs * batches.stepsPerEpoch;
  const totalSteps = Math.min(plannedSteps, training.maxSteps ?? plannedSteps);

  const saved = readCheckpoint(job.checkpointFile);
  const resumed = saved === null ? null : fromCheckpoint(job, saved, await engine.read());
  const state = resumed?.state ?? initialTrainingState(job, setup.method, job.method.params);
  const snapshots: Snapshots = resumed?.snapshots ?? new Map();
  if (resumed !== null) await engine.write(snapshots.get('now') ?? new Map());
  const walker = openWalker(setup, state, totalSteps, snapshots);
  const selection = new Selection(setup, state, snapshots.get('best') ?? null);
  const recording = new Recording(job, state);
  const diagnosticsEvery = training.diagnosticsEvery ?? usualInterval(totalSteps);
  yield { type: 'started', resumedAtStep: walker.done(), totalSteps };

  const stepTimes: number[] = [];
  const stepMs = (): number => median(stepTimes) * walker.passes;
  let lastMetric: number | null = null;
  let [turnAt, messageAt, checkpointAt, clock] = [control.now(), control.now(), control.now(), control.now()];

  while (!isOver()) {
    const stride = await walker.nextStep();
    const startedMs = control.now();
    const made = await trainingStep(setup, state, stride, setup.canLook && stride.isFirst && stride.step % diagnosticsEvery === 0);
    if (made.directions === null && stepTimes.push(control.now() - startedMs) > 512) stepTimes.shift(); // a look is not part of the step
    recording.step(stride, made);
    const { isEpochOver, merged } = await walker.arrive();
    if (merged !== null) recording.merge(stride, made, merged);

    if (isEpochOver) {
      const validation = await evaluate(engine, tasks, inputs, split.validation, evaluationBatch);
      const train = await evaluate(engine, tasks, inputs, setup.curveSample, evaluationBatch);
      lastMetric = mainMetric(job, validation) ?? null;
      await selection.endEpoch(made.epoch, validation);
      recording.epoch(made, (stride.step % batches.stepsPerEpoch) + 1, { validation, train });
      if (control.now() - checkpointAt >= shortestCheckpointMs && !isOver()) await save();
    } else if (control.now() - checkpointAt >= job.checkpointEveryMs) await save();

    if (control.now() - messageAt >= messageMs) {
      yield* report(made.epoch);
      messageAt = control.now();
    }
    if (control.now() - turnAt >= breatheMs) {
      await nextTurn();
      turnAt = control.now();
    }
    if (control.isPauseWanted() && !isOver()) {
      yield* report(made.epoch);
      await save();
      yield { type: 'paused', step: walker.done() };
      return;
    }
  }
  yield* report(Math.max(0, Math.ceil(state.step / batches.stepsPerEpoch) - 1));
  tickWall();
  yield { type: 'finished', result: await finish(setup, state, selection.values, { engine: engineInfo, stepMs: stepMs() }) };

  function isOver(): boolean {
    return state.isOver || state.step >= totalSteps;
  }

  function* report(epoch: number): Generator<TrainingEvent> {
    const points = recording.unsent(control.storedPoints());
    if (points.length > 0) yield { type: 'points', points };
    yield { type: 'progress', step: walker.done(), totalSteps, epoch, stepMs: stepMs(), mainMetric: lastMetric };
  }

  function tickWall(): void {
    const now = control.now();
    state.wallMs += now - clock;
    clock = now;
  }

  async function save(): Promise<void> {
    tickWall();
    const best = selection.values === null ? [] : [['best', selection.values] as const];
    writeCheckpoint(job.checkpointFile, toCheckpoint(job, state, new Map([['now', await engine.read()], ...best, ...walker.snapshots])));
    checkpointAt = control.now();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
