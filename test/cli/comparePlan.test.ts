import { describe, expect, test } from 'vitest';
import { comparePlan, planOptions, specsById } from '../../src-main/cli/arguments/comparePlan.ts';
import type { PlanLookups } from '../../src-main/cli/arguments/comparePlan.ts';
import { parseCommandLine } from '../../src-main/cli/commandLine.ts';
import type { PlanInput } from '../../src-main/contract/plan.ts';
import { encodings } from '../../src-main/contract/reading.ts';
import { checkPlanShape } from '../../src-main/lab/plan/planShape.ts';
import { methods } from '../../src-main/methods/index.ts';
import { networks } from '../../src-main/networks/index.ts';
import { metricIds } from '../../src-main/vocabulary/metrics/index.ts';

const other = methods.find(({ id }) => id !== 'fixed')?.id ?? '';

const lookups: PlanLookups = {
  placed: (path) => `/data/${path}`,
  methods: specsById(methods.filter(({ id }) => ['fixed', other].includes(id))), // a short list, so that nearest names stay the same
  networks: specsById(networks),
  headDepths: async (_, network) => {
    const all = ['a', 'c', 'd'].map((depth) => (network === null ? depth : `${network.id}-${depth}`));
    return { network: network?.id ?? 'best', all, suggested: (count) => all.slice(0, count) };
  },
};
const shape = { name: 'compare', usage: 'DATA', help: '', positionals: [1, 1], options: planOptions } as const;

async function planOf(line: string): Promise<PlanInput> {
  const { positionals, options } = parseCommandLine(shape, ['/data/wine.csv', ...line.split(' ').filter((word) => word !== '')]);
  return checkPlanShape(await comparePlan(positionals[0] ?? '', options, lookups), 'The plan');
}

async function refusal(line: string): Promise<string> {
  return planOf(line).then(
    () => 'accepted',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe('the options of compare make a plan', () => {
  test('that holds only what was said', async () => {
    expect(await planOf('--main quality --aux type')).toEqual({
      format: 'auxlab-plan/2',
      data: { source: '/data/wine.csv' },
      main: { target: 'quality' },
      arms: [{ id: 'auxiliary', auxiliaries: [{ target: 'type' }] }],
    });
  });

  test('with weights and depths of auxiliary tasks', async () => {
    const { arms } = await planOf('--main y --aux a=0.5 --aux b@block2 --aux c@block1=0 --aux user@host@end=1');
    expect(arms[0]?.auxiliaries).toEqual([
      { target: 'a', weight: 0.5 },
      { target: 'b', depth: 'block2' },
      { target: 'c', depth: 'block1', weight: 0 },
      { target: 'user@host', depth: 'end', weight: 1 },
    ]);
  });

  test('with intermediate heads of the main target at the depths that the network suggests', async () => {
    const { arms, network } = await planOf('--main y --heads 2=0.3 --network mlp');
    expect(network).toEqual({ id: 'mlp' });
    expect(arms).toEqual([
      {
        id: 'auxiliary',
        auxiliaries: [
          { target: 'y', depth: 'mlp-a', weight: 0.3 },
          { target: 'y', depth: 'mlp-c', weight: 0.3 },
        ],
      },
    ]);
  });

  test('with an arm for each of several methods, each with its own id', async () => {
    const { arms } = await planOf(`--main y --aux a --method fixed --method ${other} --method fixed`);
    expect(arms.map(({ id, method }) => [id, method?.id])).toEqual([
      ['fixed', 'fixed'],
      [other, other],
      ['fixed-2', 'fixed'],
    ]);
  });

  test('with one arm called auxiliary for one method', async () => {
    const { arms } = await planOf(`--main y --aux a --method ${other}`);
    expect(arms).toEqual([{ id: 'auxiliary', auxiliaries: [{ target: 'a' }], method: { id: other } }]);
  });

  test('with one schedule for all tasks, and another for a task that is named', async () => {
    const { arms } = await planOf('--main y --aux a --aux b --schedule gated:start=0.2 --schedule b=curriculum:from=2,to=5');
    expect(arms[0]?.auxiliaries).toEqual([
      { target: 'a', schedule: { id: 'gated', start: 0.2 } },
      { target: 'b', schedule: { id: 'curriculum', from: 2, to: 5 } },
    ]);
  });

  test('with kinds for main and auxiliary targets', async () => {
    const plan = await planOf('--main y --aux a --classification y --regression a');
    expect(plan.main.kind).toBe('classification');
    expect(plan.arms[0]?.auxiliaries[0]?.kind).toBe('regression');
  });

  test('with every training option in its place', async () => {
    const { training } = await planOf(
      '--main y --aux a --epochs 3 --batch 16 --learning-rate 1e-2 --optimizer momentum:nesterov=true,momentum=0.8 --learning-rate-schedule ' +
        'cosine:floor=0.1,warmUp=1 --clip 5 --early-stopping 4:minDelta=0.01 --augment flip,shift=2,crop=0.1 --max-steps 100',
    );
    expect(training).toEqual({
      epochs: 3,
      batch: 16,
      optimizer: { id: 'momentum', momentum: 0.8, nesterov: true, learningRate: 0.01 },
      learningRateSchedule: { id: 'cosine', warmUp: 1, floor: 0.1 },
      clipNorm: 5,
      earlyStopping: { patience: 4, minDelta: 0.01 },
      augment: { flip: true, shift: 2, crop: 0.1 },
      maxSteps: 100,
    });
  });

  test('with every data option in its place', async () => {
    const { data } = await planOf(
      '--main y --aux a --format csv --delimiter tab --encoding latin1 --decimal , --missing ? --missing NA --no-header --image-size ' +
        '64x32 --ignore id --role patient=group --split grouped:column=patient,train=0.6,validation=0.2,test=0.2 --train-fraction 0.1',
    );
    expect(data).toEqual({
      source: '/data/wine.csv',
      format: 'csv',
      options: { delimiter: '\t', encoding: 'latin1', decimal: ',', missing: ['?', 'NA'], header: false, width: 64, height: 32 },
      roles: { id: 'ignore', patient: 'group' },
      split: { kind: 'grouped', train: 0.6, validation: 0.2, test: 0.2, column: 'patient' },
      trainFraction: 0.1,
    });
  });

  test('with every choice of reading, the types of columns and the files of the parts', async () => {
    const { data } = await planOf(
      '--main y --aux a --delimiter whitespace --encoding gb18030 --thousands space --dates day-first --header 3 --sheet Data --entry /train/x ' +
        '--axes channels-first --range 0,4095 --type cylinders=class --type when=date --type a=b=text --validation-data v.csv --test-data t.csv',
    );
    expect(data).toEqual({
      source: '/data/wine.csv',
      parts: { validation: '/data/v.csv', test: '/data/t.csv' },
      options: {
        delimiter: 'whitespace',
        encoding: 'gb18030',
        thousands: ' ',
        dates: 'day-first',
        header: 3,
        sheet: 'Data',
        entry: '/train/x',
        axes: 'channels-first',
        range: [0, 4095],
      },
      types: { cylinders: 'class', when: 'date', 'a=b': 'text' },
    });
    expect((await planOf('--main y --aux a --header none')).data.options).toEqual({ header: false });
    expect((await planOf('--main y --aux a --header first --range used')).data.options).toEqual({ header: true, range: 'used' });
  });

  test('with a split by time, and with equal rows in one part', async () => {
    expect((await planOf('--main y --aux a --split time:column=when,train=0.8,validation=0.1,test=0.1')).data.split).toEqual({
      kind: 'time',
      column: 'when',
      train: 0.8,
      validation: 0.1,
      test: 0.1,
    });
    expect((await planOf('--main y --aux a --split stratified:duplicates=together')).data.split).toEqual({ kind: 'stratified', duplicates: 'together' });
  });

  test('with the role of a column that is called like what every object has', async () => {
    const { data } = await planOf('--main y --aux a --ignore constructor --role __proto__=id');
    expect(Object.entries(data.roles ?? {})).toEqual([
      ['constructor', 'ignore'],
      ['__proto__', 'id'],
    ]);
  });

  test('with the experiment and engine options in their places', async () => {
    const plan = await planOf(
      '--main y --aux a --repeats 12 --seed 0 --margin 0.01 --name Wine --metric macro-f1 --backend cpu --mode eager --workers 2 --threads 1',
    );
    expect(plan).toMatchObject({
      repeats: 12,
      seed: 0,
      margin: 0.01,
      name: 'Wine',
      main: { metric: 'macro-f1' },
      engine: { backend: 'cpu', mode: 'eager', workers: 2, threads: 1 },
    });
  });
});

describe('compare refuses with one sentence', () => {
  test.each([
    ['--aux a', 'Option --main is missing: name the label column of the main task. "npx auxlab data inspect DATA" lists the columns.'],
    ['--main y', 'No auxiliary task: give --aux TARGET for another label column, or --heads N for intermediate classifiers of the main target.'],
    ['--main y --aux a=-0.1', 'Option --aux: the weight of "a" must be a number from 0 up. Received: "-0.1".'],
    ['--main y --aux a=much', 'Option --aux: the weight of "a" must be a number from 0 up. Received: "much".'],
    ['--main y --aux a=', 'Option --aux: the weight of "a" must be a number from 0 up. Received: "".'],
    ['--main y --aux a=Infinity', 'Option --aux: the weight of "a" must be a number from 0 up. Received: "Infinity".'],
    ['--main y --aux =0.3', 'Option --aux must be TARGET, TARGET=WEIGHT or TARGET@DEPTH=WEIGHT. Received: "=0.3".'],
    ['--main y --aux y', 'Option --aux: "y" is the main target. An intermediate classifier of it needs a depth, --aux y@DEPTH, or --heads N.'],
    ['--main y --aux a --aux a=0.5', 'The auxiliary task "a" is given twice at the depth "end".'],
    ['--main y --heads 0', 'Option --heads: the number of heads must be a whole number from 1 up. Received: "0".'],
    ['--main y --heads 4', 'Option --heads: network best has 3 depths for intermediate heads (a, c, d). Received: 4.'],
    ['--main y --heads 2=-1', 'Option --heads: the weight must be a number from 0 up. Received: "-1".'],
    ['--main y --aux a --epochs 0', 'Option --epochs must be a whole number from 1 up. Received: "0".'],
    ['--main y --aux a --epochs 2.5', 'Option --epochs must be a whole number from 1 up. Received: "2.5".'],
    ['--main y --aux a --batch many', 'Option --batch must be a whole number from 1 up. Received: "many".'],
    ['--main y --aux a --learning-rate 0', 'Option --learning-rate must be a number above 0. Received: "0".'],
    ['--main y --aux a --margin -1', 'Option --margin must be a number from 0 up. Received: "-1".'],
    ['--main y --aux a --train-fraction 1.5', 'Option --train-fraction must be a number above 0 and at most 1. Received: "1.5".'],
    ['--main y --aux a --seed 1.5', 'Option --seed must be a whole number from 0 up. Received: "1.5".'],
    ['--main y --aux a --loss focl', 'Unknown loss "focl". Did you mean focal?'],
    ['--main y --aux a --loss focal:gamma=-1', 'Loss focal: gamma must be a number from 0 to 20. Received: -1.'],
    ['--main y --aux a --loss b=focal', 'Option --loss: "b" is no task of this comparison. Did you mean y, a?'],
    ['--main y --aux a --loss focal --loss mse', 'Option --loss is given twice for the main task; name another task as --loss TARGET=ID.'],
    ['--main y --aux a --metric acuracy', `Option --metric must be one of ${metricIds.join(', ')}. Received: "acuracy".`],
    ['--main y --aux a --method fixd', 'Unknown method "fixd". Did you mean fixed?'],
    ['--main y --aux a --network mpl', 'Unknown network "mpl". Did you mean mlp?'],
    ['--main y --aux a --network mlp:units=0', 'Network mlp: units must be a whole number from 1 to 8192. Received: 0.'],
    ['--main y --aux a --optimizer rmspro', 'Unknown optimizer "rmspro". Did you mean rmsprop?'],
    ['--main y --aux a --optimizer adam:beta1=1', 'Optimizer adam: beta1 must be a number from 0 to below 1. Received: 1.'],
    ['--main y --aux a --schedule curriculum', 'Schedule curriculum needs from=EPOCH and to=EPOCH, for example --schedule curriculum:from=2,to=5.'],
    ['--main y --aux a --schedule curriculum:from=5,to=2', 'Schedule curriculum must end (to: 2) no earlier than it begins (from: 5).'],
    ['--main y --aux a --schedule gate:start=0.1', 'Unknown schedule "gate". Did you mean gated?'],
    ['--main y --aux a --schedule gated:start=2', 'Schedule gated: start must be a number from 0 to 1. Received: 2.'],
    ['--main y --aux a --schedule b=constant', 'Option --schedule: "b" is no task of this comparison. Did you mean a?'],
    [
      '--main y --aux a --schedule constant --schedule gated',
      'Option --schedule is given twice for all auxiliary tasks; name the task as --schedule TARGET=ID.',
    ],
    ['--main quality --aux type --classification qualty', 'Option --classification: "qualty" is no task of this comparison. Did you mean quality?'],
    ['--main y --aux a --classification a --regression a', '"a" is given with --classification and with --regression; choose one.'],
    ['--main y --aux a --augment twist', 'Option --augment: "twist" is not of the form name=value.'],
    ['--main y --aux a --augment shift=1.5', 'Option --augment: shift must be a whole number from 0 up. Received: 1.5.'],
    ['--main y --aux a --early-stopping soon', 'Option --early-stopping must be a whole number from 1 up. Received: "soon".'],
    ['--main y --aux a --split grouped', 'Split grouped needs the column, for example --split grouped:column=patient.'],
    ['--main y --aux a --split half', 'Unknown split "half". There are: stratified, random, grouped, column, time.'],
    ['--main y --aux a --role x=inputs', 'Option --role must be COLUMN=ROLE with a role of input, target, ignore, id, group, split. Received: "x=inputs".'],
    ['--main y --aux a --split time', 'Split time needs the column, for example --split time:column=date.'],
    ['--main y --aux a --split time:column=t,duplicates=together', 'Split time has no parameter "duplicates". It has: train, validation, test, seed.'],
    ['--main y --aux a --split random:duplicates=apart', 'Split random: duplicates must be one of anywhere, together. Received: "apart".'],
    ['--main y --aux a --type x=integer', 'Option --type must be COLUMN=TYPE with a type of class, number, date, text. Received: "x=integer".'],
    ['--main y --aux a --header 0', 'Option --header must be none, first, or the number of a line from 1 up. Received: "0".'],
    ['--main y --aux a --header 2 --no-header', 'Options --no-header and --header say the same thing; give one of them.'],
    ['--main y --aux a --range 5,5', 'Option --range must be used, full, or two numbers such as 0,4095. Received: "5,5".'],
    ['--main y --aux a --thousands ;', 'Option --thousands must be one of ,, ., space, apostrophe, none. Received: ";".'],
    ['--main y --aux a --image-size 64', 'Option --image-size must be WIDTHxHEIGHT, for example 64x64. Received: "64".'],
    ['--main y --aux a --encoding utf8', `Option --encoding must be one of ${encodings.join(', ')}. Received: "utf8".`],
    ['--main y --aux a --workers 0', 'Option --workers must be a whole number from 1 up. Received: "0".'],
    ['--main y --aux a --mode lazy', 'Option --mode must be one of captured, eager. Received: "lazy".'],
  ])('%s', async (line, text) => {
    expect(await refusal(line)).toBe(text);
  });
});
