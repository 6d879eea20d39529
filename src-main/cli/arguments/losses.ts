/** "focal:gamma=2" -> the loss of a task. Pure. */
import { LabError } from '../../contract/errors.ts';
import type { PlanInput } from '../../contract/plan.ts';
import { paramsById } from '../../vocabulary/lookup.ts';
import { losses } from '../../vocabulary/losses/index.ts';
import { readIdWithParams, splitTarget } from './values.ts';

type LossPlan = Pick<PlanInput['main'], 'loss' | 'lossParams'>;

interface LossOption {
  readonly target: string | null;
  readonly plan: LossPlan;
}

/** "--loss ID:..." is for the main task and its intermediate classifiers, "--loss TARGET=ID:..." for another one.
 *  @throws LabError bad-input naming the loss and its parameter */
export function readLosses(texts: readonly string[]): readonly LossOption[] {
  const read = texts.map((text): LossOption => {
    const { target, rest } = splitTarget(text);
    const { id, params } = readIdWithParams('loss', rest, paramsById(losses));
    const loss = losses.find((entry) => entry.id === id)?.id;
    return { target, plan: { loss, ...(Object.keys(params).length > 0 && { lossParams: { ...params } }) } };
  });
  const targets = read.map(({ target }) => target);
  const twice = targets.find((target, at) => targets.indexOf(target) < at);
  if (twice !== undefined)
    throw new LabError(
      'bad-input',
      `Option --loss is given twice for ${twice === null ? 'the main task; name another task as --loss TARGET=ID' : `"${twice}"`}.`,
    );
  return read;
}

/** The loss of a task; {} where none is given.  @param place 'color@block1'  @param isMain it learns the main target, which needs no name */
export function lossFor(read: readonly LossOption[], target: string, place: string, isMain: boolean): LossPlan {
  const named = read.find((option) => option.target === place) ?? read.find((option) => option.target === target);
  return (named ?? (isMain ? read.find((option) => option.target === null) : undefined))?.plan ?? {};
}
