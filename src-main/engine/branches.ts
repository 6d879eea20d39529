/** Branches of a run, for methods that fork: copies of the network that train the same batches apart for a round, with other tasks each, and are merged.
 *  The run's steps stay what they are in every other method; a round is walked once for each branch. */
import type { Params } from '../contract/params.ts';
import type { ForkingMethod } from '../methods/method.ts';
import type { State, StepEngine } from './stepEngine.ts';

export interface BranchPlan {
  readonly method: ForkingMethod;
  readonly params: Params;
  readonly taskCount: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** How good the engine's present values are for the main task on held-out rows; larger is better. */
  readonly score: () => number;
}

/** Where a run with branches is. */
export interface BranchPlace {
  step: number;
  branch: number;
}

export class Branches {
  readonly #plan: BranchPlan;
  readonly #trains: readonly (readonly boolean[])[];
  readonly #roundSteps: number;
  /** 'start': values at the beginning of the round; 'end0', 'end1' ...: those of the branches that have reached its end. */
  readonly snapshots: Map<string, State>;

  /** @param snapshots of a checkpoint; of an earlier round or run none */
  constructor(plan: BranchPlan, snapshots: ReadonlyMap<string, State>) {
    this.#plan = plan;
    this.#trains = plan.method.branches(plan.taskCount, plan.params);
    this.#roundSteps = plan.stepsPerEpoch * plan.method.roundEpochs(plan.params);
    this.snapshots = new Map([...snapshots].filter(([moment]) => moment === 'start' || moment.startsWith('end')));
  }

  get count(): number {
    return this.#trains.length;
  }

  trains(branch: number, task: number): boolean {
    return this.#trains[branch]?.[task] === true;
  }

  /** The branch whose losses are recorded for a task: the first that trains it. */
  recorder(task: number): number {
    return this.#trains.findIndex((tasks) => tasks[task] === true);
  }

  /** Whether the engine holds merged values and no branch is under way. */
  get isMerged(): boolean {
    return this.snapshots.size === 0;
  }

  /** How far the run is, in steps of all branches together. */
  done({ step, branch }: BranchPlace): number {
    if (step === this.#plan.totalSteps) return step; // the last merge is made: before it, each branch but the last is sent back
    const start = Math.floor(step / this.#roundSteps) * this.#roundSteps;
    const end = Math.min(start + this.#roundSteps, this.#plan.totalSteps);
    return Math.floor((start * this.count + branch * (end - start) + (step - start)) / this.count);
  }

  /** Keeps the values with which a round begins. */
  begin(engine: StepEngine, { step, branch }: BranchPlace): void {
    if (branch === 0 && step % this.#roundSteps === 0) this.snapshots.set('start', engine.read());
  }

  /** After a step: sends the run back for the next branch, or merges the branches once the last has reached the round's end.
   *  @returns the shares of the branches when they were merged, else null */
  async advance(engine: StepEngine, place: BranchPlace): Promise<readonly number[] | null> {
    const isEnd = place.step % this.#roundSteps === 0 || place.step === this.#plan.totalSteps;
    if (!isEnd) return null;
    this.snapshots.set(`end${place.branch}`, engine.read());
    if (place.branch + 1 < this.count) {
      engine.write(this.#at('start'));
      place.step -= place.step % this.#roundSteps === 0 ? this.#roundSteps : place.step % this.#roundSteps;
      place.branch += 1;
      return null;
    }
    const ends = this.#trains.map((_, branch) => this.#at(`end${branch}`));
    const scoreOf = async (shares: readonly number[]): Promise<number> => {
      engine.write(mixture(ends, shares));
      return this.#plan.score();
    };
    const scores: number[] = [];
    for (const branch of ends.keys()) scores.push(await scoreOf(ends.map((_, other) => (other === branch ? 1 : 0))));
    const shares = await this.#plan.method.merge(scores, scoreOf);
    engine.write(mixture(ends, shares));
    this.snapshots.clear();
    place.branch = 0;
    return shares;
  }

  #at(moment: string): State {
    const state = this.snapshots.get(moment);
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
