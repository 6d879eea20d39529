/** The optimizers, in the order the user sees; the first is the usual one. */
import { entryById } from '../lookup.ts';
import { adagrad } from './adagrad.ts';
import { adam, adamw } from './adam.ts';
import { momentum } from './momentum.ts';
import { nadam } from './nadam.ts';
import type { Optimizer } from './optimizer.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

export const optimizers = [
  adam, //
  adamw,
  nadam,
  sgd,
  momentum,
  rmsprop,
  adagrad,
] as const;

export type OptimizerEntry = (typeof optimizers)[number];
export type OptimizerId = OptimizerEntry['id'];

export function optimizerOf(id: OptimizerId): Optimizer<OptimizerId> {
  return entryById<Optimizer<OptimizerId>>(optimizers, id);
}
