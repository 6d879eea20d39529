/** The environment of engine workers. Thread counts and oneDNN change the bits of a result, so they are pinned and recorded. */

type Variables = Readonly<Record<string, string>>;

/** Set by the user, these change the bits too; they are recorded when they are there. */
const userVariables = [
  'TF_DETERMINISTIC_OPS',
  'TF_CUDNN_DETERMINISTIC',
  'TF_XLA_FLAGS',
  'XLA_FLAGS',
  'ONEDNN_MAX_CPU_ISA',
  'NVIDIA_TF32_OVERRIDE',
  'CUDA_VISIBLE_DEVICES',
] as const;

/** The variables that change the bits, as they will be for every run of an experiment. */
export function pinnedEnvironment(threads: number, env: Readonly<Record<string, string | undefined>>): Variables {
  const pinned: Record<string, string> = {
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: String(threads),
    OMP_NUM_THREADS: String(threads),
    TF_ENABLE_ONEDNN_OPTS: env['TF_ENABLE_ONEDNN_OPTS'] ?? '1',
  };
  for (const name of userVariables) {
    const value = env[name];
    if (value !== undefined) pinned[name] = value;
  }
  return pinned;
}

/** Everything a worker process gets: the lab's own environment, quiet TensorFlow, memory on the GPU as needed, and the pinned variables on top.
 *  @param codeCache folder of Node's compiled code, which spares a worker about a quarter of its start */
export function workerEnvironment(pinned: Variables, env: Readonly<Record<string, string | undefined>>, codeCache: string): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) own[name] = value;
  for (const name of userVariables) delete own[name]; // a resumed run gets the recorded ones or none
  return { NODE_COMPILE_CACHE: codeCache, ...own, TF_CPP_MIN_LOG_LEVEL: '2', TF_FORCE_GPU_ALLOW_GROWTH: 'true', ...pinned };
}
