/** Loads the TensorFlow binding of a runtime folder under TensorFlow.js. Once a process: TensorFlow cannot be unloaded, nor loaded from two places. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import util from 'node:util';
import type * as tfjs from '@tensorflow/tfjs';
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import { LabError } from '../contract/errors.ts';
import { program } from '../contract/programName.ts';

/** File name of the binding inside every runtime folder. */
export const bindingFile = 'tfjs_binding.node';

export interface LoadedBinding {
  readonly tf: typeof tfjs;
  readonly backend: NodeJSKernelBackend;
  readonly binding: TFJSBinding;
  readonly version: string; // of libtensorflow: '2.21.0'
  readonly isUsingGpu: boolean;
}

let loaded: { readonly folder: string; readonly result: LoadedBinding } | undefined;

/** Registers the back end 'tensorflow' from a runtime folder and makes it the current one.
 *  Thread counts and TF_* variables must be in the environment before the first call.
 *  @throws LabError runtime-missing when the folder holds no binding or the system refuses to load it */
export async function loadBinding(runtimeFolder: string): Promise<LoadedBinding> {
  const folder = resolve(runtimeFolder);
  if (loaded !== undefined) {
    if (loaded.folder === folder) return loaded.result;
    throw new LabError(
      'runtime-missing',
      `This process already uses the runtime in ${loaded.folder}; a process loads one runtime. Start a new process for ${folder}.`,
    );
  }
  const file = join(folder, bindingFile);
  if (!existsSync(file))
    throw new LabError(
      'runtime-missing',
      `There is no TensorFlow runtime in ${folder}: ${bindingFile} is missing. Install one with: ${program} runtime install cpu`,
    );

  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1'; // TensorFlow prints its build flags at level 0
  restoreRemovedUtil();
  const load = createRequire(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json'));
  const binding = openBinding(load, file);
  const tf = load('@tensorflow/tfjs') as typeof tfjs; // require() is untyped; this is the package of that type
  const kernels = load('./dist/nodejs_kernel_backend.js') as { NodeJSKernelBackend: new (binding: TFJSBinding, name: string) => NodeJSKernelBackend };
  load('./dist/register_all_kernels.js');

  const backend = new kernels.NodeJSKernelBackend(binding, '@tensorflow/tfjs-node-gpu');
  tf.registerBackend('tensorflow', () => backend, 3);
  if (!(await tf.setBackend('tensorflow'))) throw new LabError('runtime-missing', `TensorFlow.js did not accept the runtime in ${folder} as its back end.`);
  const result = { tf, backend, binding, version: binding.TF_Version, isUsingGpu: binding.isUsingGpuDevice() };
  loaded = { folder, result };
  return result;
}

/** A refused library says in the system's words what is missing ("libstdc++.so.6: version `GLIBCXX_3.4.30' not found"): those are passed on. */
function openBinding(load: NodeJS.Require, file: string): TFJSBinding {
  try {
    return load(file) as TFJSBinding; // the binding describes itself in tfjs_binding.d.ts
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LabError('runtime-missing', `The TensorFlow runtime ${file} cannot be loaded: ${reason}`, { cause });
  }
}

/** TensorFlow.js 4.22 calls two functions that Node 23 removed from node:util. */
function restoreRemovedUtil(): void {
  const target = util as unknown as Record<string, unknown>; // the removed members have no types any more
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  target['isArray'] = Array.isArray; // still there in Node 24, but it prints a deprecation warning
}
