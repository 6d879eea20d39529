/** A loaded TensorFlow graph. Values go in and out as typed arrays. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Binding, NativeBackend } from '../backend.ts';
import { dataType, modelTag, type Ref } from './graph.ts';

/** What is fed in one call, in order, and what comes out. */
export interface Signature {
  readonly feeds: readonly { readonly ref: Ref; readonly shape: readonly number[] }[]; // refs 'name:0' of placeholders
  readonly outputs: readonly Ref[];
}

/** One call. Every array is handed to TensorFlow as it is: it must not be changed until the call is over.
 *  @param values one array a feed     @returns one array an output, copied out of TensorFlow */
export type Call = (values: readonly (Float32Array | Int32Array)[]) => (Float32Array | Int32Array)[];

export class Session {
  readonly #binding: Binding;
  readonly #id: number;

  /** @param model the bytes of a saved model (GraphBuilder.bytes) */
  constructor({ binding }: NativeBackend, model: Uint8Array) {
    this.#binding = binding;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'auxlab-graph-')); // the binding loads saved models from folders only
    try {
      writeFileSync(path.join(folder, 'saved_model.pb'), model);
      this.#id = binding.loadSavedModel(folder, modelTag);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  call({ feeds, outputs }: Signature): Call {
    const binding = this.#binding;
    const [inputNames, outputNames] = [feeds.map(({ ref }) => ref).join(','), outputs.join(',')];
    return (values) => {
      const ids = feeds.map(({ shape }, position) => {
        const array = values[position] ?? new Float32Array(0);
        return binding.createTensor(shape, array instanceof Int32Array ? dataType.int32 : dataType.float, array);
      });
      try {
        return binding.runSavedModel(this.#id, ids, inputNames, outputNames).map(({ id }) => {
          const array = binding.tensorDataSync(id) as Float32Array | Int32Array; // a graph of this program gives nothing else
          binding.deleteTensor(id);
          return array;
        });
      } finally {
        for (const id of ids) binding.deleteTensor(id);
      }
    };
  }

  dispose(): void {
    this.#binding.deleteSavedModel(this.#id);
  }
}
