/** The names of everything that an engine holds from step to step, with shapes: what training carries on, and what one half of a step leaves for the other. */
import { size } from '../../networks/layer.ts';
import type { Optimizer } from './optimizers.ts';
import { headsOf, trunkOf, type Program } from './program.ts';

/** Values by name: a parameter is its path, an optimizer slot '<path>#<slot>'. */
export type State = Map<string, Float32Array>;

type Shapes = ReadonlyMap<string, readonly number[]>;

export interface StateSpecs {
  readonly kept: Shapes; // read and written, part of a checkpoint
  readonly scratch: Shapes; // set by one computation for a later one; without a value before
}

/** A trained parameter and its slots, in the order of an optimizer's step. */
export function namesOf(path: string, { slots }: Pick<Optimizer, 'slots'>): readonly string[] {
  return [path, ...slots.map(({ name }) => `${path}#${name}`)];
}

/** The tasks' gradients on the trunk, [K, P]. */
export const rowsName = '#rows';

/** The gradient of a head's parameter. */
export function headGradientName(path: string): string {
  return `#gradient/${path}`;
}

/** Parameters in path order, then their slots.  @param halves whether a step is taken in two halves */
export function stateSpecs(program: Program, optimizer: Optimizer, halves: boolean): StateSpecs {
  const { model } = program;
  const kept = new Map<string, readonly number[]>(model.parameters.map(({ path, shape }) => [path, shape]));
  for (const { path, shape } of model.trainable) for (const name of namesOf(path, optimizer).slice(1)) kept.set(name, shape);
  if (!halves) return { kept, scratch: new Map() };
  const width = trunkOf(program).reduce((sum, { shape }) => sum + size(shape), 0);
  const scratch = new Map<string, readonly number[]>([[rowsName, [model.tasks.length, width]]]);
  for (const { path, shape } of headsOf(program)) scratch.set(headGradientName(path), shape);
  return { kept, scratch };
}

/** First values of all that is kept: the given parameters, and slots filled with their constant.  @throws Error naming a parameter without a value */
export function initialState(program: Program, optimizer: Optimizer, initial: ReadonlyMap<string, Float32Array>): State {
  const state: State = new Map();
  for (const { path } of program.model.parameters) {
    const values = initial.get(path);
    if (values === undefined) throw new Error(`The parameter "${path}" has no initial values.`);
    state.set(path, values);
  }
  for (const { path, shape } of program.model.trainable)
    namesOf(path, optimizer)
      .slice(1)
      .forEach((name, position) => state.set(name, new Float32Array(size(shape)).fill(optimizer.slots[position]?.initial ?? 0)));
  return state;
}
