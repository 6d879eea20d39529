/** Runs computations as one TensorFlow graph that was recorded before, in this process or in another one. */
import type { NativeBackend } from '../backend.ts';
import type { Engine, EngineSpec } from '../engine.ts';
import { checkState, orderedFeeds } from '../engine.ts';
import { size } from '../../../networks/layer.ts';
import { named, type Computation } from '../../program/computation.ts';
import type { State } from '../../program/state.ts';
import type { GraphNames, RecordedGraph } from './recordedGraph.ts';
import { Session, type Signature } from './session.ts';

/** @param initial all values of the state that are kept
 *  @throws Error naming what is declared and not in the graph */
export async function openCapturedEngine(native: NativeBackend, spec: EngineSpec, graph: RecordedGraph, initial: State): Promise<Engine> {
  const { kept } = spec.state;
  const session = new Session(native, graph.model);
  const computations = new Map(
    spec.computations.map((computation) => [computation.name, { computation, call: session.call(signature(computation, graph.names)) }]),
  );
  const stateNames = (name: string): GraphNames['state'][string] => named(graph.names.state[name], 'value of the state in the graph', name);
  const read = (names: readonly string[]): State => {
    const values = session.call({ feeds: [], outputs: names.map((name) => stateNames(name).value) })([]);
    return new Map(names.map((name, position) => [name, values[position] as Float32Array])); // variables are floats, one value a name
  };
  const write = (state: ReadonlyMap<string, Float32Array>): void => {
    checkState(spec.state, state);
    const names = [...state.keys()];
    const feeds = names.map((name) => ({ ref: stateNames(name).feed, shape: kept.get(name) ?? [] }));
    session.call({ feeds, outputs: names.map((name) => stateNames(name).done) })([...state.values()]);
  };

  write(initial);
  return {
    kind: 'captured',
    run: async (name, feeds) => {
      const { computation, call } = named(computations.get(name), 'computation of this engine', name);
      const [flat] = call(orderedFeeds(computation, feeds));
      return partsOf(computation, flat as Float32Array); // outputs are floats
    },
    read: async (names = [...kept.keys()]) => read(names),
    write: async (state) => write(state),
    dispose: async () => session.dispose(),
  };
}

function signature({ name, feeds }: Computation, { computations }: GraphNames): Signature {
  const found = named(computations[name], 'computation in the graph', name);
  return {
    feeds: Object.entries(feeds).map(([feed, { shape }]) => ({ ref: named(found.feeds[feed], `feed of "${name}" in the graph`, feed), shape })),
    outputs: [found.output],
  };
}

/** The declared outputs, which come in one list one after the other. */
function partsOf({ name, outputs }: Computation, flat: Float32Array): Record<string, Float32Array> {
  const parts: Record<string, Float32Array> = {};
  let at = 0;
  for (const [output, { shape }] of Object.entries(outputs)) {
    const end = at + size(shape);
    parts[output] = flat.subarray(at, end);
    at = end;
  }
  if (at !== flat.length) throw new Error(`The computation "${name}" gives ${at} numbers. Received: ${flat.length}.`);
  return parts;
}
