/** The numbers of an experiment as CSV files (RFC 4180), unrounded, in the metrics' stored units. */
import { figureCell } from '../contract/figures.ts';
import type { ReportInput, RunDocument, TaskMetrics } from '../contract/results.ts';
import { allAuxiliaryTasks, armTitle, orderedArms } from './arms.ts';
import { taskFacts } from './taskFacts.ts';

type CsvCell = string | number | null | undefined;

/** Text of each file by its name: runs.csv, comparisons.csv, tasks.csv, points.csv. */
export function reportCsv(input: ReportInput): Map<string, string> {
  return new Map([
    ['runs.csv', csv(runRows(input))],
    ['comparisons.csv', csv(comparisonRows(input))],
    ['tasks.csv', csv(taskRows(input))],
    ['points.csv', csv(pointRows(input))],
  ]);
}

/** Lines ended by CR LF. A text that a spreadsheet would take for a formula is preceded by an apostrophe; numbers are written as they are. */
export function csv(rows: Iterable<readonly CsvCell[]>): string {
  const lines: string[] = [];
  for (const row of rows) lines.push(row.map(csvCell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function csvCell(value: CsvCell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return figureCell(value);
  const guarded = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) || guarded !== guarded.trim() ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

const splits = ['train', 'validation', 'test'] as const;

function* runRows({ experiment }: ReportInput): Iterable<readonly CsvCell[]> {
  const runs = orderedArms(experiment).flatMap((arm) => arm.runs.map((run) => ({ arm, run })));
  const metrics = [...new Set(runs.flatMap(({ run }) => splits.flatMap((split) => metricNames(run[split]).map((name) => `${split}/${name}`))))];
  yield [
    'experiment',
    'arm',
    'arm_title',
    'role',
    'method',
    'run',
    'seed',
    'status',
    'error',
    'epochs',
    'steps',
    'selected_epoch',
    'wall_ms',
    'step_ms',
    'parameters_total',
    'parameters_deployed',
    'final_weights_sha256',
    'main_weights_sha256',
    ...metrics,
  ];
  for (const { arm, run } of runs) {
    const { parameters } = run;
    yield [
      ...[experiment.experimentId, arm.id, arm.title, arm.role, arm.method, run.id, run.seed, run.status, run.error, run.epochs, run.steps, run.selectedEpoch],
      ...[run.wallMs, run.stepMs, parameters?.total, parameters?.deployed, run.finalWeightsSha256, run.mainWeightsSha256],
      ...metrics.map((name) => metricOf(run, name)),
    ];
  }
}

/** 'main/accuracy' of every task and metric that was measured. */
function metricNames(metrics: TaskMetrics): string[] {
  return Object.entries(metrics).flatMap(([task, values]) => Object.keys(values).map((metric) => `${task}/${metric}`));
}

function metricOf(run: RunDocument, name: string): CsvCell {
  const [split = '', ...rest] = name.split('/');
  const metric = rest.pop() ?? '';
  const metrics = split === 'train' ? run.train : split === 'validation' ? run.validation : run.test;
  return Object.entries(metrics[rest.join('/')] ?? {}).find(([key]) => key === metric)?.[1];
}

function* comparisonRows({ experiment }: ReportInput): Iterable<readonly CsvCell[]> {
  yield [
    'arm',
    'arm_title',
    'verdict',
    'metric',
    'margin',
    'pairs',
    'mean_difference',
    'low',
    'high',
    'standard_deviation',
    't_p',
    'sign_flip_p',
    'adjusted_low',
    'adjusted_high',
    'adjusted_p',
    'overhead_percent',
    'pairs_still_needed',
    'gap_baseline',
    'gap_auxiliary',
    'gap_difference',
    'validation_difference',
    'seed',
    'baseline_test',
    'auxiliary_test',
    'difference',
  ];
  for (const comparison of experiment.comparisons) {
    const { difference, adjusted, gap } = comparison;
    const shared: CsvCell[] = [
      ...[
        comparison.arm,
        armTitle(experiment, comparison.arm),
        comparison.verdict,
        experiment.metric,
        experiment.margin,
        difference.pairs,
        difference.mean,
        difference.low,
        difference.high,
      ],
      ...[
        comparison.standardDeviation,
        comparison.tP,
        comparison.signFlipP,
        adjusted.low,
        adjusted.high,
        adjusted.p,
        comparison.overheadPercent,
        comparison.pairsStillNeeded,
      ],
      ...[gap?.baseline, gap?.auxiliary, gap?.difference, comparison.validationDifference],
    ];
    if (comparison.differences.length === 0) yield [...shared, null, null, null, null];
    for (const pair of comparison.differences) yield [...shared, pair.seed, pair.baseline, pair.auxiliary, pair.difference];
  }
}

function* taskRows({ experiment }: ReportInput): Iterable<readonly CsvCell[]> {
  const facts = taskFacts.map(({ column }) => column);
  yield ['arm', 'arm_title', 'task', 'role', 'target', ...facts, 'method', 'metric', 'classes', 'run', 'seed', 'split', 'measure', 'value'];
  const auxiliary = new Set(allAuxiliaryTasks(experiment).map(({ id }) => id));
  for (const arm of orderedArms(experiment)) {
    for (const task of arm.tasks) {
      const role = auxiliary.has(task.id) ? 'auxiliary' : 'main';
      const told = taskFacts.map(({ value }) => value(task));
      const shared: CsvCell[] = [arm.id, arm.title, task.id, role, task.target, ...told, arm.method, task.metric, task.classes?.length];
      const values = arm.runs.flatMap((run) =>
        splits.flatMap((split) => Object.entries(run[split][task.id] ?? {}).map(([measure, value]): CsvCell[] => [run.id, run.seed, split, measure, value])),
      );
      if (values.length === 0) yield [...shared, null, null, null, null, null];
      for (const value of values) yield [...shared, ...value];
    }
  }
}

function* pointRows({ experiment, series }: ReportInput): Iterable<readonly CsvCell[]> {
  yield ['arm', 'run', 'seed', 'series', 'step', 'value'];
  for (const arm of orderedArms(experiment)) {
    for (const run of arm.runs) {
      for (const { name, steps, values } of series.get(run.id) ?? []) {
        for (const [i, step] of steps.entries()) yield [arm.id, run.id, run.seed, name, step, values[i]];
      }
    }
  }
}
