/** How a run goes through its steps. The trainer makes each step and drives a walker, which says what is trained in it and where the run is after it; whether
 *  the network is one or several copies that are merged later, the trainer does not know. Here is the plain walk, one step after the other. */
import type { Snapshots } from './trainingState.ts';

/** Where a run is: a part of its training state, which the walker moves. */
export interface Place {
  step: number; // the next one
  branch: number; // of the present round, of walks that fork; 0 otherwise
}

export interface Course {
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

/** A step that is about to be made. All lists have one entry a task. */
export interface Stride {
  readonly step: number;
  /** Which tasks are trained; the others have no part in it. */
  readonly trains: readonly boolean[];
  /** Which losses are the run's: each of a step is recorded once, however often the step is made. */
  readonly records: readonly boolean[];
  /** Whether the step is made for the first time. */
  readonly isFirst: boolean;
  /** Whether it moves the run itself, not a copy that a merge takes only a share of. */
  readonly movesRun: boolean;
}

/** What a step has led to. */
export interface Arrival {
  /** Whether an epoch or the run is over and the engine holds the run's own values: the moment to validate. */
  readonly isEpochOver: boolean;
  /** When copies were merged: for each task the shares of those that trained it, 1 for the main task. */
  readonly merged: readonly number[] | null;
}

export interface Walker {
  /** How often each step is made. */
  readonly passes: number;
  /** Values that a checkpoint holds beside the engine's present ones. */
  readonly snapshots: Snapshots;
  /** How far the run is, in steps of the run. */
  done(): number;
  /** Called before a step is made, while the place is that step. */
  nextStep(): Promise<Stride>;
  /** Called after it; moves the place to the step that is next. */
  arrive(): Promise<Arrival>;
}

/** Where an epoch or the run ends.  @param step steps that are done */
export function endsEpoch(step: number, { stepsPerEpoch, totalSteps }: Course): boolean {
  return step % stepsPerEpoch === 0 || step === totalSteps;
}

export function plainWalker(place: Place, course: Course, taskCount: number): Walker {
  const all = new Array<boolean>(taskCount).fill(true);
  return {
    passes: 1,
    snapshots: new Map(),
    done: () => place.step,
    nextStep: async () => ({ step: place.step, trains: all, records: all, isFirst: true, movesRun: true }),
    arrive: async () => {
      place.step += 1;
      return { isEpochOver: endsEpoch(place.step, course), merged: null };
    },
  };
}
