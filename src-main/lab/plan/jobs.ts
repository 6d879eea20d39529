/** A design becomes runs: arms x seeds, the baseline of each pair first, pair after pair, so that complete pairs appear early. */
import { createHash } from 'node:crypto';
import type { RunJob } from '../../engine/protocol.ts';
import type { DesignArm, SettledDesign } from '../../contract/design.ts';
import { checkpointFile, graphFile, weightsFile } from '../paths.ts';

const checkpointEveryMs = 30_000;

/** Where a job's files lie. */
export interface Places {
  readonly datasetFolder: string;
  readonly runtimeFolder: string | null;
  readonly checkpoints: string; // folder
  readonly graphs: string; // folder
  readonly weights: string | null; // folder; null: none are kept
}

export interface PlannedRun {
  readonly arm: DesignArm;
  readonly seed: number;
}

/** Pair k uses seed + k. */
export function planRuns(design: Pick<SettledDesign, 'arms'>, seed: number, repeats: number): PlannedRun[] {
  return Array.from({ length: repeats }, (_, pair) => design.arms.map((arm) => ({ arm, seed: seed + pair }))).flat();
}

/** @throws LabError store for a run whose name cannot be that of a file */
export function runJob(design: SettledDesign, run: PlannedRun, runId: string, places: Places): RunJob {
  const job: RunJob = {
    runId,
    arm: run.arm.id,
    seed: run.seed,
    datasetFolder: places.datasetFolder,
    roles: design.roles,
    excludedInputs: design.excludedInputs,
    split: design.split,
    trainFraction: design.trainFraction,
    heldOut: design.parts.heldOut > 0,
    network: design.network,
    tasks: run.arm.tasks,
    method: run.arm.method,
    training: design.training,
    engine: design.engine,
    runtimeFolder: places.runtimeFolder,
    checkpointFile: checkpointFile(places.checkpoints, runId),
    checkpointEveryMs,
    ...(places.weights !== null && { weightsFile: weightsFile(places.weights, runId) }),
  };
  const { mode, backend } = design.engine;
  const isCaptured = places.runtimeFolder !== null && mode === 'captured' && (backend === 'auto' || backend === 'tensorflow');
  return isCaptured ? { ...job, graphFile: graphFile(places.graphs, graphKey(job)) } : job;
}

/** Runs with the same key have the same graph: all that shapes it, seeds and the length of the run apart. What the engine finds there it checks again. */
function graphKey(job: RunJob): string {
  const { datasetFolder, roles, excludedInputs, split, trainFraction, heldOut, network, tasks, method, training, runtimeFolder } = job;
  const { batch, optimizer, clipNorm, diagnosticsEvery } = training;
  const shaping = { datasetFolder, roles, excludedInputs, split, trainFraction, heldOut, network, tasks, method, batch, optimizer, clipNorm, diagnosticsEvery };
  return createHash('sha256')
    .update(JSON.stringify({ ...shaping, runtimeFolder }))
    .digest('hex')
    .slice(0, 32);
}
