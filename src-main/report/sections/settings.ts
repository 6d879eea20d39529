/** The plan as it ran: what all arms share, and what sets them apart. */
import type { ReportBlock } from '../../contract/blocks.ts';
import type { ArmDocument, ExperimentDocument, TaskDocument } from '../../contract/results.ts';
import { lossOf, type LossId } from '../../vocabulary/losses/index.ts';
import { optimizerOf } from '../../vocabulary/optimizers/index.ts';
import { ownValues } from '../../vocabulary/params.ts';
import { rateScheduleOf } from '../../vocabulary/rateSchedules/index.ts';
import { armCell, auxiliaryTasks, mainTask, orderedArms } from '../arms.ts';
import type { Section } from '../section.ts';
import { taskFacts } from '../taskFacts.ts';
import { counted, formatNumber, mainMetric, marginAmount } from '../words.ts';

interface Entry {
  readonly key: string;
  readonly value: string;
}

export const settingsSection: Section = {
  id: 'settings',
  title: 'Settings',
  appliesTo: () => true,
  blocks({ experiment }) {
    return [
      { kind: 'key-value', caption: 'The same in every arm', entries: [...sharedEntries(experiment), ...trainingEntries(experiment)] },
      armsTable(experiment),
    ];
  },
};

function sharedEntries(experiment: ExperimentDocument): Entry[] {
  const { plan } = experiment;
  const metric = mainMetric(experiment);
  const main = mainTask(experiment);
  const { trainFraction, format } = plan.data;
  const network = [plan.network.id ?? 'chosen from the data', paramText(plan.network.params ?? {})].filter((part) => part !== '').join(', ');
  return [
    { key: 'Data', value: `${plan.data.source}${format === undefined ? '' : ` (${format})`}` },
    ...Object.entries(plan.data.parts ?? {}).flatMap(([part, path]) => (path === undefined ? [] : [{ key: `Data of the ${part} part`, value: path }])),
    { key: 'Split', value: splitText(experiment) },
    ...(trainFraction < 1 ? [{ key: 'Training data used', value: `${percent(trainFraction)} of the training split` }] : []),
    {
      key: 'Main task',
      value: main === undefined ? plan.main.target : `${main.target}, ${main.kind}${main.classes === null ? '' : ` into ${main.classes.length} classes`}`,
    },
    ...(plan.main.loss === undefined ? [] : [{ key: 'Main loss', value: lossText(plan.main, plan.main.loss) }]),
    { key: 'Main metric', value: `${metric.name}, ${experiment.higherIsBetter ? 'higher' : 'lower'} is better` },
    { key: 'Difference worth having', value: marginAmount(metric) },
    { key: 'Network', value: network },
    { key: 'Pairs', value: `${counted(plan.repeats, 'pair')} planned, first seed ${experiment.provenance.seeds[0] ?? plan.seed}` },
  ];
}

function trainingEntries({ plan }: ExperimentDocument): Entry[] {
  const { epochs, batch, optimizer, learningRateSchedule: rate, clipNorm, earlyStopping, augment, maxSteps } = plan.training;
  const entry = rateScheduleOf(rate.id);
  const schedule = entry.words(ownValues(entry.params, rate));
  const { warmUp = 0 } = rate;
  return [
    {
      key: 'Epochs',
      value: `${epochs}${earlyStopping === undefined ? '' : `, stopped after ${counted(earlyStopping.patience, 'epoch')} without improvement`}`,
    },
    ...(maxSteps === undefined ? [] : [{ key: 'Most steps', value: formatNumber(maxSteps, 0) }]),
    { key: 'Batch', value: counted(batch, 'row') },
    { key: 'Optimizer', value: [optimizer.id, ...optimizerDetails(optimizer)].join(', ') },
    { key: 'Learning rate', value: `${optimizer.learningRate}, ${schedule}${warmUp > 0 ? `, after ${counted(warmUp, 'epoch')} of warm-up` : ''}` },
    ...(clipNorm === undefined ? [] : [{ key: 'Gradient clipped to norm', value: String(clipNorm) }]),
    ...(augment === undefined
      ? []
      : [
          {
            key: 'Augmentation',
            value:
              [augment.flip ? 'flip' : '', augment.shift > 0 ? `shift by ${augment.shift}` : '', augment.crop > 0 ? `crop of ${percent(augment.crop)}` : '']
                .filter(Boolean)
                .join(', ') || 'none',
          },
        ]),
  ];
}

/** 'focal, gamma 2, label smoothing 0.1' */
function lossText({ lossParams = {}, labelSmoothing, classWeights }: ExperimentDocument['plan']['main'], id: LossId): string {
  const params = Object.entries(ownValues(lossOf(id).params, lossParams)).map(([name, value]) => `${name} ${String(value)}`);
  return [
    id,
    ...params,
    ...(labelSmoothing > 0 ? [`label smoothing ${labelSmoothing}`] : []),
    ...(classWeights === 'none' ? [] : [`class weights ${classWeights}`]),
  ].join(', ');
}

function optimizerDetails(optimizer: ExperimentDocument['plan']['training']['optimizer']): readonly string[] {
  const { weightDecay = 0 } = optimizer;
  const entry = optimizerOf(optimizer.id);
  return [...entry.words(ownValues(entry.params, optimizer)), ...(weightDecay > 0 ? [`weight decay ${weightDecay}`] : [])];
}

function armsTable(experiment: ExperimentDocument): ReportBlock {
  return {
    kind: 'table',
    caption: 'What sets the arms apart',
    columns: [
      { title: 'Arm' },
      { title: 'Auxiliary task' },
      ...taskFacts.map(({ title, align }) => ({ title, ...(align !== undefined && { align }) })),
      { title: 'Method' },
    ],
    rows: orderedArms(experiment).flatMap((arm) => {
      const tasks = auxiliaryTasks(arm);
      if (tasks.length === 0) return [[armCell(experiment, arm), { text: 'none' }, ...taskFacts.map(() => ({ text: '' })), { text: '' }]];
      return tasks.map((task, i) => [i === 0 ? armCell(experiment, arm) : { text: '' }, ...taskCells(arm, task, i)]);
    }),
  };
}

function taskCells(arm: ArmDocument, task: TaskDocument, place: number): { text: string }[] {
  const method = [arm.method, paramText(arm.methodParams)].filter((part) => part !== '').join(', ');
  return [
    { text: task.id === task.target ? task.id : `${task.id} (target ${task.target})` },
    ...taskFacts.map(({ words }) => ({ text: words(task) })),
    { text: place === 0 ? method : '' },
  ];
}

function paramText(params: Readonly<Record<string, number | boolean | string>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}

function percent(share: number): string {
  return `${formatNumber(share * 100, Number.isInteger(Math.round(share * 1e6) / 1e4) ? 0 : 1)} %`;
}

/** The shares that were asked for; where a column of the data says which row belongs where, the rows that came of it. */
function splitText({ plan, provenance }: ExperimentDocument): string {
  const { split } = plan.data;
  if (split.kind === 'column') {
    const { train, validation, test } = provenance.data.split;
    return (
      `as the column ${split.column ?? ''} says: ${formatNumber(train, 0)} training, ` +
      `${formatNumber(validation, 0)} validation and ${formatNumber(test, 0)} test rows`
    );
  }
  const by = split.column === undefined ? '' : ` by ${split.column}`;
  return `${split.kind}${by}: ${percent(split.train)} training, ${percent(split.validation)} validation, ${percent(split.test)} test`;
}
