/** The command line that runs the same plan. Everything that differs from a default is written out. */
import * as v from 'valibot';
import { LearningRatePlan, OptimizerPlan, Plan, SplitPlan, type PlanInput, type TrainingPlan } from '../../contract/plan.ts';
import { program } from '../../contract/programName.ts';
import type { ParamSpecs } from '../../contract/params.ts';
import { writeReadingFlags } from '../../contract/readingFlags.ts';
import { lossOf, usualLoss } from '../../vocabulary/losses/index.ts';
import { optimizerOf } from '../../vocabulary/optimizers/index.ts';
import { rateScheduleOf } from '../../vocabulary/rateSchedules/index.ts';
import { weightScheduleOf } from '../../vocabulary/weightSchedules/index.ts';

export interface PlanCommand {
  readonly command: string;
  readonly isComplete: boolean; // `auxlab compare` says all of it; else the plan goes into a file first
  readonly note: string;
}

type Complete = Plan;
type Auxiliary = Complete['arms'][number]['auxiliaries'][number];

/** @throws ValiError when the plan is not one; check it first */
export function planCommand(input: PlanInput): PlanCommand {
  const plan = v.parse(Plan, input);
  const gap = whatCompareCannotSay(plan);
  if (gap === null) return { command: compareCommand(plan), isComplete: true, note: 'This command runs the same comparison.' };
  return {
    command: `${program} run plan.json`,
    isComplete: false,
    note: `"auxlab compare" cannot say ${gap}. Export the plan as plan.json first; this command runs it.`,
  };
}

function whatCompareCannotSay({ data, main, arms, training, question, name }: Complete): string | null {
  const [first, ...others] = arms;
  if (question?.includes('\n') === true) return 'a question of several lines';
  const words = [
    data.source,
    name ?? '',
    question ?? '',
    main.target,
    ...Object.keys(data.roles),
    ...Object.keys(data.types ?? {}),
    data.parts?.validation ?? '',
    data.parts?.test ?? '',
    data.options.sheet ?? '',
    data.options.entry ?? '',
    ...arms.flatMap((arm) => arm.auxiliaries.map(({ target }) => target)),
  ];
  if (words.some((word) => /[\u0000-\u001f\u007f-\u009f]/.test(word))) return 'a name with control characters';
  if (words.some((word) => word.startsWith('-'))) return 'a name that begins with a hyphen';
  const shared = JSON.stringify(first?.auxiliaries.map(withoutId));
  if (others.some((arm) => JSON.stringify(arm.auxiliaries.map(withoutId)) !== shared)) return 'that arms have different auxiliary tasks';
  for (const task of [main, ...arms.flatMap((arm) => arm.auxiliaries)]) {
    if (task.labelSmoothing !== 0 || task.classWeights !== 'none') return `the loss options of "${task.target}"`;
  }
  if (arms.some((arm) => arm.auxiliaries.some(({ enabled }) => !enabled))) return 'that a task is switched off';
  const split = (first?.auxiliaries ?? []).find(({ target }) => target !== main.target && lossesOn(target, first?.auxiliaries ?? []) > 1);
  if (split !== undefined) return `that tasks on "${split.target}" have different losses`;
  const places = (first?.auxiliaries ?? []).map(({ target, depth }) => `${target}@${depth}`);
  if (new Set(places).size < places.length) return 'two tasks at one place';
  if (training.logEvery !== 1) return 'how often points are recorded';
  return arms.some(({ title }) => title !== undefined) ? 'what you called an arm' : null;
}

function withoutId({ id: _, ...rest }: Auxiliary): Omit<Auxiliary, 'id'> {
  return rest;
}

function compareCommand(plan: Complete): string {
  const { data, main, training, engine } = plan;
  const [arm] = plan.arms;
  const auxiliaries = arm?.auxiliaries ?? [];
  const words: string[] = ['compare', data.source];
  const add = (option: string, value: string | number | undefined, usual?: string | number): void => {
    if (value !== undefined && value !== usual) words.push(`--${option}`, String(value));
  };
  add('main', main.target);
  for (const { target, depth, weight } of auxiliaries) add('aux', `${target}${depth === 'end' ? '' : `@${depth}`}=${weight}`);
  const kinds = new Map([main, ...auxiliaries].flatMap(({ target, kind }) => (kind === undefined ? [] : [[target, kind] as const])));
  for (const [target, kind] of kinds) add(kind, target);
  addLosses(main, auxiliaries, add);
  for (const { method } of plan.arms) if (plan.arms.length > 1 || method.id !== 'fixed') add('method', withParams(method.id, method.params));
  for (const { target, depth, schedule } of auxiliaries) {
    const { id, ...params } = schedule;
    if (id !== 'constant')
      add('schedule', `${target}${depth === 'end' ? '' : `@${depth}`}=${withParams(id, params, weightScheduleOf(id).params, ['from', 'to'])}`);
  }
  for (const { target, depth, balanced, bounds } of auxiliaries) {
    const name = depth === 'end' ? target : `${target}@${depth}`;
    if (!balanced) add('freeze', name);
    if (bounds !== undefined) add('bounds', `${name}=${bounds.min}..${bounds.max}`);
  }
  if (plan.network.id !== undefined) add('network', withParams(plan.network.id, plan.network.params));
  add('metric', main.metric);
  add('margin', plan.margin);
  add('repeats', plan.repeats, 6);
  add('seed', plan.seed, 1);
  add('name', plan.name);
  add('question', plan.question);
  addTraining(training, add);
  addData(data, add);
  add('backend', engine.backend, 'auto');
  add('mode', engine.mode, 'captured');
  add('workers', engine.workers);
  add('threads', engine.threads);
  return [program, ...words.map(quoted)].join(' ');
}

type Add = (option: string, value: string | number | undefined, usual?: string | number) => void;

/** An intermediate classifier without a loss of its own has the main task's. */
function addLosses(main: Complete['main'], auxiliaries: readonly Auxiliary[], add: Add): void {
  const mainLoss = lossText(main);
  if (mainLoss !== null && mainLoss !== usualText(main.kind)) add('loss', mainLoss);
  for (const auxiliary of auxiliaries) {
    const text = lossText(auxiliary);
    const expected = auxiliary.target === main.target ? mainLoss : usualText(auxiliary.kind);
    if (text !== null && text !== expected) add('loss', `${auxiliary.target}${auxiliary.depth === 'end' ? '' : `@${auxiliary.depth}`}=${text}`);
  }
}

function lossesOn(target: string, auxiliaries: readonly Auxiliary[]): number {
  return new Set(auxiliaries.filter((auxiliary) => auxiliary.target === target).map(lossText)).size;
}

function lossText({ loss, lossParams = {} }: Pick<Auxiliary, 'loss' | 'lossParams'>): string | null {
  return loss === undefined ? null : withParams(loss, lossParams, lossOf(loss).params);
}

function usualText(kind: Auxiliary['kind']): string | null {
  return kind === undefined ? null : usualLoss(kind);
}

function addTraining(training: TrainingPlan, add: Add): void {
  const { id: optimizer, learningRate, ...optimizerParams } = training.optimizer;
  const { id: rate, ...rateParams } = training.learningRateSchedule;
  add('epochs', training.epochs, 10);
  add('batch', training.batch, 64);
  add('learning-rate', learningRate, v.getDefaults(OptimizerPlan).learningRate);
  add('optimizer', withParams(optimizer, optimizerParams, optimizerOf(optimizer).params), v.getDefaults(OptimizerPlan).id);
  add('learning-rate-schedule', withParams(rate, rateParams, rateScheduleOf(rate).params), v.getDefaults(LearningRatePlan).id);
  add('clip', training.clipNorm);
  if (training.earlyStopping !== undefined)
    add('early-stopping', `${training.earlyStopping.patience}${training.earlyStopping.minDelta === 0 ? '' : `:minDelta=${training.earlyStopping.minDelta}`}`);
  if (training.augment !== undefined)
    add(
      'augment',
      Object.entries(training.augment)
        .filter(([, value]) => value !== 0 && value !== false)
        .map(([name, value]) => (value === true ? name : `${name}=${value}`))
        .join(','),
    );
  add('diagnostics-every', training.diagnosticsEvery);
  add('max-steps', training.maxSteps);
}

function addData(data: Complete['data'], add: Add): void {
  const { options, split, roles, parts: files, types = {} } = data;
  add('format', data.format);
  for (const [flag, text] of writeReadingFlags(options)) add(flag, text);
  for (const text of options.missing ?? []) add('missing', text);
  if (options.width !== undefined && options.height !== undefined) add('image-size', `${options.width}x${options.height}`);
  add('validation-data', files?.validation);
  add('test-data', files?.test);
  for (const [column, type] of Object.entries(types)) add('type', `${column}=${type}`);
  for (const [column, role] of Object.entries(roles)) add('role', `${column}=${role}`);
  const { kind, column, ...shares } = split;
  const given = Object.entries({ ...shares }).filter(
    ([name, value]) => value !== undefined && value !== (v.getDefaults(SplitPlan) as Record<string, unknown>)[name],
  );
  const parts = [...(column === undefined ? [] : [`column=${column}`]), ...(kind === 'column' ? [] : given.map(([name, value]) => `${name}=${value}`))];
  if (kind !== 'stratified' || parts.length > 0) add('split', [kind, parts.join(',')].filter((part) => part !== '').join(':'));
  add('train-fraction', data.trainFraction, 1);
}

/** 'id:name=value,...' with what differs from the defaults. @param always written even so */
function withParams(id: string, params: Readonly<Record<string, unknown>>, specs: ParamSpecs = {}, always: readonly string[] = []): string {
  const given = Object.entries(params).filter(([name, value]) => always.includes(name) || specs[name]?.default !== value);
  return given.length === 0 ? id : `${id}:${given.map(([name, value]) => `${name}=${String(value)}`).join(',')}`;
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
