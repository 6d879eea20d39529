/** What a run records: points of steps and epochs, sums of losses for the epochs' means.
 *  Points wait in the training state until they are known to be stored. */
import type { TaskMetrics } from '../../contract/results.ts';
import { diagnosticPoints } from './weighing/diagnostics.ts';
import type { Point, RunJob } from '../protocol.ts';
import type { TrainingState } from './trainingState.ts';
import type { TrainingStep } from './trainingStep.ts';
import type { Stride } from './walker.ts';

export class Recording {
  readonly #taskIds: readonly string[];
  readonly #logEvery: number;
  readonly #state: TrainingState; // its points: all of which it is not known that they are stored
  #sent = 0; // of them, those on their way
  #stored = 0; // of all that were sent

  constructor({ tasks, training }: Pick<RunJob, 'tasks' | 'training'>, state: TrainingState) {
    this.#taskIds = tasks.map(({ id }) => id);
    this.#logEvery = training.logEvery;
    this.#state = state;
  }

  /** Of a copy that is merged later no weights are recorded, and nothing about the length of its step: the run takes another. */
  step({ step, records, movesRun }: Stride, { losses, weights, directions }: TrainingStep): void {
    const { points } = this.#state;
    this.#state.lossSums = this.#state.lossSums.map((sum, k) => (records[k] === true ? sum + (losses[k] ?? NaN) : sum));
    if (step % this.#logEvery === 0) {
      this.#taskIds.forEach((id, k) => {
        if (records[k] === true) points.push([`loss/${id}`, step, losses[k] ?? NaN]);
        if (movesRun) points.push([`weight/${id}`, step, weights[k] ?? NaN]);
      });
    }
    if (directions === null) return;
    const found = diagnosticPoints(this.#taskIds, step, directions);
    points.push(...(movesRun ? found : found.filter(([series]) => series !== 'step-ratio' && series !== 'main-progress')));
  }

  /** @param shares with which each task's steps up to this one went into what was merged */
  merge({ step }: Stride, { lambdas }: Pick<TrainingStep, 'lambdas'>, shares: readonly number[]): void {
    this.#taskIds.forEach((id, k) => this.#state.points.push([`weight/${id}`, step, (shares[k] ?? NaN) * (lambdas[k] ?? NaN)]));
  }

  /** @param stepCount of the epoch, which may be cut short */
  epoch(
    { epoch, learningRate }: Pick<TrainingStep, 'epoch' | 'learningRate'>,
    stepCount: number,
    parts: Readonly<Record<'validation' | 'train', TaskMetrics>>,
  ): void {
    const { points, epochLosses, lossSums } = this.#state;
    epochLosses.push(lossSums.map((sum) => sum / stepCount));
    this.#state.lossSums = lossSums.map(() => 0);
    for (const [part, metrics] of Object.entries(parts)) {
      for (const [task, values] of Object.entries(metrics)) {
        for (const [metric, value] of Object.entries(values)) points.push([`${part}/${task}/${metric}`, epoch, value]);
      }
    }
    points.push(['learning-rate', epoch, learningRate]);
  }

  /** Points that were not sent before.  @param stored how many of all that were sent are known to be stored: those are forgotten */
  unsent(stored: number): readonly Point[] {
    const { points } = this.#state;
    points.splice(0, stored - this.#stored);
    this.#sent -= stored - this.#stored;
    this.#stored = stored;
    const found = points.slice(this.#sent);
    this.#sent = points.length;
    return found;
  }
}
