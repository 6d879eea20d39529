/** The one file that loads a tfjs back end: TensorFlow through a runtime folder's binding, or tfjs's own WASM and JavaScript back ends. */
import { createRequire } from 'node:module';
import type { Tensor, Tf } from '../../networks/ops.ts';
import { LabError } from '../../contract/errors.ts';
import { loadBinding } from '../../runtime/loadBinding.ts';

const require = createRequire(import.meta.url);

/** An attribute of a TensorFlow op as the binding takes it. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** What this program uses of tfjs-node's native binding (binding/tfjs_backend.cc). */
export interface Binding {
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_Version: string;
  createTensor(shape: readonly number[], dtype: number, values: ArrayBufferView): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(
    id: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): { readonly id: number; readonly shape: readonly number[]; readonly dtype: number }[];
  isUsingGpuDevice(): boolean;
}

/** tfjs-node's kernel back end: every TensorFlow kernel goes through its two execute methods. */
export interface NativeBackend {
  readonly binding: Binding;
  readonly isUsingGpuDevice: boolean;
  executeSingleOutput(op: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[]): Tensor;
  executeMultipleOutputs(op: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[], outputCount: number): Tensor[];
  getDTypeInteger(dtype: string): number;
  readSync(dataId: object): Float32Array | Int32Array | Uint8Array;
  getNumOfTFTensors(): number;
}

export interface Backend {
  readonly tf: Tf;
  readonly name: 'tensorflow' | 'wasm' | 'cpu';
  readonly version: string;
  readonly device: string;
  readonly native: NativeBackend | null; // only TensorFlow has one
}

/** Loads the TensorFlow of a runtime folder and makes it tfjs's back end. One runtime a process.
 *  @throws LabError runtime-missing when the binding or its libraries do not load */
export async function loadTensorFlow(runtimeFolder: string): Promise<Backend> {
  const loaded = await loadBinding(runtimeFolder);
  const native = loaded.backend as unknown as NativeBackend; // tfjs-node types the attributes of ops more narrowly than its binding takes them
  return { tf: loaded.tf, name: 'tensorflow', version: loaded.version, device: loaded.isUsingGpu ? 'GPU' : 'CPU', native };
}

/** tfjs's own back ends, for machines without a TensorFlow runtime. WASM lacks the gradient kernels of convolutions, so it serves dense networks only. */
export async function loadPortable(name: 'wasm' | 'cpu'): Promise<Backend> {
  const tf = require('@tensorflow/tfjs-core') as Tf;
  tf.enableProdMode(); // without it tfjs prints an advertisement on standard error
  require('@tensorflow/tfjs'); // registers the gradients and the JavaScript back end
  if (name === 'wasm') {
    require('@tensorflow/tfjs-backend-wasm');
    if (!(await tf.setBackend('wasm')))
      throw new LabError('runtime-missing', "The WebAssembly back end does not start on this machine. Set the engine's backend to cpu.");
  } else {
    await tf.setBackend('cpu');
  }
  await tf.ready();
  return { tf, name, version: tf.version_core, device: name === 'wasm' ? 'CPU (WebAssembly)' : 'CPU (JavaScript)', native: null };
}
