/** A worker process that speaks the engine's protocol and trains nothing: numbers follow from seed, arm and step alone. As the protocol asks, its
 *  checkpoint carries the points that are not yet known to be stored: a lab that is killed may never have written what was on its way.
 *  FAKE_BEHAVIOUR says what goes wrong: 'crash@auxiliary/2' ends the process in the middle of that run; other words: fail, hang, slow, deaf, no-runtime, full.
 *  FAKE_HOLD names a file: while it is there no run gets further than heldAtStep, so that a test finds it in the middle however busy the machine is. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { EngineInfo, RunResult } from '../../src-main/contract/results.ts';
import type { FromWorker, Point, RunJob, ToWorker } from '../../src-main/engine/protocol.ts';

const engine: EngineInfo = { backend: 'tensorflow', version: '0.0.0', device: 'CPU', captured: true, threads: Number(process.env['TF_NUM_INTRAOP_THREADS']) };
const stepMs = Number(process.env['FAKE_STEP_MS'] ?? 1);
const hold = process.env['FAKE_HOLD'] ?? '';
const heldAtStep = 8; // three steps after a checkpoint
const onTheWay = new Map<number, Point>(); // sequence -> point, until it is acknowledged
let isPausing = false;

const tell = (message: FromWorker): Promise<void> => new Promise((resolve) => void process.send?.(message, () => resolve()));
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'start':
      void run(message.job);
      return;
    case 'record':
      process.exit(0); // it has no graph
      return;
    case 'acknowledge':
      onTheWay.delete(message.sequence);
      return;
    case 'pause':
      if (!misbehaves('deaf')) isPausing = true;
      return;
    case 'shutdown':
      process.exit(0);
      return;
    default:
      message satisfies never;
  }
});

let job: RunJob | null = null;

function misbehaves(how: string): boolean {
  return process.env['FAKE_BEHAVIOUR'] === `${how}@${job?.arm ?? ''}/${job?.seed ?? ''}`;
}

export function fakeLoss(seed: number, step: number): number {
  return Math.fround(Math.exp(-step / 10) + seed / 100);
}

async function run(given: RunJob): Promise<void> {
  job = given;
  const { arm, seed, checkpointFile } = given;
  const totalSteps = given.training.maxSteps ?? 20;
  const { resumedAtStep, unstored } = readFakeCheckpoint(checkpointFile);
  let sequence = 0;
  const record = (point: Point): Promise<void> => {
    onTheWay.set(++sequence, point);
    return tell({ type: 'points', sequence, points: [point] });
  };
  const save = (step: number): void => {
    const temporary = `${checkpointFile}.new`;
    writeFileSync(temporary, JSON.stringify({ resumedAtStep: step, unstored: [...onTheWay.values()] }));
    renameSync(temporary, checkpointFile);
  };
  const progress = (step: number): Promise<void> => tell({ type: 'progress', step, totalSteps, epoch: Math.floor((step - 1) / 10), stepMs, mainMetric: 0.5 });
  if (misbehaves('no-runtime')) return tell({ type: 'failed', error: { code: 'runtime-missing', message: 'The runtime does not load.' }, step: 0 });
  if (misbehaves('full'))
    return tell({
      type: 'failed',
      error: { code: 'store', message: 'The disk is full: x.npz could not be written.', detail: 'Error: ENOSPC: no space' },
      step: 0,
    });
  await tell({ type: 'ready', engine, resumedAtStep, totalSteps, captureMs: 1 });
  for (const point of unstored) await record(point);
  if (misbehaves('slow')) await sleep(60_000);
  for (let step = resumedAtStep; step < totalSteps; step++) {
    while (step === heldAtStep && hold !== '' && existsSync(hold) && !isPausing) {
      await progress(step);
      await sleep(20);
    }
    if (isPausing) {
      save(step);
      return tell({ type: 'paused', step });
    }
    if (step === 5 && misbehaves('crash')) {
      process.stderr.write('first line\nthe tensor broke\n', () => process.exit(7));
      await sleep(10_000);
    }
    if (step === 5 && misbehaves('hang')) await sleep(60_000);
    if (step === 5 && misbehaves('fail')) return tell({ type: 'failed', error: { code: 'run-failed', message: 'The loss is not finite at step 5.' }, step });
    await record(['loss/main', step, fakeLoss(seed, step)]);
    await progress(step + 1);
    if (step % 5 === 4) save(step + 1);
    await sleep(stepMs);
  }
  while (onTheWay.size > 0) await sleep(1);
  await tell({ type: 'finished', result: result(arm, seed, totalSteps) });
}

function readFakeCheckpoint(file: string): { readonly resumedAtStep: number; readonly unstored: readonly Point[] } {
  if (!existsSync(file)) return { resumedAtStep: 0, unstored: [] };
  return JSON.parse(readFileSync(file, 'utf8')) as { resumedAtStep: number; unstored: Point[] }; // written by save()
}

function result(arm: string, seed: number, steps: number): RunResult {
  const gain = arm === 'baseline' ? 0 : 0.02 + 0.001 * (seed % 2);
  const accuracy = 0.8 + 0.01 * seed + gain;
  return {
    epochs: 2,
    steps,
    selectedEpoch: 1,
    stoppedEarly: false,
    wallMs: 12.5,
    stepMs: arm === 'baseline' ? 1 : 1.5,
    peakMemoryMiB: 100,
    parameters: { total: arm === 'baseline' ? 10 : 14, deployed: 10 },
    train: { main: { accuracy: accuracy + 0.05, loss: 0.1 } },
    validation: { main: { accuracy: accuracy + 0.01, loss: 0.2 } },
    test: { main: { accuracy, loss: 0.3 } },
    classRecall: { main: [accuracy, 1, null] },
    finalWeightsSha256: `final-${arm}-${seed}`,
    mainWeightsSha256: `main-${seed}`,
    engine,
  };
}
