/** The lab in the process of its host: the calls that a window has, answered by a desk of its own, and work in the foreground. Composition only. */
import type { Lab } from '../contract/lab.ts';
import type { LabOptions } from './context.ts';
import { openDesk } from './desk/desk.ts';
import { deskClient } from './desk/deskClient.ts';
import { nodeWorkers } from './process/nodeWorker.ts';
import { programVersion } from './record/provenance.ts';
import { chooseRuntime } from './run/runtimeChoice.ts';

export type { Clock, LabOptions } from './context.ts';

/** Opens the lab of a data directory. Runs whose process ended without a word are marked interrupted. Unlike a window's desk it
 *  gives way to nobody, and takes the runtime that the environment names, not the one that a window prefers.
 *  @throws LabError store when the store cannot be opened */
export function createLab(options: LabOptions): Lab {
  const desk = openDesk({
    startWorker: nodeWorkers(),
    chooseRuntime,
    ...options,
    about: { version: programVersion(), home: options.home, host: 'terminal', platform: process.platform, node: process.version },
  });
  const client = deskClient(desk);
  return { ...desk.work, call: (name, input) => client.call(name, input) };
}
