/** What a data set offers, before any plan. */
import type { DatasetPicture } from '../../contract/calls.ts';
import type { SplitPlan } from '../../contract/plan.ts';
import type { DeepReadonly } from '../../contract/readonly.ts';
import type { InputShape } from '../../contract/inputShape.ts';
import type { PreparedDataset } from '../../data/dataset.ts';
import { inputShape, profileColumns, type ValueProfile } from '../../data/profile.ts';
import { guessRoles, possibleTargets, resolveRoles, type Roles } from '../../data/roles.ts';
import { dataAdvice } from '../../data/warnings.ts';
import { networksThatFit } from '../../networks/index.ts';

/** Of a picture of the data what follows from the data alone. */
export type DatasetReport = DeepReadonly<Omit<DatasetPicture, 'sizeBytes' | 'reading' | 'columns'>> & { readonly columns: readonly ValueProfile[] };

/** @param given roles that differ from the guesses   @param split how the rows will be divided, where that was said */
export function describeData(dataset: PreparedDataset, given: Roles = {}, split?: SplitPlan): DatasetReport {
  const guesses = guessRoles(dataset);
  const roles = resolveRoles(dataset, given);
  const advice = dataAdvice(dataset, roles, undefined, split);
  const input = inputShape(dataset, Object.values(roles).filter((role) => role === 'input').length);
  return {
    name: dataset.name,
    source: dataset.source,
    format: dataset.format,
    digest: dataset.digest,
    rows: dataset.rows,
    input,
    columns: profileColumns(dataset, guesses, roles),
    targets: possibleTargets(dataset, roles),
    networks: networksThatFit(exactShape(input)).map(({ id }) => id),
    notes: dataset.notes,
    warnings: advice.map(({ text }) => text),
    remedies: advice.map(({ remedy }) => remedy),
  };
}

/** A picture's input as a network takes it. The picture's own form is wider: it is also made of data without any input, which no plan may have. */
export function exactShape({ kind, shape }: DatasetReport['input']): InputShape {
  const [first = 0, second = 0, third = 0] = shape;
  switch (kind) {
    case 'table':
      return { kind, shape: [first] };
    case 'image':
      return { kind, shape: [first, second, third] };
    case 'sequence':
      return { kind, shape: [first, second] };
    default:
      return kind satisfies never;
  }
}
