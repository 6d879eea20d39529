/** The losses, in the order the user sees; the first of a kind is its usual one. */
import { entryById } from '../lookup.ts';
import type { TaskKindId } from '../taskKinds.ts';
import { crossEntropy } from './crossEntropy.ts';
import { focal } from './focal.ts';
import { huber } from './huber.ts';
import type { Loss } from './loss.ts';
import { mse } from './mse.ts';

const list = [
  crossEntropy, //
  focal,
  mse,
  huber,
] as const;

export type LossId = (typeof list)[number]['id'];

export const losses: readonly Loss<LossId>[] = list;
export const lossIds: readonly LossId[] = list.map(({ id }) => id);

export function lossOf(id: LossId): Loss<LossId> {
  return entryById(losses, id);
}

/** The losses by which a task of this kind can be learned. */
export function lossesOf(kind: TaskKindId): readonly LossId[] {
  return losses.filter((entry) => entry.kind === kind).map(({ id }) => id);
}

export function usualLoss(kind: TaskKindId): LossId {
  return lossesOf(kind)[0] ?? 'cross-entropy';
}
