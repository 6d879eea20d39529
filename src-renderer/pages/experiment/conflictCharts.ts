/** What the weights do and where gradients disagree: the data of those charts, out of an experiment and what it recorded. Pure. */
import { lossShares, stripRow, type LossShares, type StripRow } from '../../../src-main/charts/index.ts';
import type { ExperimentDocument } from '../../../src-main/contract/results.ts';
import { allAuxiliaryTasks, armNumber, auxiliaryArms, auxiliaryTasks } from '../../../src-main/report/arms.ts';
import { run as texts } from '../../texts/run.ts';
import type { Recorded } from './experimentCharts.ts';

export interface ArmShares {
  readonly id: string;
  readonly title: string;
  readonly number: number;
  readonly shares: LossShares;
}

/** The recorded series that the shares are made of. */
export function shareNames(document: ExperimentDocument, names: readonly string[]): readonly string[] {
  const tasks = ['main', ...allAuxiliaryTasks(document).map(({ id }) => id)];
  const has = new Set(names);
  return tasks.flatMap((id) => [`weight/${id}`, `loss/${id}`]).filter((name) => has.has(name));
}

/** One stack an auxiliary arm; arms that did not record all of it are left out. */
export function armShares(document: ExperimentDocument, recorded: Recorded): readonly ArmShares[] {
  return auxiliaryArms(document).flatMap((arm) => {
    const of = (name: string) => (recorded.get(name) ?? []).filter((line) => line.arm === arm.id);
    const shares = lossShares(arm.tasks.map(({ id }) => ({ id, title: texts.task(id), weights: of(`weight/${id}`), losses: of(`loss/${id}`) })));
    return shares === null ? [] : [{ id: arm.id, title: arm.title, number: armNumber(document, arm.id), shares }];
  });
}

export function cosineNames(document: ExperimentDocument, names: readonly string[]): readonly string[] {
  const has = new Set(names);
  return allAuxiliaryTasks(document)
    .map(({ id }) => `cosine/${id}`)
    .filter((name) => has.has(name));
}

/** A row for each arm and each of its auxiliary tasks, where gradients were looked at. */
export function conflictRows(document: ExperimentDocument, recorded: Recorded): readonly StripRow[] {
  return auxiliaryArms(document).flatMap((arm) =>
    auxiliaryTasks(arm).flatMap(({ id }) => {
      const lines = (recorded.get(`cosine/${id}`) ?? []).filter((line) => line.arm === arm.id);
      return stripRow(texts.conflictRow(arm.title, texts.task(id)), armNumber(document, arm.id), lines) ?? [];
    }),
  );
}
