/** Runs computations operation by operation on any tfjs back end. The reference: what every other engine must match. */
import type { Ops, Tensor, Tf } from '../../networks/ops.ts';
import type { Engine, EngineSpec } from './engine.ts';
import { checkState, orderedFeeds } from './engine.ts';
import { computed, lookup, named } from '../program/computation.ts';
import { descended } from '../program/descent.ts';
import type { State } from '../program/state.ts';

/** @param initial all values of the state that are kept */
export async function openEagerEngine(tf: Tf, ops: Ops, spec: EngineSpec, initial: State): Promise<Engine> {
  const values = new Map<string, Tensor>();
  const state = lookup(values, 'value of the state');
  const computations = new Map(spec.computations.map((computation) => [computation.name, computation]));

  const set = (name: string, value: Tensor): void => {
    values.get(name)?.dispose();
    values.set(name, tf.keep(value));
  };
  const write = (given: ReadonlyMap<string, Float32Array>): void => {
    checkState(spec.state, given);
    for (const [name, content] of given) set(name, tf.tensor(content.slice(), [...(spec.state.kept.get(name) ?? [])], 'float32'));
  };
  const valueOf = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>();

  write(initial);
  return {
    kind: 'eager',
    run: async (name, feeds) =>
      tf.tidy(() => {
        const computation = named(computations.get(name), 'computation of this engine', name);
        const arrays = orderedFeeds(computation, feeds);
        const tensors = Object.entries(computation.feeds).map(
          ([feed, { shape, dtype }], position) => [feed, tf.tensor(arrays[position] ?? [], [...shape], dtype)] as const,
        );
        const { outputs, assigns, descent } = computed(computation, ops, state, new Map(tensors));
        const found = Object.fromEntries(Object.entries(outputs).map(([output, tensor]) => [output, valueOf(tensor)]));
        for (const tensor of Object.values(outputs)) tensor.dispose();
        if (descent !== null)
          for (const parameter of spec.trainable) for (const [path, value] of descended(ops, spec.optimizer, state, descent, parameter)) set(path, value);
        for (const [path, value] of assigns) set(path, value);
        return found;
      }),
    read: async (names = [...spec.state.kept.keys()]) => new Map(names.map((name) => [name, valueOf(state(name)).slice()])),
    write: async (given) => write(given),
    dispose: async () => {
      for (const value of values.values()) value.dispose();
      values.clear();
    },
  };
}
