/** A transport whose lab is memory: it answers every call of the contract, tests change its answers, break them or hold them back, and tell events. */
import * as v from 'valibot';
import { afterEach, beforeEach, vi } from 'vitest';
import {
  calls,
  isCallName,
  type CallAnswer,
  type CallArguments,
  type CallName,
  type CallOutput,
  type ExperimentLine,
  type LabEvent,
  type RunLine,
} from '../../src-main/contract/calls.ts';
import type { Transport } from '../../src-main/contract/client.ts';
import { LabError, toWire } from '../../src-main/contract/errors.ts';
import { asWritten } from '../../src-main/contract/figures.ts';
import { Plan } from '../../src-main/contract/plan.ts';
import type { ExperimentDocument } from '../../src-main/contract/results.ts';
import { metricIds, type MetricId } from '../../src-main/vocabulary/metrics/index.ts';
import { reportFixture } from '../support/reportFixture.ts';

export type Answers = { [N in CallName]?: (input: CallArguments<N>) => CallAnswer<N> | Promise<CallAnswer<N>> };

export interface FakeLab extends Transport {
  answers: Answers;
  trouble: LabError | null; // every call is refused with it
  readonly asked: { readonly name: string; readonly input: unknown }[];
  names(): readonly string[];
  tell(event: LabEvent): void;
  listeners(): number;
}

export function fakeLab(answers: Answers = {}): FakeLab {
  const listeners = new Set<(event: unknown) => void>();
  const asked: { name: string; input: unknown }[] = [];
  const lab: FakeLab = {
    answers: { ...usualAnswers, ...answers },
    trouble: null,
    asked,
    names: () => asked.map(({ name }) => name),
    tell: (event) => listeners.forEach((listener) => listener(event)),
    listeners: () => listeners.size,
    async call(name, input) {
      asked.push({ name, input });
      try {
        if (lab.trouble !== null) throw lab.trouble;
        if (!isCallName(name)) throw new LabError('bad-input', `There is no call "${name}".`);
        const given: unknown = v.parse(calls[name].input, JSON.parse(JSON.stringify(input)));
        const answer = lab.answers[name] as ((input: unknown) => unknown) | undefined; // name and answer belong together
        if (answer === undefined) throw new LabError('not-found', `The fake lab does not answer ${name}.`);
        return { ok: true, value: JSON.parse(JSON.stringify(await answer(given))) as unknown };
      } catch (error) {
        return { ok: false, error: toWire(error) };
      }
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return lab;
}

/** Lets time pass for the test file that calls it: what waits, debounced work for instance, is due to the millisecond and however busy the machine is.
 *  @returns lets that many milliseconds pass, and what came of them */
export function ownTime(): (ms?: number) => Promise<void> {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  return async (ms = 20) => void (await vi.advanceTimersByTimeAsync(ms));
}

export function line(experimentId: string, part: Partial<ExperimentLine> = {}): ExperimentLine {
  return {
    experimentId,
    name: `Experiment ${experimentId}`,
    created: '2026-11-24T00:31:01.000Z',
    status: 'finished',
    verdict: 'helps',
    runs: 12,
    finishedRuns: 12,
    question: 'Does it help?',
    metric: 'accuracy',
    data: 'flowers.csv',
    tags: [],
    hasNotes: false,
    trashed: null,
    imported: null,
    activity: 'none',
    ...part,
  };
}

export function runLine(at: number, part: Partial<RunLine> = {}): RunLine {
  return {
    runId: `baseline-${at}`,
    experimentId: 'e1',
    experiment: 'Flowers',
    arm: 'baseline',
    armTitle: 'Baseline',
    role: 'baseline',
    seed: at,
    status: 'finished',
    metric: 'accuracy',
    validation: 0.9,
    test: 0.9125,
    steps: 1200,
    wallMs: 65_000,
    started: null,
    error: null,
    ...part,
  };
}

export function plan(part: Record<string, unknown> = {}): Plan {
  return v.parse(Plan, {
    format: 'auxlab-plan/2',
    data: { source: '/data/flowers.csv' },
    main: { target: 'species' },
    network: { id: 'mlp' },
    arms: [{ auxiliaries: [{ target: 'region' }, { target: 'species', depth: 'layer1', weight: 0.2 }] }],
    ...part,
  });
}

export function document(id = 'e1', options: Parameters<typeof reportFixture>[0] = {}): ExperimentDocument {
  return { ...reportFixture(options).experiment, experimentId: id };
}

const done = (): Record<string, never> => ({});

const usualAnswers: Answers = {
  'lab.about': () => ({ version: '1.2.3', home: '/data/auxlab', host: 'served', platform: 'linux', node: '24.0.0' }),
  'lab.status': () => ({
    engine: { name: 'tensorflow', version: '2.21.0', device: 'CPU', isGpu: false },
    cores: 2,
    freeMemoryMiB: 4000,
    totalMemoryMiB: 8000,
    freeDiskMiB: 50_000,
    training: [],
    waiting: [],
  }),
  'settings.get': () => ({ appearance: 'system', level: 'guided', motion: 'system', preferredRuntime: null, notifyAtEnd: true, keepAwake: true }),
  'settings.set': (change) => ({
    appearance: 'system',
    level: 'guided',
    motion: 'system',
    preferredRuntime: null,
    notifyAtEnd: true,
    keepAwake: true,
    ...change,
  }),
  'runtimes.list': () => ({ installed: [], offers: [], needsInstall: false }),
  'jobs.cancel': done,
  'data.samples': () => [
    {
      id: 'digits',
      source: 'sample:digits',
      title: 'Handwritten digits',
      sentence: 'Grey images.',
      kind: 'image',
      main: 'digit',
      auxiliaries: ['parity'],
      licence: 'CC BY 4.0',
      origin: 'UCI',
    },
  ],
  'data.formats': () => [{ id: 'csv', title: 'CSV', extensions: ['.csv'], help: 'A table.' }],
  'data.recent': () => [],
  'data.inspect': ({ data }) => flowers(data.source),
  'data.rows': ({ offset, limit }) => ({
    total: 60,
    columns: ['length', 'species', 'region'],
    rows: Array.from({ length: Math.min(limit, 60 - offset) }, (_, i) => [offset + i, 'red', 'a']),
  }),
  'data.split': () => ({ kind: 'stratified', column: null, train: part(42), validation: part(9), test: part(9), notes: [], warnings: [] }),
  'catalog.methods': () => [
    {
      id: 'fixed',
      title: 'Fixed weights',
      paper: '',
      summary: 'Adds the losses.',
      whenToUse: 'First.',
      formula: 'sum',
      traps: [],
      cost: 'none',
      needs: 'losses',
      params: {},
    },
    {
      id: 'gradnorm',
      title: 'GradNorm',
      paper: 'Chen et al., ICML 2018',
      summary: 'Balances gradient norms.',
      whenToUse: 'When norms differ.',
      formula: 'w',
      traps: ['Slow.'],
      cost: 'one backward pass a task',
      needs: 'gramian',
      params: { alpha: { kind: 'number', default: 1.5, min: 0, help: 'Restoring force.' } },
    },
  ],
  'catalog.advice': () => [],
  'catalog.networks': () => [
    { id: 'mlp', title: 'Multilayer perceptron', summary: 'Dense layers.', paper: null, inputs: ['table'], minimumSide: 0, params: {} },
  ],
  'catalog.tasks': () => [{ id: 'classification', title: 'Classes', losses: ['cross-entropy'], metrics: ['accuracy', 'log-loss'], defaultMetric: 'accuracy' }],
  'catalog.training': () => ({
    schedules: [{ id: 'constant', title: 'Constant', help: 'The same weight.', params: {} }],
    optimizers: [{ id: 'adam', title: 'Adam', help: '', params: {} }],
    learningRates: [{ id: 'constant', title: 'Constant', help: '', params: {} }],
    repeats: [
      { pairs: 3, title: 'A look', help: '' },
      { pairs: 6, title: 'Standard', help: '' },
    ],
  }),
  'catalog.network': ({ heads }) => ({
    id: 'mlp',
    inputShape: [2],
    outputShape: [16],
    depths: ['layer1'],
    suggested: {},
    parameters: { trained: 300, states: 0 },
    stages: [
      { depth: 'layer1', layer: layer('trunk/layer1', [16]) },
      { depth: null, layer: layer('trunk/layer2', [16]) },
    ],
    heads: heads.map(({ id, depth, outputs }) => ({ id, depth, layer: layer(`heads/${id}`, [outputs]) })),
  }),
  'plans.suggest': ({ data, main }) => ({ plan: plan({ data, main: { target: main ?? 'species' } }), sentence: 'Region is the other label.' }),
  'plans.check': ({ plan: given }) => ({
    plan: plan({ ...given, margin: given.margin ?? 0.005 }),
    parts: { train: 42, validation: 9, test: 9 },
    network: { id: 'mlp', inputShape: [2], outputShape: [16] },
    arms: [],
    warnings: [],
    estimate: { runs: 12, stepsPerRun: 100, lowMs: 5000, highMs: 9000, basis: 'Measured.', diskMiB: 2, workers: 2, threads: 1 },
  }),
  'plans.command': () => ({ command: 'auxlab compare flowers.csv --main species', isComplete: true, note: '' }),
  'drafts.list': () => [],
  'drafts.save': () => ({ saved: '2026-11-24T00:31:01.000Z' }),
  'experiments.find': () => ({ total: 0, items: [] }),
  'experiments.tags': () => [],
  'experiments.open': ({ id }) => ({ document: onWire(document(id)), notes: '', tags: [], trashed: null, activity: 'none', canResume: false, events: [] }),
  'experiments.start': () => ({ id: 'e1' }),
  'experiments.trash': done,
  'experiments.restore': done,
  'experiments.setNotes': done,
  'queue.list': () => [],
  'series.names': () => ['validation/main/accuracy', 'loss/main', 'weight/coarse'],
  'series.read': ({ names }) =>
    names.flatMap((name) =>
      ['baseline', 'aux-1'].map((arm, i) => ({ run: `${arm}-1`, arm, seed: 1, name, total: 3, steps: [0, 1, 2], values: [0.5, 0.6, 0.7 + i / 100] })),
    ),
  'report.sections': () => [
    { id: 'verdict', title: 'Question and verdict', isOn: true },
    { id: 'cost', title: 'Cost', isOn: true },
  ],
  'report.setSections': done,
};

/** A document as JSON carries it: what is not finite becomes null. */
export function onWire(value: ExperimentDocument): CallAnswer<'experiments.show'> {
  return asWritten(value);
}

export function flowers(
  source: string,
  columns = [column('length', 'number', 'regression'), column('species', 'class', 'classification'), column('region', 'class', 'classification')],
): CallOutput<'data.inspect'> {
  return {
    source,
    name: 'flowers.csv',
    format: 'csv',
    digest: 'abc',
    rows: 60,
    sizeBytes: 2000,
    input: { kind: 'table', shape: [2] },
    columns,
    targets: ['species', 'region'],
    networks: ['mlp'],
    notes: [],
    warnings: ['Column "species" is nearly a copy of "code".'],
    reading: { delimiter: ',', encoding: 'utf-8', decimal: '.', header: true },
  };
}

const noChance = Object.fromEntries(metricIds.map((id) => [id, null])) as Record<MetricId, null>; // one entry a metric

export function column(name: string, kind: 'class' | 'number', task: 'classification' | 'regression'): CallOutput<'data.inspect'>['columns'][number] {
  const role = kind === 'number' ? 'input' : 'target';
  return {
    name,
    kind,
    role,
    guessed: role,
    reason: 'few values',
    missing: 0,
    distinct: 3,
    outputs: { classification: 3, regression: 1 },
    chance: { ...noChance, ...(task === 'classification' ? { accuracy: 0.5 } : { rmse: 9 }) },
    classes:
      kind === 'class'
        ? [
            { name: 'red', count: 30 },
            { name: 'blue', count: 30 },
          ]
        : null,
    range: kind === 'number' ? { min: 0, max: 30, mean: 15, standardDeviation: 9 } : null,
    histogram: kind === 'number' ? new Array<number>(24).fill(3) : null,
    task,
  };
}

function part(rows: number): CallOutput<'data.split'>['train'] {
  return { rows, classes: [{ name: 'red', count: rows }], range: null };
}

function layer(path: string, outputShape: readonly number[]): CallOutput<'catalog.network'>['stages'][number]['layer'] {
  return { name: path.split('/').at(-1) ?? '', path, kind: 'dense', inputShape: [2], outputShape, parameters: { trained: 48, states: 0 }, children: [] };
}
