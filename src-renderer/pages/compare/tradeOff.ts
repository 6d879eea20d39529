/** The main task's test metric against each auxiliary task's own, out of an experiment. Pure. */
import { digitsFor, type Scatter } from '../../../src-main/charts/index.ts';
import type { ExperimentDocument } from '../../../src-main/contract/results.ts';
import { allAuxiliaryTasks, armNumber, auxiliaryArms, baselineArm, finishedRuns, metricValues } from '../../../src-main/report/arms.ts';
import { mainMetric, metricWords } from '../../../src-main/report/words.ts';
import { compare as texts } from '../../texts/compare.ts';

/** One chart an auxiliary task that has been tested. An arm that judges the task by another metric is left out: it could not be compared. */
export function tradeOffs(document: ExperimentDocument): readonly Scatter[] {
  const main = mainMetric(document);
  const baseline = baselineArm(document);
  const levels = baseline === undefined ? [] : metricValues(baseline, 'test', 'main', main.id).map((value) => value * main.scale);
  const level = levels.length === 0 ? null : { title: texts.baselineMean, y: levels.reduce((sum, value) => sum + value, 0) / levels.length };
  return allAuxiliaryTasks(document).flatMap(({ id, metric }): Scatter[] => {
    const words = metricWords(metric);
    const arms = auxiliaryArms(document)
      .filter(({ tasks }) => tasks.some((task) => task.id === id && task.metric === metric))
      .map((arm) => ({
        title: arm.title,
        arm: armNumber(document, arm.id),
        runs: finishedRuns(arm).flatMap(({ seed, test }) => {
          const [x, y] = [(test[id]?.[metric] ?? NaN) * words.scale, (test.main?.[main.id] ?? NaN) * main.scale];
          return Number.isFinite(x) && Number.isFinite(y) ? [{ seed, x, y }] : [];
        }),
      }))
      .filter(({ runs }) => runs.length > 0);
    if (arms.length === 0) return [];
    const unit = (axisUnit: string): string => (axisUnit === '' ? '' : ` (${axisUnit})`);
    const size = Math.max(...arms.flatMap(({ runs }) => runs.map(({ x }) => Math.abs(x))));
    return [
      {
        title: texts.tradeOff(id),
        x: `${texts.testOf(id, words.name)}${unit(words.axisUnit)}`,
        y: `${texts.testOf(texts.mainTask, main.name)}${unit(main.axisUnit)}`,
        xStyle: { digits: words.unit === '%' ? 1 : Math.min(4, digitsFor(size) + 1), unit: words.unit },
        yStyle: main.valueStyle,
        arms,
        level,
      },
    ];
  });
}
