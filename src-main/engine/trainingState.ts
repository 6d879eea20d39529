/** Everything that a run is at one moment, beside the job: what a checkpoint holds and a resumed run goes on from. */
import { createHash } from 'node:crypto';
import type { Params } from '../contract/params.ts';
import type { TaskMetrics } from '../contract/results.ts';
import type { Method } from '../methods/method.ts';
import { LabError } from '../contract/errors.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Point, RunJob } from './protocol.ts';
import type { Gate } from './schedules.ts';
import { initialGate } from './schedules.ts';
import type { State } from './stepEngine.ts';

export interface TrainingState {
  step: number; // the next one; epoch and place in the data follow from it
  methodState: unknown;
  gates: readonly Gate[]; // a task each
  epochLosses: (readonly number[])[]; // mean losses of finished epochs
  lossSums: number[]; // of the present epoch
  best: { readonly epoch: number; readonly metric: number; readonly validation: TaskMetrics } | null; // metric signed so that larger is better
  epochsWithoutGain: number;
  stoppingMetric: number | null; // the metric that early stopping measures gains from
  wallMs: number;
  isOver: boolean;
  points: Point[]; // recorded but not yet known to be stored
}

export function initialTrainingState(job: RunJob, method: Method, params: Params): TrainingState {
  return {
    step: 0,
    methodState: method.init(job.tasks.length, params),
    gates: job.tasks.map((task) => initialGate(task.schedule)),
    epochLosses: [],
    lossSums: job.tasks.map(() => 0),
    best: null,
    epochsWithoutGain: 0,
    stoppingMetric: null,
    wallMs: 0,
    isOver: false,
    points: [],
  };
}

/** The state with the engine's values and those of the best epoch as one checkpoint. */
export function toCheckpoint(job: RunJob, state: TrainingState, values: State, bestValues: State | null): Checkpoint {
  const arrays = new Map([...values].map(([name, content]) => [`now/${name}`, content]));
  for (const [name, content] of bestValues ?? []) arrays.set(`best/${name}`, content);
  return { meta: { format: 1, job: jobDigest(job), state }, arrays };
}

/** @throws LabError store when the checkpoint belongs to another job or a newer version */
export function fromCheckpoint(
  job: RunJob,
  checkpoint: Checkpoint,
): { readonly state: TrainingState; readonly values: State; readonly bestValues: State | null } {
  const meta = checkpoint.meta as { readonly format: number; readonly job: string; readonly state: TrainingState }; // its hash says that toCheckpoint wrote it
  if (meta.format !== 1) throw new LabError('store', `The checkpoint ${job.checkpointFile} comes from a newer Auxlab. Resume it with that version.`);
  if (meta.job !== jobDigest(job))
    throw new LabError('store', `The checkpoint ${job.checkpointFile} belongs to a run with other settings. Delete it to start this run again.`);
  const part = (prefix: string): State =>
    new Map([...checkpoint.arrays].filter(([name]) => name.startsWith(prefix)).map(([name, values]) => [name.slice(prefix.length), values]));
  const points = meta.state.points.map(([series, at, value]): Point => [series, at, value ?? NaN]); // JSON writes NaN as null
  return { state: { ...meta.state, points }, values: part('now/'), bestValues: meta.state.best === null ? null : part('best/') };
}

/** What a run computes, as a hash: places of files, the number of workers and the log interval do not change it. */
function jobDigest(job: RunJob): string {
  const { datasetFolder: _, runtimeFolder: __, checkpointFile: ___, checkpointEveryMs: ____, weightsFile: _____, engine, ...rest } = job;
  return createHash('sha256')
    .update(JSON.stringify({ ...rest, engine: { mode: engine.mode, backend: engine.backend } }))
    .digest('hex');
}

/** SHA-256 over the values of the named parameters in path order, each with its name. */
export function weightsHash(values: ReadonlyMap<string, Float32Array>, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) {
    const content = values.get(path);
    if (content === undefined) continue;
    hash.update(path).update(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  }
  return hash.digest('hex');
}
