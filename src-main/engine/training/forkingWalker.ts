/** The walk of a run that forks: copies of the network, branches, train the same batches apart for a round, with other tasks each, and are merged. The run's
 *  steps stay what they are in every other run; a round is walked once for each branch. */
import type { Params } from '../../contract/params.ts';
import type { ForkingMethod } from '../../methods/method.ts';
import type { State, StepEngine } from '../stepEngine.ts';
import type { Snapshots } from './trainingState.ts';
import { endsEpoch, type Arrival, type Course, type Place, type Stride, type Walker } from './walker.ts';

export interface ForkingCourse extends Course {
  readonly method: ForkingMethod;
  readonly params: Params;
  readonly taskCount: number;
  readonly engine: Pick<StepEngine, 'read' | 'write'>;
  /** How good the engine's present values are for the main task on held-out rows; larger is better. */
  readonly score: () => Promise<number>;
}

export class ForkingWalker implements Walker {
  readonly #place: Place;
  readonly #course: ForkingCourse;
  readonly #trains: readonly (readonly boolean[])[];
  readonly #roundSteps: number;
  /** 'start': values at the beginning of the round; 'end0', 'end1' ...: those of the branches that have reached its end. Empty between two rounds. */
  readonly #snapshots: Map<string, State>;

  /** @param snapshots of a checkpoint; of an earlier round or run none */
  constructor(place: Place, course: ForkingCourse, snapshots: Snapshots) {
    this.#place = place;
    this.#course = course;
    this.#trains = course.method.branches(course.taskCount, course.params);
    this.#roundSteps = course.stepsPerEpoch * course.method.roundEpochs(course.params);
    this.#snapshots = new Map([...snapshots].filter(([moment]) => moment === 'start' || moment.startsWith('end')));
  }

  get passes(): number {
    return this.#trains.length;
  }

  get snapshots(): Snapshots {
    return this.#snapshots;
  }

  /** A round that is walked by several branches counts in equal parts. */
  done(): number {
    const { step, branch } = this.#place;
    const { totalSteps } = this.#course;
    if (step === totalSteps) return step; // the last merge is made: before it, each branch but the last is sent back
    const start = Math.floor(step / this.#roundSteps) * this.#roundSteps;
    const end = Math.min(start + this.#roundSteps, totalSteps);
    return Math.floor((start * this.passes + branch * (end - start) + (step - start)) / this.passes);
  }

  /** Keeps the values with which a round begins. A task's losses are recorded in the first branch that trains it. */
  async nextStep(): Promise<Stride> {
    const { step, branch } = this.#place;
    if (branch === 0 && step % this.#roundSteps === 0) this.#snapshots.set('start', await this.#course.engine.read());
    const trains = this.#trains[branch] ?? [];
    const records = trains.map((_, task) => this.#trains.findIndex((tasks) => tasks[task] === true) === branch);
    return { step, trains, records, isFirst: branch === 0, movesRun: false };
  }

  /** Sends the run back for the next branch at the end of a round, or merges the branches once the last is there. */
  async arrive(): Promise<Arrival> {
    const { engine, totalSteps } = this.#course;
    const place = this.#place;
    place.step += 1;
    const behind = place.step % this.#roundSteps === 0 ? this.#roundSteps : place.step % this.#roundSteps; // steps of this round
    if (behind < this.#roundSteps && place.step !== totalSteps) return { isEpochOver: false, merged: null };
    this.#snapshots.set(`end${place.branch}`, await engine.read());
    if (place.branch + 1 < this.passes) {
      await engine.write(this.#at('start'));
      place.step -= behind;
      place.branch += 1;
      return { isEpochOver: false, merged: null };
    }
    const shares = await this.#merge();
    this.#snapshots.clear();
    place.branch = 0;
    const merged = (this.#trains[0] ?? []).map((_, task) => (task === 0 ? 1 : this.#shareOf(task, shares)));
    return { isEpochOver: endsEpoch(place.step, this.#course), merged };
  }

  /** Leaves the mixture in the engine.  @returns the shares of the branches */
  async #merge(): Promise<readonly number[]> {
    const { engine, method, score } = this.#course;
    const ends = this.#trains.map((_, branch) => this.#at(`end${branch}`));
    const scoreOf = async (shares: readonly number[]): Promise<number> => {
      await engine.write(mixture(ends, shares));
      return score();
    };
    const scores: number[] = [];
    for (const branch of ends.keys()) scores.push(await scoreOf(ends.map((_, other) => (other === branch ? 1 : 0))));
    const shares = await method.merge(scores, scoreOf);
    await engine.write(mixture(ends, shares));
    return shares;
  }

  #shareOf(task: number, shares: readonly number[]): number {
    return shares.reduce((sum, share, branch) => sum + (this.#trains[branch]?.[task] === true ? share : 0), 0);
  }

  #at(moment: string): State {
    const state = this.#snapshots.get(moment);
    if (state === undefined) throw new Error(`The round has no values "${moment}".`);
    return state;
  }
}

/** Values averaged with shares; those of one branch alone are taken as they are, bit for bit. */
function mixture(ends: readonly State[], shares: readonly number[]): State {
  const taking = ends.flatMap((state, branch) => ((shares[branch] ?? 0) > 0 ? [{ state, share: shares[branch] ?? 0 }] : []));
  const [only] = taking;
  if (only === undefined) throw new Error('A merge needs a branch with a share above 0.');
  if (taking.length === 1) return only.state;
  return new Map(
    [...only.state].map(([name, values]) => {
      const parts = taking.map(({ state, share }) => ({ values: state.get(name) ?? values, share }));
      return [name, values.map((_, at) => parts.reduce((sum, part) => sum + part.share * (part.values[at] ?? 0), 0))];
    }),
  );
}
