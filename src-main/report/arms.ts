/** Arms, runs and tasks of an experiment as the sections ask for them. */
import type { Cell } from '../contract/blocks.ts';
import type { ArmDocument, ComparisonDocument, ExperimentDocument, MetricId, ReportInput, RunDocument, Series, TaskDocument } from '../contract/results.ts';
import { median } from './directions.ts';
import { bestArm } from '../stats/comparison.ts';

/** The number by which an arm is coloured everywhere: 0 for the baseline, then the auxiliary arms in the plan's order. */
export function armNumber(experiment: ExperimentDocument, armId: string): number {
  if (baselineArm(experiment)?.id === armId) return 0;
  return auxiliaryArms(experiment).findIndex(({ id }) => id === armId) + 1;
}

export function baselineArm(experiment: ExperimentDocument): ArmDocument | undefined {
  return experiment.arms.find(({ role }) => role === 'baseline');
}

export function auxiliaryArms(experiment: ExperimentDocument): readonly ArmDocument[] {
  return experiment.arms.filter(({ role }) => role === 'auxiliary');
}

/** Baseline first, whatever the document's order. */
export function orderedArms(experiment: ExperimentDocument): readonly ArmDocument[] {
  const baseline = baselineArm(experiment);
  return baseline === undefined ? auxiliaryArms(experiment) : [baseline, ...auxiliaryArms(experiment)];
}

export function armTitle(experiment: ExperimentDocument, armId: string): string {
  return experiment.arms.find(({ id }) => id === armId)?.title ?? armId;
}

export function armCell(experiment: ExperimentDocument, arm: ArmDocument): Cell {
  return { text: arm.title, arm: armNumber(experiment, arm.id) };
}

export function finishedRuns(arm: ArmDocument): readonly RunDocument[] {
  return arm.runs.filter(({ status }) => status === 'finished');
}

/** Median over the finished runs of an arm, by which the overhead is reckoned too: other work on the machine slows single runs down. */
export function usualStepMs(arm: ArmDocument): number | null {
  const usual = median(finishedRuns(arm).flatMap(({ stepMs }) => stepMs ?? []));
  return Number.isNaN(usual) ? null : usual;
}

export function mainTask(experiment: ExperimentDocument): TaskDocument | undefined {
  return experiment.arms.flatMap(({ tasks }) => tasks).find(({ id }) => id === 'main');
}

export function auxiliaryTasks(arm: ArmDocument): readonly TaskDocument[] {
  return arm.tasks.filter(({ id }) => id !== 'main');
}

/** Auxiliary tasks of all arms, each id once, in order of appearance. */
export function allAuxiliaryTasks(experiment: ExperimentDocument): readonly TaskDocument[] {
  const seen = new Map<string, TaskDocument>();
  for (const task of experiment.arms.flatMap(auxiliaryTasks)) if (!seen.has(task.id)) seen.set(task.id, task);
  return [...seen.values()];
}

/** Every recorded series of this name, one a run. */
export function seriesOf(input: ReportInput, arm: ArmDocument, name: string): readonly { readonly run: RunDocument; readonly series: Series }[] {
  return arm.runs.flatMap((run) => {
    const series = input.series.get(run.id)?.find((candidate) => candidate.name === name);
    return series === undefined || series.steps.length === 0 ? [] : [{ run, series }];
  });
}

/** Finite values of one metric over the finished runs of an arm. */
export function metricValues(arm: ArmDocument, split: 'train' | 'validation' | 'test', task: string, metric: MetricId | 'loss'): number[] {
  return finishedRuns(arm)
    .map((run) => run[split][task]?.[metric])
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
}

/** The comparison behind the experiment's own verdict. */
export function headline(experiment: ExperimentDocument): ComparisonDocument | undefined {
  return experiment.comparisons[Math.max(0, bestArm(experiment.comparisons))];
}

/** Seeds of the pairs that a failed run of the baseline or of this arm has broken. */
export function failedSeeds(experiment: ExperimentDocument, armId: string): readonly number[] {
  const arms = experiment.arms.filter(({ id, role }) => role === 'baseline' || id === armId);
  const seeds = arms.flatMap(({ runs }) => runs.filter(({ status }) => status === 'failed').map(({ seed }) => seed));
  return [...new Set(seeds)].sort((a, b) => a - b);
}
