/** A set of pictures that may be larger than memory when it is decoded: it is made, looked at and trained on, while the memory of all processes is watched;
 *  then the same network trains on a set that fits. */
import { join } from 'node:path';
import type { ExperimentDocument } from '../../../src-main/contract/results.ts';
import { writePictures } from '../made/pictures.ts';
import { watchedCli, type WatchedRun } from './watched.ts';

export interface LargePictures {
  readonly decodedBytes: number;
  readonly look: WatchedRun & { readonly rows: number };
  readonly training: WatchedRun & { readonly document: ExperimentDocument };
  readonly stepsASecond: number;
  readonly stepsASecondOfFew: number; // with few pictures, which every process may hold
}

export interface PicturesOrder {
  readonly count: number;
  readonly few: number; // pictures of the set that fits
  readonly side: number; // pixels
  readonly steps: number;
  readonly network: string; // as for --network
  readonly batch: number;
  readonly words?: readonly string[]; // further ones of `compare`
}

const enoughSteps = 100; // for a median; of very few each is a look at the gradients, which counts as none
const judged = 60; // pictures of validation and of the test each: they are not what is measured

/** @param folder empty; pictures and data directories lie in it */
export async function largePictures(folder: string, { count, few, side, steps, network, batch, words = [] }: PicturesOrder): Promise<LargePictures> {
  const train = async (name: string, pictures: number, most: number): Promise<Pick<LargePictures, 'look' | 'training'>> => {
    const [source, home] = [join(folder, name), join(folder, `${name}-home`)];
    await writePictures(source, { count: pictures, side });
    const look = await watchedCli(home, ['data', 'inspect', source, '--json']);
    const share = Math.min(0.15, judged / pictures);
    const training = await watchedCli(home, [
      ...['compare', source, '--main', 'class', '--heads', '1', '--network', network, '--batch', String(batch), '--repeats', '1'],
      ...[
        '--split',
        `stratified:train=${1 - 2 * share},validation=${share},test=${share}`,
        '--epochs',
        '1000',
        '--max-steps',
        String(most),
        '--json',
        ...words,
      ],
    ]);
    const told = JSON.parse(look.stdout) as { readonly rows: number }; // what `data inspect --json` prints
    return { look: { ...look, rows: told.rows }, training: { ...training, document: JSON.parse(training.stdout) as ExperimentDocument } }; // the product's own
  };
  const large = await train('large', count, steps);
  const small = await train('few', few, Math.min(steps, enoughSteps));
  return {
    decodedBytes: count * side * side * 3,
    ...large,
    stepsASecond: speedOf(large.training.document),
    stepsASecondOfFew: speedOf(small.training.document),
  };
}

/** Of a median step, its batch included; the mean over all runs. */
function speedOf({ arms }: ExperimentDocument): number {
  const runs = arms.flatMap((arm) => arm.runs);
  return runs.reduce((sum, { stepMs }) => sum + 1000 / (stepMs ?? NaN), 0) / runs.length;
}
