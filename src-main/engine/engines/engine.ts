/** What runs computations: it holds the state between them and knows nothing of training. Every call is asynchronous, whether or not an engine has to wait,
 *  and one is over before the next begins. */
import type { ParameterSpec } from '../../networks/layer.ts';
import type { Optimizer } from '../program/optimizers.ts';
import type { Computation } from '../program/computation.ts';
import { named } from '../program/computation.ts';
import type { Feeds } from '../program/feeds.ts';
import type { State, StateSpecs } from '../program/state.ts';
import { size } from '../../networks/layer.ts';

export type Outputs = Readonly<Record<string, Float32Array>>;

/** Everything that shapes what an engine does: the values of the state are not among it. */
export interface EngineSpec {
  readonly computations: readonly Computation[];
  readonly state: StateSpecs;
  readonly optimizer: Optimizer; // of computations with a descent
  readonly trainable: readonly ParameterSpec[]; // what a descent moves
}

export interface Engine {
  readonly kind: 'eager' | 'captured';
  /** Runs a computation and puts what it assigns into the state. Arrays that are handed over must not be changed until it is done.
   *  @throws Error naming a computation, a feed or a state that is missing */
  run(computation: string, feeds: Feeds): Promise<Outputs>;
  /** Values that are kept; all of them unless some are named. */
  read(names?: readonly string[]): Promise<State>;
  /** Sets the named values.  @throws Error when a name is unknown or a length is wrong */
  write(state: ReadonlyMap<string, Float32Array>): Promise<void>;
  dispose(): Promise<void>;
}

/** The numbers for a computation in the order of its declared feeds.  @throws Error naming the one that is missing, too many, or of another length */
export function orderedFeeds({ name, feeds: specs }: Computation, feeds: Feeds): (Float32Array | Int32Array)[] {
  const what = `feed of the computation "${name}"`;
  const declared = Object.entries(specs);
  const values = declared.map(([feed, { shape, dtype }]) => {
    const found = named(feeds[feed], `value for the ${what}`, feed);
    if (found.length !== size(shape) || found instanceof Int32Array !== (dtype === 'int32'))
      throw new Error(`The ${what} named "${feed}" takes ${size(shape)} numbers of type ${dtype}. Received: ${found.length} in a ${found.constructor.name}.`);
    return found;
  });
  if (declared.length !== Object.keys(feeds).length) for (const feed of Object.keys(feeds)) named(specs[feed], what, feed);
  return values;
}

/** @throws Error naming what is no part of the kept state or has another length */
export function checkState({ kept }: StateSpecs, state: ReadonlyMap<string, Float32Array>): void {
  for (const [name, values] of state) {
    const shape = named(kept.get(name), 'value of the state', name);
    if (values.length !== size(shape)) throw new Error(`The value of the state named "${name}" has ${size(shape)} numbers. Received: ${values.length}.`);
  }
}
