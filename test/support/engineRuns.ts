/** Real runs in real engine processes, with kills at chosen moments. */
import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { fromWire } from '../../src-main/contract/errors.ts';
import { checkParams } from '../../src-main/contract/params.ts';
import { EnginePlan, SplitPlan, TrainingPlan } from '../../src-main/contract/plan.ts';
import type { RunResult } from '../../src-main/contract/results.ts';
import { prepareDataset } from '../../src-main/data/prepare.ts';
import { writePrepared } from '../../src-main/data/writePrepared.ts';
import { datasetFolder } from '../../src-main/lab/paths.ts';
import { resolveRoles } from '../../src-main/data/roles.ts';
import { samplePath } from '../../src-main/data/samples.ts';
import { settleSplit } from '../../src-main/data/splits.ts';
import type { FromWorker, RunJob, TaskJob, ToWorker } from '../../src-main/engine/protocol.ts';
import { openSource } from '../../src-main/formats/index.ts';
import { method, needsHeldOutRows } from '../../src-main/methods/index.ts';
import { testRuntime } from './tensorFlow.ts';

export interface JobOptions {
  readonly sample: string;
  readonly network: string;
  readonly main: string;
  readonly kind?: TaskJob['kind'];
  readonly auxiliaries?: readonly (Partial<TaskJob> & { readonly target: string })[];
  readonly method?: string;
  readonly methodParams?: Readonly<Record<string, number | boolean | string>>;
  readonly training?: v.InferInput<typeof TrainingPlan>;
  readonly trainFraction?: number;
  readonly split?: v.InferInput<typeof SplitPlan>;
  readonly engine?: v.InferInput<typeof EnginePlan>;
  readonly checkpointEveryMs?: number;
}

/** A job on a bundled sample, its data and checkpoint under `home`. */
export async function sampleJob(home: string, name: string, options: JobOptions): Promise<RunJob> {
  const dataset = prepareDataset(await openSource(samplePath(options.sample)), options.sample, `sample:${options.sample}`);
  const folder = datasetFolder(home, dataset.digest);
  writePrepared(dataset, folder);
  const roles = resolveRoles(dataset, {});
  const main = taskJob({ id: 'main', target: options.main, kind: options.kind ?? 'classification', weight: 1 });
  const tasks = [main, ...(options.auxiliaries ?? []).map((auxiliary, k) => taskJob({ id: `auxiliary${k}`, weight: 0.3, ...auxiliary }))];
  const methodId = options.method ?? 'fixed';
  return {
    runId: name,
    arm: 'arm',
    seed: 3,
    datasetFolder: folder,
    roles,
    excludedInputs: tasks.map((task) => task.target),
    split: settleSplit(v.parse(SplitPlan, options.split ?? {}), options.split !== undefined, roles, 1),
    trainFraction: options.trainFraction ?? 1,
    heldOut: needsHeldOutRows(method(methodId)),
    network: { id: options.network, params: {} },
    tasks,
    method: { id: methodId, params: checkParams(`method ${methodId}`, method(methodId).params, options.methodParams ?? {}) },
    training: v.parse(TrainingPlan, options.training ?? {}),
    engine: v.parse(EnginePlan, options.engine ?? {}),
    runtimeFolder: testRuntime(),
    checkpointFile: path.join(home, `${name}.ckpt`),
    checkpointEveryMs: options.checkpointEveryMs ?? 30_000,
  };
}

function taskJob(given: Partial<TaskJob> & { readonly id: string; readonly target: string; readonly weight: number }): TaskJob {
  const kind = given.kind ?? 'classification';
  return {
    kind,
    loss: kind === 'classification' ? 'cross-entropy' : 'mse',
    lossParams: {},
    labelSmoothing: 0,
    classWeights: 'none',
    metric: kind === 'classification' ? 'accuracy' : 'rmse',
    depth: 'end',
    schedule: { id: 'constant' },
    balanced: true,
    bounds: null,
    ...given,
  };
}

export interface Outcome {
  readonly result: RunResult | null; // null: killed or paused
  readonly resumedAtStep: number;
  readonly lastStep: number; // of the last progress message
  readonly points: Map<string, number>; // 'series at' -> value, as a store would hold them
}

export interface RunControl {
  readonly points?: Map<string, number>; // what was stored before
  readonly kill?: (progress: { readonly step: number; readonly totalSteps: number }) => boolean; // SIGKILL on the first progress that it wants
  readonly record?: boolean; // it only records its graph
  readonly pauseAt?: number; // asks for a pause at the first progress from this step on
}

const worker = fileURLToPath(new URL('../../src-main/engine/worker.ts', import.meta.url));

/** @throws what the run failed with */
export function runInProcess(job: RunJob, control: RunControl = {}): Promise<Outcome> {
  const points = control.points ?? new Map<string, number>();
  const child = fork(worker, [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' },
  });
  const tell = (message: ToWorker): void => {
    if (child.connected) child.send(message, () => undefined); // a process that was just killed reads nothing more
  };
  let result: RunResult | null = null;
  let [resumedAtStep, lastStep] = [0, 0];
  return new Promise((resolve, reject) => {
    let failure: Error | null = null;
    child.on('message', (message: FromWorker) => {
      switch (message.type) {
        case 'ready':
          resumedAtStep = message.resumedAtStep;
          return;
        case 'points':
          for (const [series, at, value] of message.points) points.set(`${series} ${at}`, value);
          tell({ type: 'acknowledge', sequence: message.sequence });
          return;
        case 'progress':
          lastStep = message.step;
          if (control.kill?.(message) === true) child.kill('SIGKILL');
          else if (control.pauseAt !== undefined && message.step >= control.pauseAt) tell({ type: 'pause' });
          return;
        case 'finished':
          result = message.result;
          return;
        case 'failed':
          failure = fromWire(message.error);
          return;
        case 'paused':
          return;
        default:
          message satisfies never;
      }
    });
    child.on('error', reject);
    child.on('exit', () => (failure === null ? resolve({ result, resumedAtStep, lastStep, points }) : reject(failure)));
    tell({ type: control.record === true ? 'record' : 'start', job });
  });
}

/** Files beside a checkpoint that a kill left behind. */
export function leftovers(home: string): string[] {
  return readdirSync(home).filter((name) => name.includes('.new'));
}
