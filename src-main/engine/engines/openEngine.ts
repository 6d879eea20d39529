/** Chooses the engine of a run: captured where there is TensorFlow, eager elsewhere or on demand. */
import { philox4x32 } from '../../contract/random.ts';
import type { Ops, Tf } from '../../networks/ops.ts';
import { size } from '../../networks/layer.ts';
import type { Backend, NativeBackend } from './backend.ts';
import { openCapturedEngine } from './tensorflow/capturedEngine.ts';
import { openEagerEngine } from './eagerEngine.ts';
import type { Engine, EngineSpec } from './engine.ts';
import { readGraph, writeGraph } from './tensorflow/graphFile.ts';
import { recordGraph } from './tensorflow/graphRecording.ts';
import { graphSignature } from './tensorflow/graphSignature.ts';
import { nativeOps, nativeUniform } from './tensorflow/nativeOps.ts';
import { portableOps } from './portableOps.ts';
import { computationsOf } from '../program/computations.ts';
import { initialState, stateSpecs, type State } from '../program/state.ts';
import type { StepEngine, StepEngineOptions } from '../stepEngine.ts';
import { stepsOn } from './steps.ts';

export async function openEngine(backend: Backend, mode: 'captured' | 'eager', options: StepEngineOptions): Promise<StepEngine> {
  const { program, optimizer, needs } = options;
  const spec: EngineSpec = {
    computations: computationsOf(options),
    state: stateSpecs(program, optimizer, needs.halves),
    optimizer,
    trainable: program.model.trainable,
  };
  const initial = initialState(program, optimizer, options.initial);
  const { native } = backend;
  const isCaptured = native !== null && mode === 'captured';
  const engine = isCaptured
    ? await captured(backend, native, spec, initial, options.graph)
    : await openEagerEngine(backend.tf, opsOf(backend, mode), spec, initial);
  return stepsOn(engine, options);
}

/** With the graph that is kept, if it is the one that would be recorded here; else with a new one, which is kept in its place. */
async function captured(backend: Backend, native: NativeBackend, spec: EngineSpec, initial: State, kept: StepEngineOptions['graph']): Promise<Engine> {
  const signature = kept === null ? '' : graphSignature(backend, spec, kept.origin);
  const found = kept === null ? null : readGraph(kept.file, signature);
  if (found !== null) {
    try {
      return await openCapturedEngine(native, spec, found, initial);
    } catch {
      // It is not what its header says: another one is recorded.
    }
  }
  const graph = recordGraph(backend.tf, native, opsOf(backend, 'captured'), spec);
  if (kept !== null) {
    try {
      writeGraph(kept.file, signature, graph);
    } catch {
      // A graph that cannot be kept costs the next worker the time of another recording.
    }
  }
  return openCapturedEngine(native, spec, graph, initial);
}

/** The operations that an engine of this mode computes with. */
export function opsOf({ tf, native }: Backend, mode: 'captured' | 'eager'): Ops {
  if (native === null) return portableOps(tf, hostUniform(tf));
  return mode === 'captured' ? nativeOps(tf, native) : portableOps(tf, nativeUniform(tf, native));
}

/** Uniform numbers made on the host, for back ends without a counter-based generator: 24 bits of Philox words under the seed. */
function hostUniform(tf: Tf): Ops['uniform'] {
  return (seed, shape) => {
    const [low = 0, high = 0] = seed.dataSync();
    const values = new Float32Array(size(shape));
    for (let at = 0; at < values.length; at += 4) {
      philox4x32([at / 4, 0, 0, 0], [low, high]).forEach((word, position) => {
        if (at + position < values.length) values[at + position] = (word >>> 8) / 2 ** 24;
      });
    }
    return tf.tensor(values, [...shape]);
  };
}
