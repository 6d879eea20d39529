/** Everything that a run is at one moment, beside the job: what a checkpoint holds and a resumed run goes on from. */
import { createHash } from 'node:crypto';
import type { Params } from '../../contract/params.ts';
import { asCheckpointMeta } from '../../contract/checkpointHeader.ts';
import type { TaskMetrics } from '../../contract/results.ts';
import type { Method } from '../../methods/method.ts';
import { LabError } from '../../contract/errors.ts';
import type { Gate } from '../../vocabulary/weightSchedules/weightSchedule.ts';
import type { Checkpoint } from './checkpoint.ts';
import { firstJob } from './firstJob.ts';
import type { Point, RunJob } from '../protocol.ts';
import { initialGate } from './schedules.ts';
import type { State } from '../stepEngine.ts';
import type { WeightingState } from './weighing/weighingInput.ts';

export interface TrainingState {
  step: number; // the next one; epoch and place in the data follow from it
  weighting: WeightingState;
  gates: readonly Gate[]; // a task each
  epochLosses: (readonly number[])[]; // mean losses of finished epochs
  lossSums: number[]; // of the present epoch
  best: { readonly epoch: number; readonly metric: number; readonly validation: TaskMetrics } | null; // metric signed so that larger is better
  epochsWithoutGain: number;
  stoppingMetric: number | null; // the metric that early stopping measures gains from
  wallMs: number;
  isOver: boolean;
  points: Point[]; // recorded but not yet known to be stored
  branch: number; // of the present round, for methods that fork; 0 otherwise
}

/** Values of the engine at several moments, by name: 'now', 'best' (of the selected epoch), and what forked branches rest in. */
export type Snapshots = ReadonlyMap<string, State>;

export function initialTrainingState(job: RunJob, method: Method, params: Params): TrainingState {
  return {
    step: 0,
    weighting: { method: method.init(job.tasks.length, params), last: null },
    gates: job.tasks.map((task) => initialGate(task.schedule)),
    epochLosses: [],
    lossSums: job.tasks.map(() => 0),
    best: null,
    epochsWithoutGain: 0,
    stoppingMetric: null,
    wallMs: 0,
    isOver: false,
    points: [],
    branch: 0,
  };
}

export function toCheckpoint(job: RunJob, state: TrainingState, snapshots: Snapshots): Checkpoint {
  const arrays = [...snapshots].flatMap(([moment, values]) => [...values].map(([name, content]) => [`${moment}/${name}`, content] as const));
  return { meta: { format: 2, job: jobDigest(job), state, moments: [...snapshots.keys()] }, arrays: new Map(arrays) };
}

/** @param present the values that the engine holds now: a checkpoint must have the same ones, of the same sizes
 *  @throws LabError store when the checkpoint is damaged, or belongs to another job or another version */
export function fromCheckpoint(job: RunJob, checkpoint: Checkpoint, present: State): { readonly state: TrainingState; readonly snapshots: Map<string, State> } {
  const refuse = (what: string): LabError => new LabError('store', `The checkpoint ${job.checkpointFile} ${what}`);
  const meta = asCheckpointMeta(checkpoint.meta);
  if (meta === 'other version') throw refuse('comes from another version of Auxlab. Resume it with that version, or delete it to start this run again.');
  if (meta === null) throw refuse('is damaged (what it says of the run cannot be read). Delete it to start this run again.');
  if (![jobDigest(job), jobDigest(job, firstJob)].includes(meta.job)) throw refuse('belongs to a run with other settings. Delete it to start this run again.');
  const snapshots = new Map<string, State>(meta.moments.map((moment) => [moment, new Map()]));
  for (const [name, values] of checkpoint.arrays) {
    const end = name.indexOf('/');
    snapshots.get(name.slice(0, end))?.set(name.slice(end + 1), values);
  }
  const { lossSums, gates, epochLosses, weighting } = meta.state;
  const tasks = job.tasks.length;
  const isWhole =
    snapshots.has('now') &&
    [...present].every(([name, values]) => snapshots.get('now')?.get(name)?.length === values.length) &&
    [...snapshots.values()].every((snapshot) => [...snapshot].every(([name, values]) => present.get(name)?.length === values.length)) &&
    [lossSums, gates, ...epochLosses, ...(weighting.last === null ? [] : [weighting.last.factors, weighting.last.managed])].every(
      (list) => list.length === tasks,
    );
  if (!isWhole) throw refuse('is damaged (it does not hold the values of this run). Delete it to start this run again.');
  return { snapshots, state: meta.state };
}

type Computed = Omit<RunJob, 'datasetFolder' | 'runtimeFolder' | 'checkpointFile' | 'checkpointEveryMs' | 'graphFile' | 'weightsFile' | 'engine'>;

/** What a run computes, as a hash: places of files, the number of workers and the log interval do not change it.
 *  @param form how a version writes a job */
function jobDigest(job: RunJob, form: (computed: Computed) => object = (computed) => computed): string {
  const { datasetFolder: _, runtimeFolder: __, checkpointFile: ___, checkpointEveryMs: ____, graphFile: _____, weightsFile: ______, engine, ...rest } = job;
  return createHash('sha256')
    .update(JSON.stringify({ ...form(rest), engine: { mode: engine.mode, backend: engine.backend } }))
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
