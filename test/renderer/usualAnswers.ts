/** What the fake lab answers where a test says nothing else. */
import type { CallAnswer, CallArguments, CallName, CallOutput } from '../../src-main/contract/calls.ts';
import { document, flowers, onWire, plan } from './labContents.ts';

export type Answers = { [N in CallName]?: (input: CallArguments<N>) => CallAnswer<N> | Promise<CallAnswer<N>> };

const done = (): Record<string, never> => ({});

export const usualAnswers: Answers = {
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

function part(rows: number): CallOutput<'data.split'>['train'] {
  return { rows, classes: [{ name: 'red', count: rows }], range: null };
}

function layer(path: string, outputShape: readonly number[]): CallOutput<'catalog.network'>['stages'][number]['layer'] {
  return { name: path.split('/').at(-1) ?? '', path, kind: 'dense', inputShape: [2], outputShape, parameters: { trained: 48, states: 0 }, children: [] };
}
