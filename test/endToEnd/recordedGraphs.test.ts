import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { PlanInput } from '../../src-main/contract/plan.ts';
import { createLab } from '../../src-main/lab/lab.ts';
import { nodeWorkers } from '../../src-main/lab/process/nodeWorker.ts';
import type { StartWorker } from '../../src-main/lab/process/workerProcess.ts';
import { methodsOf, withNetworks, withSamples } from '../support/entriesThere.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { needsTensorFlow } from '../support/tensorFlow.ts';

const folder = temporaryFolders();
const plan: PlanInput = {
  format: 'auxlab-plan/1',
  repeats: 2,
  data: { source: 'sample:digits', trainFraction: 0.1 },
  main: { target: 'digit' },
  network: { id: 'cnn' },
  arms: [{ auxiliaries: [{ target: 'parity' }], method: { id: methodsOf('pcgrad', 'fixed')[0] ?? '' } }],
  training: { epochs: 1, maxSteps: 4, batch: 16 },
  engine: { threads: 1, workers: 2 },
};

interface Told {
  readonly type: 'start' | 'record';
  readonly graphAt: number | null; // when the graph of the run was written, as far as it was there when the worker was told
}

/** When a graph was written, in ms; null: it is not there. */
function writtenAt(graphFile: string | undefined): number | null {
  return statSync(graphFile ?? '', { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** What the workers were told, and the weights that came out. */
async function compared(home: string): Promise<{ readonly told: Told[]; readonly weights: unknown }> {
  const told: Told[] = [];
  const start = nodeWorkers();
  const startWorker: StartWorker = (environment) => {
    const worker = start(environment);
    return {
      ...worker,
      send(message) {
        if (message.type === 'start' || message.type === 'record') told.push({ type: message.type, graphAt: writtenAt(message.job.graphFile) });
        worker.send(message);
      },
    };
  };
  const lab = createLab({ home, startWorker });
  const { arms } = await lab.runPlan(plan, {});
  lab.close();
  return { told, weights: arms.map(({ runs }) => runs.map(({ finalWeightsSha256 }) => finalWeightsSha256)) };
}

test(
  'a convolutional comparison records a graph an arm, ahead of the runs, which load it and have the weights of runs that record',
  { ...needsTensorFlow, ...withNetworks('cnn'), ...withSamples('digits') },
  async () => {
    const [home, blocked] = [folder(), folder()];
    const { told, weights } = await compared(home);
    const graphs = path.join(home, 'cache', 'graphs');
    const stamps = readdirSync(graphs).map((name) => writtenAt(path.join(graphs, name)));
    expect(stamps).toHaveLength(2);
    const of = (type: Told['type']): (number | null)[] => told.flatMap((one) => (one.type === type ? [one.graphAt] : []));
    expect(of('record')).toEqual([null, null]);
    expect(of('start').toSorted()).toEqual([...stamps, ...stamps].toSorted()); // there before each run, and not written again
    mkdirSync(path.join(blocked, 'cache'));
    writeFileSync(path.join(blocked, 'cache', 'graphs'), ''); // no graph can be kept
    expect((await compared(blocked)).weights).toEqual(weights);
  },
);
