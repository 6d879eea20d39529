/** The TensorFlow runtime that the runs of an experiment use, or none. */
import { LabError } from '../../contract/errors.ts';
import type { EnginePlan } from '../../contract/plan.ts';
import { ensureRuntime } from '../../runtime/registry.ts';

export interface RuntimeChoice {
  readonly folder: string | null; // null: TensorFlow.js's own back ends
  readonly isGpu: boolean;
  readonly note: string | null; // when TensorFlow was wanted and cannot be had: what is missing and what to do, for the person who waits
}

/** What the record keeps of it: the advice is for the computer and the day. */
export const withoutTensorFlow = "No TensorFlow runtime could be had, so TensorFlow.js's own back end trained, which is slower.";

export interface RuntimeRequest {
  readonly backend: EnginePlan['backend'];
  readonly home: string;
  readonly onMessage: (message: string, fraction: number | null) => void;
  readonly signal?: AbortSignal | undefined;
  readonly preferred?: string | undefined; // the name of an installed runtime
}

export type ChooseRuntime = (request: RuntimeRequest) => Promise<RuntimeChoice>;

/** Installs the CPU runtime at first use.  @throws LabError runtime-missing when the plan insists on TensorFlow, interrupted */
export const chooseRuntime: ChooseRuntime = async ({ backend, home, onMessage, signal, preferred }) => {
  if (backend === 'wasm' || backend === 'cpu') return { folder: null, isGpu: false, note: null };
  const { runtime, reason } = await ensureRuntime({ home, signal, preferred, onProgress: ({ message, fraction }) => onMessage(message, fraction) });
  if (runtime !== null) return { folder: runtime.folder, isGpu: runtime.record?.selfTest?.device === 'GPU', note: null };
  if (backend === 'tensorflow') throw new LabError('runtime-missing', `The plan asks for TensorFlow, which cannot be had: ${reason}`);
  return { folder: null, isGpu: false, note: `${sentence(reason)} Training goes on without TensorFlow, which is slower.` };
};

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
