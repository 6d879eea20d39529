/** Chooses how a run walks: step after step, or in branches where its method forks. */
import { evaluate } from './evaluate.ts';
import { ForkingWalker } from './forkingWalker.ts';
import type { RunSetup } from './runSetup.ts';
import { mainScore } from './selection.ts';
import type { Snapshots } from './trainingState.ts';
import { plainWalker, type Place, type Walker } from './walker.ts';

/** @param place moved by the walker     @param snapshots of a checkpoint that the run goes on from; else none */
export function openWalker(setup: RunSetup, place: Place, totalSteps: number, snapshots: Snapshots): Walker {
  const { job, engine, method, tasks, inputs, heldOut, evaluationBatch, batches } = setup;
  const course = { stepsPerEpoch: batches.stepsPerEpoch, totalSteps };
  const taskCount = job.tasks.length;
  if (method.kind !== 'forking') return plainWalker(place, course, taskCount);
  if (heldOut === null) throw new Error(`Method ${method.id} needs held-out rows.`);
  const score = async (): Promise<number> => mainScore(job, await evaluate(engine, tasks, inputs, heldOut.rows, evaluationBatch));
  return new ForkingWalker(place, { ...course, method, params: job.method.params, taskCount, engine, score }, snapshots);
}
