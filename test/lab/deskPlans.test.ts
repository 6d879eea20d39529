/** Plans at the desk: suggested, checked, and said as a command line. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { comparePlan, planOptions } from '../../src-main/cli/arguments/comparePlan.ts';
import { parseCommandLine } from '../../src-main/cli/commandLine.ts';
import { commands as cliCommands } from '../../src-main/cli/commands.ts';
import { Plan, type PlanInput } from '../../src-main/contract/plan.ts';
import { planCommand } from '../../src-main/lab/desk/planCommand.ts';
import { methods } from '../../src-main/methods/index.ts';
import { networks } from '../../src-main/networks/index.ts';
import { openFakeDesk, type FakeDesk } from '../support/deskHome.ts';
import { flowersPlan, writeFlowers } from '../support/labHome.ts';
import { withSamples } from '../support/entriesThere.ts';
import { temporaryFolders } from '../support/temporary.ts';

/** A method with one of its numbers at the upper end, where there is one with such a number. */
const tuned = methods.flatMap(({ id, params }) =>
  Object.entries(params).flatMap(([name, param]) => {
    const most = param.kind === 'number' && param.exclusiveMax !== true ? param.max : undefined;
    return most === undefined || most === param.default ? [] : [{ id, params: { [name]: most } }];
  }),
)[0] ?? { id: 'fixed' };

const folder = temporaryFolders();
const opened: FakeDesk[] = [];

function open(home: string): FakeDesk {
  const fake = openFakeDesk(home);
  opened.push(fake);
  return fake;
}

afterEach(async () => {
  for (const { desk } of opened.splice(0)) await desk.close();
});

describe('plans', () => {
  for (const [sample, sentence] of [
    ['auto-mpg', 'Predict "mpg" (regression), with "acceleration" and "origin" as auxiliary tasks: they are the other label columns of this data set.'],
    ['japanese-vowels', /^Predict "class" \(classification\)/],
    ['digits', 'Predict "digit" (classification), with "parity" and "size" as auxiliary tasks: they are the other label columns of this data set.'],
  ] as const)
    test(`a design is suggested for sample:${sample} that passes its own check`, withSamples(sample), async () => {
      const { client } = open(folder());
      const { plan, sentence: said } = await client.call('plans.suggest', { data: { source: `sample:${sample}` } });
      expect(said).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
      const picture = await client.call('plans.check', { plan });
      expect(picture.plan).toEqual(plan);
      expect(picture.estimate.runs).toBe(12);
      expect(picture.estimate.lowMs).toBeGreaterThan(0);
      expect(picture.arms[0]?.parameters).toBeGreaterThan(0);
      expect(picture.arms[1]?.parameters).toBeGreaterThan(picture.arms[0]?.parameters ?? 0);
    });

  test('a plan that is wrong is refused with the key that is', async () => {
    const home = folder();
    const { client } = open(home);
    const plan = { ...flowersPlan(writeFlowers(home)), repeats: 0 };
    await expect(client.call('plans.check', { plan })).rejects.toThrow('The plan: repeats must be a number from 1 up. Received: 0.');
  });

  test('two arms that are the same are refused before anything is stored', async () => {
    const home = folder();
    const { client } = open(home);
    const auxiliaries = [{ target: 'region' }];
    const plan = flowersPlan(writeFlowers(home), {
      arms: [
        { id: 'a', auxiliaries },
        { id: 'b', title: 'Once more', auxiliaries },
      ],
    });
    const sentence = 'Arms 1 ("region") and 2 ("Once more") are the same: equal tasks and an equal method. Change one of them, or leave it out.';
    await expect(client.call('plans.check', { plan })).rejects.toThrow(sentence);
    await expect(client.call('experiments.start', { plan })).rejects.toThrow(sentence);
    expect((await client.call('experiments.find', {})).total).toBe(0);
  });

  test('a column in one label table is suggested when there is no other label', async () => {
    const home = folder();
    const source = join(home, 'one.csv');
    writeFileSync(
      source,
      ['length,breadth,label', ...Array.from({ length: 60 }, (_, i) => `${i * 1.5},${(i * 7) % 11},${i % 2 === 0 ? 'a' : 'b'}`), ''].join('\n'),
    );
    const { client } = open(home);
    const { plan, sentence } = await client.call('plans.suggest', { data: { source } });
    expect(plan.main.target).toBe('label');
    expect(plan.arms[0]?.auxiliaries).toMatchObject([{ target: 'breadth' }]);
    expect(sentence).toContain('it is then no input in any arm');
  });

  test('a table with a single input keeps it, and gets a head inside the network instead', async () => {
    const home = folder();
    const source = join(home, 'two.csv');
    writeFileSync(source, ['breadth,label', ...Array.from({ length: 60 }, (_, i) => `${(i * 7) % 11},${i % 2 === 0 ? 'a' : 'b'}`), ''].join('\n'));
    const { client } = open(home);
    const { plan, sentence } = await client.call('plans.suggest', { data: { source } });
    expect(plan.arms[0]?.auxiliaries).toMatchObject([{ target: 'label', depth: expect.stringMatching(/^layer/) }, {}]);
    expect(sentence).toContain('inside the network');
    await client.call('plans.check', { plan });
  });

  const shell = (command: string): string[] =>
    [...command.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)].map(([, quoted, plain]) => quoted?.replaceAll("'\\''", "'") ?? plain ?? '');
  const compare = cliCommands.find(({ name }) => name === 'compare');

  test.each<[string, Partial<PlanInput>]>([
    ['a plain plan', {}],
    [
      'a plan with every choice of reading',
      {
        data: {
          source: '/d/my data.csv',
          options: {
            delimiter: '\t',
            encoding: 'shift_jis',
            decimal: ',',
            thousands: "'",
            dates: 'month-first',
            header: 3,
            missing: ['?'],
            sheet: 'My sheet',
            entry: 'a/b.npy',
            axes: 'channels-last',
            range: [0, 4095],
            width: 64,
            height: 32,
          },
          split: { kind: 'time', column: 'when', train: 0.8, validation: 0.1, test: 0.1 },
        },
        arms: [{ auxiliaries: [{ target: 'region' }] }],
      },
    ],
    [
      'a plan with nearly everything',
      {
        name: "Ann's plan",
        data: {
          source: '/d/my data.csv',
          options: { delimiter: ';', header: false, missing: ['?', 'n/a'] },
          roles: { id: 'ignore', g: 'group' },
          types: { size: 'number', 'a b': 'class' },
          parts: { test: '/d/test data.csv' },
          split: { kind: 'grouped', column: 'g', train: 0.6, validation: 0.2, test: 0.2, duplicates: 'together' },
          trainFraction: 0.5,
        },
        main: { target: 'species', kind: 'classification', loss: 'focal', lossParams: { gamma: 3 }, metric: 'mcc' },
        network: { id: 'mlp', params: { layers: 3 } },
        training: {
          epochs: 7,
          batch: 16,
          optimizer: { id: 'nadam', learningRate: 0.01, weightDecay: 0.02 },
          learningRateSchedule: { id: 'cosine', warmUp: 1, floor: 0.1 },
          clipNorm: 1,
          earlyStopping: { patience: 3 },
          maxSteps: 100,
        },
        arms: [
          {
            auxiliaries: [
              { target: 'region', weight: 0.5, schedule: { id: 'curriculum', from: 1, to: 3 } },
              {
                target: 'size',
                kind: 'regression',
                loss: 'huber',
                lossParams: { delta: 0.5 },
                weight: 0.1,
                schedule: { id: 'exponential-decay', halfLife: 2 },
              },
              { target: 'species', depth: 'hidden-1', loss: 'cross-entropy', weight: 0.2 },
            ],
            method: { id: 'fixed' },
          },
          {
            auxiliaries: [
              { target: 'region', weight: 0.5, schedule: { id: 'curriculum', from: 1, to: 3 } },
              {
                target: 'size',
                kind: 'regression',
                loss: 'huber',
                lossParams: { delta: 0.5 },
                weight: 0.1,
                schedule: { id: 'exponential-decay', halfLife: 2 },
              },
              { target: 'species', depth: 'hidden-1', loss: 'cross-entropy', weight: 0.2 },
            ],
            method: tuned,
          },
        ],
        question: 'Does "region" help, or not?',
        repeats: 12,
        seed: 5,
        margin: 0.01,
        engine: { backend: 'cpu', threads: 2 },
      },
    ],
  ])('the command of %s says the same plan', async (_, part) => {
    const plan = flowersPlan('/d/flowers.csv', part);
    const { command, isComplete } = planCommand(plan);
    expect(isComplete).toBe(true);
    const [npx, program, name, ...argv] = shell(command);
    expect([npx, program, name]).toEqual(['npx', 'auxlab', 'compare']);
    const given = parseCommandLine({ ...(compare ?? expect.fail()), options: planOptions }, argv);
    const again = await comparePlan(given.positionals[0] ?? '', given.options, {
      methods: Object.fromEntries(methods.map(({ id, params }) => [id, params])),
      networks: Object.fromEntries(networks.map(({ id, params }) => [id, params])),
      placed: (path) => path,
      headDepths: () => expect.fail('no plan of these asks for heads'),
    });
    const plain = ({ arms, ...rest }: Plan): unknown => ({
      ...rest,
      arms: arms.map(({ auxiliaries, method }) => ({ auxiliaries: auxiliaries.map(({ kind: _kind, ...aux }) => aux), method })),
    });
    expect(plain(v.parse(Plan, again))).toEqual(plain(v.parse(Plan, plan)));
  });

  test('tasks on one column with different losses go into a file: an option that names the column would change both', () => {
    const auxiliaries = [
      { target: 'region', loss: 'focal' as const },
      { target: 'region', depth: 'hidden-1' },
    ];
    expect(planCommand(flowersPlan('/d/flowers.csv', { arms: [{ auxiliaries }] })).note).toContain('that tasks on "region" have different losses');
  });

  test.each([
    ['a question of several lines', { question: 'Does it help?\nAnd how?' }],
    ['what you called an arm', { arms: [{ title: 'Mine', auxiliaries: [{ target: 'region' }] }] }],
  ])('the command line cannot say %s', (words, part) => {
    expect(planCommand(flowersPlan('/d/flowers.csv', part))).toMatchObject({ isComplete: false, note: expect.stringContaining(words) });
  });

  test('a plan that the command line cannot say goes into a file', () => {
    const plan = flowersPlan('/d/flowers.csv', { main: { target: 'species', labelSmoothing: 0.1 } });
    expect(planCommand(plan)).toMatchObject({
      command: 'npx auxlab run plan.json',
      isComplete: false,
      note: expect.stringContaining('the loss options of "species"'),
    });
  });
});
