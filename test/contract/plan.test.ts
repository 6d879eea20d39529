import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { Plan, planFormat } from '../../src-main/contract/plan.ts';

const region = { target: 'region' };
const head = { target: 'species', depth: 'layer1' };

/** A plan of the first format, as a file has it. */
function first(part: object): Plan {
  return v.parse(Plan, {
    format: 'auxlab-plan/1',
    data: { source: '/data/flowers.csv' },
    main: { target: 'species' },
    arms: [{ auxiliaries: [region] }],
    ...part,
  });
}
const titles = (plan: Plan): (string | undefined)[] => plan.arms.map(({ title }) => title);

describe('a plan of the first format', () => {
  test('is left without the words that were made of it, and is one of this format then', () => {
    const plan = first({
      question: 'Does adding head at layer1 + region make "species" better?',
      arms: [{ title: 'head at layer1 + region', auxiliaries: [region, head] }],
    });
    expect([plan.format, plan.question, titles(plan)]).toEqual([planFormat, undefined, [undefined]]);
    const several = first({
      question: 'Which of 2 auxiliary arms makes "species" better, if any?',
      arms: [1, 2].map((weight) => ({ title: `region, weight ${weight}`, auxiliaries: [{ ...region, weight }] })),
    });
    expect([several.question, titles(several)]).toEqual([undefined, [undefined, undefined]]);
  });

  test("keeps a question and titles of their form that were made of another plan: they are the person's own", () => {
    const own = { question: 'Does adding height make "species" better?', arms: [{ title: 'head at layer1', auxiliaries: [region] }] };
    const plan = first(own);
    expect([plan.question, titles(plan)]).toEqual([own.question, ['head at layer1']]);
    expect(first({ question: 'Which of 3 auxiliary arms makes "species" better, if any?' }).question).toMatch(/^Which of 3/);
  });

  test('keeps a title of a person beside made ones, and a question that was made with it goes', () => {
    const arms = ['region, weight 1', 'Strong'].map((title, at) => ({ title, auxiliaries: [{ ...region, weight: at + 1 }] }));
    expect(titles(first({ arms }))).toEqual([undefined, 'Strong']);
    const mine = first({ question: 'Does adding Mine make "species" better?', arms: [{ title: 'Mine', auxiliaries: [region] }] });
    expect([mine.question, titles(mine)]).toEqual([undefined, ['Mine']]);
  });

  test('loses equal titles that were made when names did not yet tell such arms apart', () => {
    expect(titles(first({ arms: [1, 2].map((weight) => ({ title: 'region', auxiliaries: [{ ...region, weight }] })) }))).toEqual([undefined, undefined]);
  });
});

test('a plan of this format keeps every word, those that would be made of it too', () => {
  const own = { format: planFormat, question: 'Does adding region make "species" better?', arms: [{ title: 'region', auxiliaries: [region] }] };
  const plan = first(own);
  expect(plan).toMatchObject({ format: planFormat, question: own.question, arms: [{ title: 'region' }] });
  expect(v.parse(Plan, JSON.parse(JSON.stringify(plan)))).toEqual(plan);
});

test('a plan of no known format is refused', () => {
  expect(v.safeParse(Plan, { ...first({}), format: 'auxlab-plan/3' }).success).toBe(false);
});

const minimal = { format: 'auxlab-plan/1', data: { source: 'x' }, main: { target: 'y' }, arms: [{ auxiliaries: [{ target: 'a' }] }] };

/** The minimal plan with a value at a place: 'training.epochs', 'arms.0.id'. */
function withValue(place: string, value: unknown): unknown {
  const plan: unknown = structuredClone(minimal);
  const keys = place.split('.');
  let at = plan as Record<string, unknown>; // every step but the last is made an object
  for (const key of keys.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
  at[keys.at(-1) ?? ''] = value;
  return plan;
}

const text = (length: number): string => 'a'.repeat(length);
const auxiliaries = (count: number): unknown[] => Array.from({ length: count }, () => ({ target: 'a' }));

test('a plan that says only what it must has the defaults that the README and the forms tell', () => {
  const plan = v.parse(Plan, minimal);
  expect(plan.data).toEqual({ source: 'x', options: {}, roles: {}, split: { kind: 'stratified', train: 0.7, validation: 0.15, test: 0.15 }, trainFraction: 1 });
  expect(plan.main).toEqual({ target: 'y', labelSmoothing: 0, classWeights: 'none' });
  expect(plan.arms[0]).toEqual({
    auxiliaries: [
      {
        target: 'a',
        labelSmoothing: 0,
        classWeights: 'none',
        enabled: true,
        depth: 'end',
        weight: 0.3,
        schedule: { id: 'constant' },
        balanced: true,
      },
    ],
    method: { id: 'fixed', params: {} },
  });
  expect(plan.training).toEqual({
    epochs: 10,
    batch: 64,
    optimizer: { id: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
    learningRateSchedule: { id: 'constant', warmUp: 0 },
    logEvery: 1,
  });
  expect([plan.network, plan.repeats, plan.seed, plan.engine]).toEqual([{ params: {} }, 6, 1, { backend: 'auto', mode: 'captured' }]);
  const filled = v.parse(Plan, withValue('training', { augment: {}, earlyStopping: { patience: 3 } }));
  expect([filled.training.augment, filled.training.earlyStopping]).toEqual([
    { flip: false, shift: 0, crop: 0 },
    { patience: 3, minDelta: 0 },
  ]);
  expect(v.parse(Plan, withValue('arms.0.auxiliaries.0.bounds', {})).arms[0]?.auxiliaries[0]?.bounds).toEqual({ min: 0, max: 1e6 });
});

describe('the borders of a plan', () => {
  test.each<[place: string, taken: readonly unknown[], refused: readonly unknown[]]>([
    ['format', ['auxlab-plan/1', 'auxlab-plan/2'], ['auxlab-plan/3', 1]],
    ['name', [text(200)], [text(201), '', 1]],
    ['question', ['', text(10_000)], [text(10_001)]],
    ['data.source', ['s', text(4096)], ['', text(4097)]],
    ['data.split.train', [0, 1], [-0.01, 1.01]],
    ['data.split.seed', [0, 2 ** 48], [-1, 0.5, 2 ** 48 + 1]],
    ['data.trainFraction', [0.001, 1], [0, 1.001]],
    ['data.options.delimiter', [';', text(16)], [text(17)]],
    ['data.options.width', [1, 100_000], [0, 100_001, 1.5]],
    ['data.options.missing', [[], ['?'], Array(100).fill('-'), [text(200)]], [Array(101).fill('-'), [text(201)], 'x']],
    ['data.roles', [{ a: 'input' }], [{ a: 'label' }]],
    ['main.labelSmoothing', [0, 0.99], [-0.01, 1]],
    ['main.lossParams', [{ gamma: 1, on: true, how: 'x' }], [{ gamma: null }]],
    ['main.huberDelta', [0.001], [0, Infinity]],
    ['arms', [Array(200).fill(minimal.arms[0])], [[], Array(201).fill(minimal.arms[0])]],
    ['arms.0.id', ['a', '0-b', text(100)], ['', '-a', 'A', 'a b', text(101)]],
    ['arms.0.auxiliaries', [auxiliaries(100)], [[], auxiliaries(101)]],
    ['arms.0.auxiliaries.0.weight', [0, 5], [-0.1, Infinity, NaN]],
    ['arms.0.auxiliaries.0.bounds', [{ min: 0, max: 0.5 }], [{ min: -1 }, { max: 0 }, { middle: 1 }]],
    ['training.epochs', [1, 1e9], [0, 1e9 + 1, 1.5]],
    ['training.batch', [1, 1e9], [0, 1e9 + 1]],
    ['training.clipNorm', [0.1], [0, Infinity]],
    ['training.earlyStopping', [{ patience: 1, minDelta: 0 }], [{ patience: 0 }, { patience: 1, minDelta: -0.1 }, {}]],
    ['training.augment', [{ shift: 100_000, crop: 0 }, { crop: 0.99 }], [{ shift: -1 }, { shift: 0.5 }, { shift: 100_001 }, { crop: 1 }, { crop: -0.1 }]],
    ['training.logEvery', [1], [0]],
    ['training.diagnosticsEvery', [0, 1e9], [-1, 0.5, 1e9 + 1]],
    ['training.maxSteps', [1], [0]],
    ['training.optimizer', [{ learningRate: 1e-9 }], [{ learningRate: 0 }, { id: 'lion' }]],
    ['repeats', [1, 10_000], [0, 10_001]],
    ['seed', [0, 2 ** 48], [-1, 2 ** 48 + 1]],
    ['margin', [0, 3], [-0.1]],
    ['engine.threads', [1, 1024], [0, 1025]],
    ['engine.workers', [1, 1024], [0, 1025]],
    ['engine.backend', ['auto', 'tensorflow', 'wasm', 'cpu'], ['webgl']],
    ['engine.mode', ['captured', 'eager'], ['graph']],
    ['surprise', [], [1]],
  ])('%s', (place, taken, refused) => {
    for (const value of taken) expect(v.is(Plan, withValue(place, value)), `${place} ${JSON.stringify(value)}`).toBe(true);
    for (const value of refused) expect(v.is(Plan, withValue(place, value)), `${place} ${JSON.stringify(value)}`).toBe(false);
  });
});

test('the delta of a loss as older plans wrote it becomes a parameter of the huber loss, and of no other; what is written the newer way wins', () => {
  const main = (task: object): unknown => v.parse(Plan, { ...minimal, main: { target: 'y', ...task } }).main;
  expect(main({ loss: 'huber', huberDelta: 0.5 })).toMatchObject({ loss: 'huber', lossParams: { delta: 0.5 } });
  expect(main({ loss: 'huber', huberDelta: 0.5, lossParams: { delta: 2 } })).toMatchObject({ lossParams: { delta: 2 } });
  expect(main({ loss: 'mse', huberDelta: 0.5 })).toEqual({ target: 'y', loss: 'mse', labelSmoothing: 0, classWeights: 'none' });
  expect(main({ loss: 'huber' })).not.toHaveProperty('lossParams');
});
