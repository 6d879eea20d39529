/** The environment of engine workers. What an experiment carries is closed (contract/environment.ts); everything else is the computer's own. */
import * as v from 'valibot';
import { HostVariables, RunEnvironment, switchNames, switchValue } from '../../contract/environment.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that change the bits, as they will be for every run of an experiment.
 *  @param env the computer's own; switches that the person has set there are taken over */
export function pinnedEnvironment(threads: number, env: Variables): RunEnvironment {
  const pinned: Record<string, string> = {
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: String(threads),
    OMP_NUM_THREADS: String(threads),
    TF_ENABLE_ONEDNN_OPTS: '1',
  };
  for (const name of switchNames) {
    const value = switchValue(name, env[name]);
    if (value !== undefined) pinned[name] = value;
  }
  return v.parse(RunEnvironment, pinned);
}

/** What the computer has set besides that changes the bits. */
export function hostVariables(env: Variables): HostVariables {
  const found = Object.keys(HostVariables.entries).flatMap((name) => (env[name] === undefined ? [] : [[name, env[name].slice(0, 10_000)] as const]));
  return v.parse(HostVariables, Object.fromEntries(found));
}

/** The names of those that are no longer what they were when an experiment began: its bits cannot be repeated then. */
export function changedHostVariables(recorded: HostVariables, env: Variables): string[] {
  const now: Readonly<Record<string, string>> = hostVariables(env);
  const before: Readonly<Record<string, string>> = recorded;
  return Object.keys(HostVariables.entries).filter((name) => now[name] !== before[name]);
}

/** Everything a worker process gets: the lab's own environment, quiet TensorFlow, memory on the GPU as needed, and the pinned variables on top.
 *  @param codeCache folder of Node's compiled code, which spares a worker about a quarter of its start */
export function workerEnvironment(pinned: RunEnvironment, env: Variables, codeCache: string): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined && !Object.hasOwn(RunEnvironment.entries, name)) own[name] = value;
  return { NODE_COMPILE_CACHE: codeCache, ...own, TF_CPP_MIN_LOG_LEVEL: '2', TF_FORCE_GPU_ALLOW_GROWTH: 'true', ...v.parse(RunEnvironment, pinned) };
}
