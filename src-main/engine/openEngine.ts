/** Chooses the engine of a run: captured where there is TensorFlow, eager elsewhere or on demand. */
import { philox4x32 } from '../contract/random.ts';
import type { Ops, Tf } from '../networks/ops.ts';
import { size } from '../networks/layer.ts';
import type { Backend } from './backend.ts';
import { openCapturedEngine } from './capturedEngine.ts';
import { openEagerEngine } from './eagerEngine.ts';
import type { Engine, EngineSpec } from './engine.ts';
import { recordGraph } from './graphRecording.ts';
import { nativeOps, nativeUniform } from './nativeOps.ts';
import { portableOps } from './portableOps.ts';
import { computationsOf } from './program/computations.ts';
import { initialState, stateSpecs, type State } from './program/state.ts';
import type { StepEngine, StepEngineOptions } from './stepEngine.ts';
import { stepsOn } from './steps.ts';

export function openEngine(backend: Backend, mode: 'captured' | 'eager', options: StepEngineOptions): StepEngine {
  const { program, optimizer, needs } = options;
  const spec: EngineSpec = {
    computations: computationsOf(options),
    state: stateSpecs(program, optimizer, needs.halves),
    optimizer,
    trainable: program.model.trainable,
  };
  return stepsOn(engineFor(backend, mode, spec, initialState(program, optimizer, options.initial)), options);
}

function engineFor(backend: Backend, mode: 'captured' | 'eager', spec: EngineSpec, initial: State): Engine {
  const { tf, native } = backend;
  const ops = opsOf(backend, mode);
  if (native === null || mode === 'eager') return openEagerEngine(tf, ops, spec, initial);
  return openCapturedEngine(native, spec, recordGraph(tf, native, ops, spec), initial);
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
