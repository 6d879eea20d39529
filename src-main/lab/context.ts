/** What the parts of a lab share. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { dataShelf, type DataShelf, type ReadData } from './plan/dataShelf.ts';
import { loadData } from './plan/loadData.ts';
import { plansFolder } from './paths.ts';
import { nodeWorkers } from './process/nodeWorker.ts';
import { chooseRuntime, type ChooseRuntime } from './run/runtimeChoice.ts';
import type { Machine } from './run/sharing.ts';
import { usualLimits, type Limits } from './process/workerLink.ts';
import type { StartWorker } from './process/workerProcess.ts';

export interface Clock {
  now(): Date;
}

export interface LabOptions {
  readonly home: string; // the data directory
  readonly startWorker?: StartWorker; // child processes of Node unless told otherwise
  readonly clock?: Clock;
  readonly onNote?: (note: string) => void; // what was decided on the way, a sentence each
  readonly chooseRuntime?: ChooseRuntime;
  readonly machine?: () => Machine;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly samples?: string; // folder of the bundled samples
  readonly limits?: Limits;
  readonly readData?: ReadData; // in this process unless told otherwise
}

export type Context = Required<Omit<LabOptions, 'samples' | 'readData'>> & { readonly data: DataShelf; readonly folders: Folders };

export interface Folders {
  readonly store: string; // file
  readonly checkpoints: string;
  readonly weights: string;
  readonly code: string; // Node's compiled code
  readonly graphs: string; // recorded ones
  readonly plans: string;
}

export function contextOf(options: LabOptions): Context {
  const { home } = options;
  return {
    home,
    startWorker: options.startWorker ?? nodeWorkers(),
    clock: options.clock ?? { now: () => new Date() },
    onNote: options.onNote ?? (() => undefined),
    chooseRuntime: options.chooseRuntime ?? chooseRuntime,
    machine: options.machine ?? (() => ({ cores: availableParallelism(), availableMiB: process.availableMemory() / 2 ** 20 })),
    environment: options.environment ?? process.env,
    limits: options.limits ?? usualLimits,
    data: dataShelf(options.readData ?? ((data) => loadData(data, options.samples)), process.cwd()),
    folders: {
      store: join(home, 'lab.sqlite'),
      checkpoints: join(home, 'checkpoints'),
      weights: join(home, 'weights'),
      code: join(home, 'cache', 'code'),
      graphs: join(home, 'cache', 'graphs'),
      plans: plansFolder(home),
    },
  };
}
