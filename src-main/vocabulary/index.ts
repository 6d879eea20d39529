/** All that a plan can name beside methods and networks, for whoever lists it: the command line, the README, a test. */
import { losses } from './losses/index.ts';
import { metrics } from './metrics/index.ts';
import { optimizers } from './optimizers/index.ts';
import type { ParamSpecs } from './params.ts';
import { rateSchedules } from './rateSchedules/index.ts';
import { weightSchedules } from './weightSchedules/index.ts';

/** One entry, as far as all kinds have it. */
export interface Word {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly source?: string;
  readonly params?: ParamSpecs;
}

export interface WordList {
  readonly title: string;
  readonly option: string; // of the command line, where an entry is chosen
  readonly words: readonly Word[];
}

export const vocabulary: readonly WordList[] = [
  { title: 'Metrics', option: 'metric', words: metrics },
  { title: 'Losses', option: 'loss', words: losses },
  { title: 'Schedules of auxiliary weights', option: 'schedule', words: weightSchedules },
  { title: 'Optimizers', option: 'optimizer', words: optimizers },
  { title: 'Schedules of the learning rate', option: 'learning-rate-schedule', words: rateSchedules },
];
