/** What this machine trains with: the TensorFlow runtime that installRuntime.ts found, or without one TensorFlow.js's own back ends. */
import { loadPortable, loadTensorFlow, type Backend } from '../../src-main/engine/engines/backend.ts';
import { networks } from '../../src-main/networks/index.ts';
import { leftOut, type LeftOut } from './leftOut.ts';

const missing = process.env['AUXLAB_TEST_NO_RUNTIME'] ?? '';

export const hasTensorFlow = missing === '';

/** What the document of an experiment says of dense networks that were trained here. */
export const usedEngine = hasTensorFlow ? { backend: 'tensorflow', captured: true } : { backend: 'wasm', captured: false };

/** For tests of what only TensorFlow has, or that would take minutes without it. */
export const needsTensorFlow = leftOut(hasTensorFlow ? null : `They need the TensorFlow runtime. ${missing}`);

/** In JavaScript a step with the gradient of a convolution takes minutes; dense and recurrent networks are quick. */
export function needsOfNetwork(id: string): LeftOut {
  return networks.find((network) => network.id === id)?.core === 'convolutional' ? needsTensorFlow : {};
}

/** For a test that one network serves as well as another.  @returns the first of those in the list: with TensorFlow of `large`, without of `small`; else mlp */
export function trainable(large: readonly string[], small: readonly string[]): string {
  return (hasTensorFlow ? large : small).find((id) => networks.some((network) => network.id === id)) ?? 'mlp';
}

/** Null: a run trains with TensorFlow.js's own back ends. */
export function testRuntime(): string | null {
  const folder = process.env['AUXLAB_RUNTIME'];
  if (folder === undefined) throw new Error('The set-up of the suite (test/support/installRuntime.ts) did not name a runtime.');
  return hasTensorFlow ? folder : null;
}

/** How long a test trains that only has to be interrupted somewhere: steps of TensorFlow.js's own back ends are about eight times as long. */
export function enoughEpochs(epochs: number): number {
  return hasTensorFlow ? epochs : Math.ceil(epochs / 8);
}

/** TensorFlow, or the JavaScript back end, which has every gradient. */
export function testBackend(): Promise<Backend> {
  const folder = testRuntime();
  return folder === null ? loadPortable('cpu') : loadTensorFlow(folder);
}
