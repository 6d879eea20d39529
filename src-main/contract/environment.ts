/** The environment variables that change the bits of a result. One table: which of them an experiment carries, and what their values may be. */
import * as v from 'valibot';

const threads = v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/, 'must be a number of threads'));
const onOff = v.picklist(['0', '1']);

/** Thread counts are pinned for every run; the switches are recorded where the person has set them. Values are closed: no path and no further option fits. */
export const RunEnvironment = v.strictObject({
  TF_NUM_INTRAOP_THREADS: v.exactOptional(threads),
  TF_NUM_INTEROP_THREADS: v.exactOptional(threads),
  OMP_NUM_THREADS: v.exactOptional(threads),
  TF_ENABLE_ONEDNN_OPTS: v.exactOptional(onOff),
  TF_DETERMINISTIC_OPS: v.exactOptional(onOff),
  TF_CUDNN_DETERMINISTIC: v.exactOptional(onOff),
  NVIDIA_TF32_OVERRIDE: v.exactOptional(onOff),
  ONEDNN_MAX_CPU_ISA: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Z0-9_]{1,40}$/, 'must be the name of an instruction set'))),
});
export type RunEnvironment = Readonly<v.InferOutput<typeof RunEnvironment>>;

export const switchNames = ['TF_ENABLE_ONEDNN_OPTS', 'TF_DETERMINISTIC_OPS', 'TF_CUDNN_DETERMINISTIC', 'NVIDIA_TF32_OVERRIDE', 'ONEDNN_MAX_CPU_ISA'] as const;

/** These change the bits too, but their values are free text that can write files or pick devices: they are the computer's own, are recorded to be read,
 *  and never travel. */
const freeText = v.exactOptional(v.pipe(v.string(), v.maxLength(10_000)));
export const HostVariables = v.strictObject({ TF_XLA_FLAGS: freeText, XLA_FLAGS: freeText, CUDA_VISIBLE_DEVICES: freeText });
export type HostVariables = Readonly<v.InferOutput<typeof HostVariables>>;

/** A switch as the table has it, from the words that TensorFlow takes; undefined for what it would not understand. */
export function switchValue(name: (typeof switchNames)[number], given: string | undefined): string | undefined {
  const word = given?.trim().toLowerCase();
  const value = name === 'ONEDNN_MAX_CPU_ISA' ? word?.toUpperCase() : word === 'true' ? '1' : word === 'false' ? '0' : word;
  return value !== undefined && v.is(RunEnvironment.entries[name].wrapped, value) ? value : undefined;
}
