import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { Plan } from '../../../src-main/contract/plan.ts';
import type { PlanInput } from '../../../src-main/contract/plan.ts';
import { loadData } from '../../../src-main/lab/plan/loadData.ts';
import { defaultNetwork } from '../../../src-main/lab/plan/resolveNetwork.ts';
import { resolvePlan } from '../../../src-main/lab/plan/resolvePlan.ts';
import { flowersPlan, writeFlowers } from '../../support/labHome.ts';
import { temporaryFolders } from '../../support/temporary.ts';
import { methods, needsHeldOutRows } from '../../../src-main/methods/index.ts';
import { network, networks } from '../../../src-main/networks/index.ts';
import type { InputShape } from '../../../src-main/contract/inputShape.ts';
import { lossesOf } from '../../../src-main/vocabulary/losses/index.ts';

const source = writeFlowers(temporaryFolders()());
const dataset = await loadData({ source, format: undefined });
const other = methods.find(({ id, kind }) => id !== 'fixed' && kind !== 'forking')?.id ?? ''; // any second method
const resolve = (part: Partial<PlanInput>) => resolvePlan(v.parse(Plan, flowersPlan(source, part)), dataset, false);

describe('tasks and methods', () => {
  const arm = (part: Partial<PlanInput['arms'][number]>): Partial<PlanInput> => ({
    arms: [{ auxiliaries: [{ target: 'region' }, { target: 'height' }], ...part }],
  });

  test('a task that is switched off stays in the plan, out of the training, and its target is still no input', () => {
    const { plan, design } = resolve(arm({ auxiliaries: [{ target: 'region', enabled: false }, { target: 'height' }] }));
    expect(design.arms[1]?.tasks.map(({ id }) => id)).toEqual(['main', 'height']);
    expect(design.excludedInputs).toEqual(expect.arrayContaining(['region', 'height']));
    expect(plan.arms[0]?.auxiliaries).toMatchObject([
      { target: 'region', enabled: false },
      { id: 'height', target: 'height', kind: 'regression' },
    ]);
    expect(() => resolve(arm({ auxiliaries: [{ target: 'region', enabled: false }] }))).toThrow(
      'arms[0] has no auxiliary task that is on. Set "enabled" to true for one of them, or leave the arm out.',
    );
  });

  test('bounds and freezing reach the runs, and bounds that cannot be are refused', () => {
    const { design } = resolve(
      arm({
        auxiliaries: [
          { target: 'region', balanced: false },
          { target: 'height', bounds: { min: 0.5, max: 2 } },
        ],
      }),
    );
    expect(design.arms[1]?.tasks.map(({ balanced, bounds }) => [balanced, bounds])).toEqual([
      [true, null],
      [false, null],
      [true, { min: 0.5, max: 2 }],
    ]);
    expect(() => resolve(arm({ auxiliaries: [{ target: 'region', bounds: { min: 2, max: 1 } }] }))).toThrow(
      'arms[0]: the bounds of "region" must have a min (2) that is not above the max (1).',
    );
  });

  test.each(methods.filter(needsHeldOutRows))('$id keeps validation rows and says how many, for every arm', ({ id }) => {
    const data = { source, split: { train: 0.2, validation: 0.7, test: 0.1 } };
    const { design } = resolve({ ...arm({ method: { id } }), data });
    const { validation, heldOut } = design.parts;
    expect(heldOut).toBeGreaterThan(0);
    expect(validation + heldOut).toBe(resolve({ data }).design.parts.validation);
    expect(design.warnings).toContain(
      `${heldOut} of the ${validation + heldOut} validation rows are kept for ${id}, in every arm alike; epochs are selected by the other ${validation}.`,
    );
  });

  test.each(methods.filter((each) => !needsHeldOutRows(each)))('a sweep over a weight that $id evens out is told as flat, and no other', ({ id, claims }) => {
    const { warnings } = resolve({
      arms: [0.1, 1].map((weight) => ({ id: `w${weight * 10}`, auxiliaries: [{ target: 'region', weight }], method: { id } })),
    }).design;
    const note = `Arms with ${id} differ only in weights that the method evens out on the shared layers, so they should come out nearly alike.`;
    expect(warnings.includes(note)).toBe(claims.includes('auxiliary-scale-irrelevant'));
  });
});

describe('filling in', () => {
  test('kind, loss, metric, margin, network and ids are written out, and no word that nobody wrote', () => {
    const { plan, design } = resolve({});
    expect(plan.main).toMatchObject({ kind: 'classification', loss: 'cross-entropy', metric: 'accuracy' });
    expect(plan.margin).toBe(0.005);
    expect(plan.network.id).toBe('mlp');
    expect([plan.name, plan.question, plan.arms[0]?.title]).toEqual([undefined, undefined, undefined]);
    expect(plan.data.split).toMatchObject({ kind: 'stratified', seed: 1 });
    expect(design.arms.map(({ id, tasks }) => [id, tasks.map((task) => task.id)])).toEqual([
      ['baseline', ['main']],
      ['auxiliary', ['main', 'region']],
    ]);
    expect(design.excludedInputs).toEqual(['species', 'region']);
    expect(design.warnings).toContain('Column "region" is learned as a task and therefore no input in any arm, the baseline included.');
  });

  test('a plan that was filled in gives itself again', () => {
    const { plan } = resolve({
      arms: [{ auxiliaries: [{ target: 'region' }, { target: 'region' }] }, { auxiliaries: [{ target: 'height' }], method: { id: other } }],
    });
    expect(resolvePlan(v.parse(Plan, JSON.parse(JSON.stringify(plan))), dataset, true).plan).toEqual(plan);
  });

  test('the default margin of a regression is 1 % of the spread in the training rows', () => {
    const { plan } = resolve({ main: { target: 'height', kind: 'regression' } });
    expect(plan.main.metric).toBe('rmse');
    // heights are (31 i) mod 17, nearly uniform on 0..16: standard deviation sqrt((17^2 - 1) / 12) = 4.9
    expect(plan.margin).toBeGreaterThan(0.044);
    expect(plan.margin).toBeLessThan(0.054);
  });

  test('heads take kind and metric of the main task, and ids that are unique', () => {
    const { design } = resolve({
      network: { id: 'mlp' },
      arms: [
        {
          auxiliaries: [
            { target: 'species', depth: 'end' },
            { target: 'species', weight: 0 },
          ],
        },
      ],
    });
    expect(design.arms[1]?.tasks.map(({ id, metric }) => [id, metric])).toEqual([
      ['main', 'accuracy'],
      ['species', 'accuracy'],
      ['species-2', 'accuracy'],
    ]);
    expect(design.warnings).toContain('Auxiliary task "species-2" has weight 0, so it only watches.');
  });

  test('several arms are named by their methods, or numbered', () => {
    const auxiliaries = [{ target: 'region' }];
    const ids = (arms: PlanInput['arms']): string[] => resolve({ arms }).design.arms.map(({ id }) => id);
    expect(ids([{ auxiliaries }, { auxiliaries, method: { id: other } }])).toEqual(['baseline', 'fixed', other]);
    expect(ids([{ auxiliaries }, { auxiliaries: [{ target: 'height' }] }])).toEqual(['baseline', 'auxiliary-1', 'auxiliary-2']);
    const taken = [{ id: 'auxiliary-1', auxiliaries }, { auxiliaries: [{ target: 'height' }] }, { auxiliaries: [{ target: 'height', weight: 1 }] }];
    expect(ids(taken)).toEqual(['baseline', 'auxiliary-1', 'auxiliary-2', 'auxiliary-3']);
  });

  test('words that a person wrote stay in the plan, those that would be made of it too', () => {
    const own = { name: 'species of flowers.csv', question: 'Does adding region make "species" better?' };
    const { plan } = resolve({ ...own, arms: [{ title: 'region', auxiliaries: [{ target: 'region' }] }] });
    expect([plan.name, plan.question, plan.arms[0]?.title]).toEqual([own.name, own.question, 'region']);
  });

  test.each([
    ['Mine', 'Mine'],
    ['Baseline', 'Other'],
  ])('titles that a person gave twice, %s and %s, are told in a warning', (...titles) => {
    const { design } = resolve({ arms: titles.map((title, at) => ({ title, auxiliaries: [{ target: 'region', weight: at + 1 }] })) });
    expect(design.warnings).toContain(`Several arms are called "${titles[0] ?? ''}", so results show their ids too. Give each a title of its own, or none.`);
  });

  test('the network follows from the kind of input', () => {
    const coreOf = (input: InputShape) => network(defaultNetwork(input)).core;
    expect(coreOf({ kind: 'image', shape: [28, 28, 1] })).toBe('convolutional');
    expect(coreOf({ kind: 'image', shape: [8, 8, 1] })).toBe('convolutional');
    expect(coreOf({ kind: 'sequence', shape: [20, 3] })).toBe('recurrent');
    expect(defaultNetwork({ kind: 'table', shape: [20] })).toBe('mlp');
  });
});

describe('refusing', () => {
  const imageNetwork = networks.find(({ inputs }) => inputs.join() === 'image')?.id ?? '';
  const auxiliary = (part: object): Partial<PlanInput> => ({ arms: [{ auxiliaries: [{ target: 'region', ...part }] }] });
  test.each<[string, Partial<PlanInput>, string]>([
    ['an unknown target', { main: { target: 'spieces' } }, 'Unknown column "spieces". Did you mean species'],
    ['an unknown auxiliary target', auxiliary({ target: 'regoin' }), 'Unknown column "regoin". Did you mean region?'],
    [
      'regression on text',
      { main: { target: 'species', kind: 'regression' } },
      'Column "species" holds text, such as "red" in row 1, so it cannot be a regression task. Use classification.',
    ],
    [
      'a metric of the other kind',
      { main: { target: 'species', metric: 'rmse' } },
      'Task "species" is a classification task: metric rmse does not suit it. Use one of accuracy,',
    ],
    [
      'a loss of the other kind',
      auxiliary({ loss: 'mse' }),
      `Task "region" is a classification task: loss mse does not suit it. Use ${lossesOf('classification').join(' or ')}.`,
    ],
    ['an unknown method', { arms: [{ auxiliaries: [{ target: 'region' }], method: { id: 'fixd' } }] }, 'Unknown method "fixd". Did you mean fixed?'],
    [
      'an unknown method parameter',
      { arms: [{ auxiliaries: [{ target: 'region' }], method: { id: 'fixed', params: { x: 1 } } }] },
      'Method fixed has no parameter "x". It has none.',
    ],
    [
      'a network of another kind of data',
      { network: { id: imageNetwork } },
      `The network ${imageNetwork} takes images, but this data set is a table. Networks that fit: mlp.`,
    ],
    ['an unknown network', { network: { id: 'mlpp' } }, 'Unknown network "mlpp". Did you mean mlp?'],
    ['an unknown depth', auxiliary({ depth: 'hiden-1' }), 'Unknown depth of network mlp "hiden-1".'],
    [
      'the id baseline',
      { arms: [{ id: 'baseline', auxiliaries: [{ target: 'region' }] }] },
      'No arm of the plan may have the id "baseline": it is always there.',
    ],
    [
      'two arms that are the same',
      {
        arms: [
          { auxiliaries: [{ target: 'region' }, { target: 'height', weight: 0.3 }] },
          { title: 'Mine', auxiliaries: [{ id: 'x', target: 'height' }, { target: 'region' }, { target: 'length', enabled: false }] },
        ],
      },
      'Arms 1 ("region + height") and 2 ("Mine") are the same: equal tasks and an equal method. Change one of them, or leave it out.',
    ],
    [
      'two kinds of one target',
      { arms: [{ auxiliaries: [{ target: 'height', kind: 'regression' }] }, { auxiliaries: [{ target: 'height', kind: 'classification' }] }] },
      'Column "height" is a classification task in one place and a regression task in another. Use one kind for it.',
    ],
    [
      'a curriculum that ends before it begins',
      auxiliary({ schedule: { id: 'curriculum', from: 3, to: 1 } }),
      'arms[0]: the curriculum schedule of "region" must end (to: 1) no earlier than it begins (from: 3).',
    ],
    ['augmentation of a table', { training: { augment: { flip: true } } }, 'training.augment is for images, and this data set has none. Leave it out.'],
  ])('%s', (_, part, sentence) => {
    expect(() => resolve(part)).toThrow(sentence);
  });
});
