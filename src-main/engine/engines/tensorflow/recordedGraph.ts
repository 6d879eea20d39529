/** Computations as one TensorFlow graph: the bytes of a saved model, and under which names of the graph what was declared is found. Plain data. */
import type { Ref } from './graph.ts';

export interface RecordedGraph {
  readonly model: Uint8Array; // a saved model
  readonly names: GraphNames;
}

export interface GraphNames {
  readonly computations: Readonly<Record<string, ComputationNames>>;
  readonly state: Readonly<Record<string, StateNames>>; // what is kept
}

export interface ComputationNames {
  readonly feeds: Readonly<Record<string, Ref>>;
  readonly output: Ref; // all declared ones, one after the other
}

export interface StateNames {
  readonly value: Ref;
  readonly feed: Ref; // a placeholder for a new value
  readonly done: Ref; // is there once the new value is
}
