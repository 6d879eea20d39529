/** Chooses the step engine: captured where there is TensorFlow, eager elsewhere or on demand. */
import { philox4x32 } from '../contract/random.ts';
import type { Ops, Tf } from '../networks/ops.ts';
import { size } from '../networks/layer.ts';
import type { Backend } from './backend.ts';
import { createCapturedEngine } from './capturedEngine.ts';
import { createEagerEngine } from './eagerEngine.ts';
import { nativeOps, nativeUniform } from './nativeOps.ts';
import { portableOps } from './portableOps.ts';
import type { StepEngine, StepEngineOptions } from './stepEngine.ts';

export function openEngine(backend: Backend, mode: 'captured' | 'eager', options: StepEngineOptions): StepEngine {
  const { tf, native } = backend;
  if (native !== null && mode === 'captured') return createCapturedEngine(nativeOps(tf, native), native, options);
  return createEagerEngine(portableOps(tf, native === null ? hostUniform(tf) : nativeUniform(tf, native)), options);
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
