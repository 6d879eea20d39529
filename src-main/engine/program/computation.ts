/** A computation as a value: named tensors come in, named tensors go out, and what lies between is written once in the operations of networks/ops.ts. It knows
 *  no engine; an engine knows nothing of training beside these values. */
import type { Ops, Tensor } from '../../networks/ops.ts';

export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

/** Tensors by name. Whoever declares them here is the only one that writes the names down: an engine goes by what is declared. */
export type Specs = Readonly<Record<string, TensorSpec>>;

/** The tensor of a name.  @throws Error when nothing is called so */
export type Lookup = (name: string) => Tensor;

/** Tensors in it may have been kept beyond their scope: the engine disposes of them once it has what it needs. */
export interface Computed {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly assigns: ReadonlyMap<string, Tensor>; // new values of the state, in force after the computation
  readonly descent: Descent | null;
}

/** The optimizer's step, of which an engine may have its own form: program/descent.ts says in operations what it means. */
export interface Descent {
  readonly gradients: ReadonlyMap<string, Tensor>; // of every trained parameter, by path
  readonly numbers: readonly Tensor[]; // scalars: the learning rate, then the optimizer's own
}

export interface Computation {
  readonly name: string; // letters, digits and slashes
  readonly feeds: Specs;
  readonly outputs: Specs;
  compute(ops: Ops, state: Lookup, feeds: Lookup): Computed;
}

export function floats(...shape: readonly number[]): TensorSpec {
  return { shape, dtype: 'float32' };
}

/** What is found under a name.  @param what it is, for the sentence: 'feed of the computation "step"'  @throws Error naming it */
export function named<T>(found: T | undefined, what: string, name: string): T {
  if (found === undefined) throw new Error(`There is no ${what} named "${name}".`);
  return found;
}

export function lookup(tensors: ReadonlyMap<string, Tensor>, what: string): Lookup {
  return (name) => named(tensors.get(name), what, name);
}

/** Runs a computation and holds its outputs to what it declares.  @throws Error naming the output that is missing, too many, or of another shape */
export function computed(computation: Computation, ops: Ops, state: Lookup, feeds: ReadonlyMap<string, Tensor>): Computed {
  const result = computation.compute(ops, state, lookup(feeds, `feed of the computation "${computation.name}"`));
  const what = `output of the computation "${computation.name}"`;
  for (const [name, { shape }] of Object.entries(computation.outputs)) {
    const found = named(result.outputs[name], what, name).shape;
    if (found.join() !== shape.join()) throw new Error(`The ${what} named "${name}" has the shape [${found.join()}], not [${shape.join()}].`);
  }
  for (const name of Object.keys(result.outputs)) named(computation.outputs[name], `declared ${what}`, name);
  return result;
}
