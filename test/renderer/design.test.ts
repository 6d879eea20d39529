import { expect, test } from 'vitest';
import {
  changedAuxiliary,
  designOf,
  switched,
  withArmCopy,
  withAuxiliary,
  withMain,
  withOption,
  withoutArm,
  withoutAuxiliary,
  withType,
} from '../../src-renderer/state/design.ts';
import { nearestDepth, neighbourDepth, networkLayout } from '../../src-renderer/pages/design/networkLayout.ts';
import { visibleRows } from '../../src-renderer/parts/visibleRows.ts';
import { sparkPaths } from '../../src-renderer/pages/data/sparkline.ts';
import { fakeLab } from './fakeLab.ts';
import { plan } from './labContents.ts';

const ids = (design: ReturnType<typeof designOf>, arm = 0): (string | undefined)[] => design.plan.arms[arm]?.auxiliaries.map(({ id }) => id) ?? [];
const on = (design: ReturnType<typeof designOf>, arm = 0): (string | undefined)[] =>
  design.plan.arms[arm]?.auxiliaries.filter(({ enabled }) => enabled).map(({ id }) => id) ?? [];

test('another type of a column takes along what was chosen for its tasks, and the guess leaves nothing in the plan', () => {
  const before = designOf(plan({ main: { target: 'species', kind: 'classification', loss: 'cross-entropy', metric: 'accuracy', classWeights: 'balanced' } }));
  const changed = withType(before, 'species', 'number');
  expect(changed.plan.data.types).toEqual({ species: 'number' });
  expect(changed.plan.main).toMatchObject({ target: 'species', classWeights: 'balanced' });
  expect([changed.plan.main.kind, changed.plan.main.loss, changed.plan.main.metric]).toEqual([undefined, undefined, undefined]);
  expect(withType(before, 'length', 'class').plan.main).toEqual(before.plan.main);
  expect(withType(changed, 'species', null).plan.data.types).toBeUndefined();
});

test('an option that is left to the reader again leaves the plan', () => {
  const told = withOption(designOf(plan()), 'header', 2);
  expect(told.plan.data.options).toEqual({ header: 2 });
  expect(withOption(told, 'header', undefined).plan.data.options).toEqual({});
});

test('every arm and auxiliary of a plan gets a name of its own', () => {
  const design = designOf(plan({ arms: [{ auxiliaries: [{ target: 'region' }, { target: 'region' }] }, { auxiliaries: [{ target: 'region' }] }] }));
  expect(design.plan.arms.map(({ id }) => id)).toEqual(['arm-1', 'arm-2']);
  expect(ids(design)).toEqual(['region', 'region-2']);
});

test('what is switched off stays in the plan, and its title follows', () => {
  const design = switched(designOf(plan()), 0, 'region');
  expect(ids(design)).toEqual(['region', 'species@layer1']);
  expect(on(design)).toEqual(['species@layer1']);
  expect(on(switched(design, 0, 'region'))).toEqual(['region', 'species@layer1']);
});

test('a head is moved to another depth and keeps its name, weight and place in the list', () => {
  const design = changedAuxiliary(designOf(plan()), 0, 'species@layer1', { depth: 'end' });
  expect(design.plan.arms[0]?.auxiliaries[1]).toMatchObject({ id: 'species@layer1', depth: 'end', weight: 0.2 });
});

test('another main task takes its own label out of the auxiliaries, and heads of the main task follow it', () => {
  const before = designOf(plan({ main: { target: 'species', metric: 'macro-f1' }, margin: 0.01 }));
  const design = withMain(before, { target: 'region' });
  expect(design.plan.main).toMatchObject({ target: 'region' });
  expect(design.plan.main.metric).toBeUndefined(); // the old task's
  expect(design.plan.margin).toBeUndefined();
  expect(design.plan.arms[0]?.auxiliaries.map(({ target, depth }) => [target, depth])).toEqual([['region', 'layer1']]);
});

test('a copied arm differs in nothing, not even in what is off; the last arm cannot be removed', () => {
  const two = withArmCopy(switched(designOf(plan()), 0, 'region'), 0);
  expect(two.plan.arms).toHaveLength(2);
  expect(on(two, 1)).toEqual(['species@layer1']);
  const one = withoutArm(two, 0);
  expect(one.plan.arms).toHaveLength(1);
  expect(withoutArm(one, 0)).toBe(one);
});

test('auxiliaries are added under free names and removed with what was noted about them', () => {
  const added = withAuxiliary(designOf(plan()), 0, 'region');
  expect(ids(added)).toEqual(['region', 'species@layer1', 'region-2']);
  const design = withoutAuxiliary(switched(added, 0, 'region-2'), 0, 'region-2');
  expect([ids(design), on(design)]).toEqual([
    ['region', 'species@layer1'],
    ['region', 'species@layer1'],
  ]);
});

test('two arms of a file that share an id get one each', () => {
  const auxiliaries = [{ target: 'region' }];
  const design = designOf(plan({ arms: [{ auxiliaries }, { id: 'arm-1', auxiliaries }, { id: 'arm-1', auxiliaries }] }));
  expect(design.plan.arms.map(({ id }) => id)).toEqual(['arm-1', 'arm-1-2', 'arm-1-3']);
});

test('the drawing has a box for every stage and head, no two of them on one spot, and heads beside their depth', async () => {
  const lab = fakeLab();
  const picture = await lab.answers['catalog.network']?.({
    id: 'mlp',
    params: {},
    input: { kind: 'table', shape: [2] },
    heads: [
      { id: 'main', depth: 'end', outputs: 3 },
      { id: 'a', depth: 'layer1', outputs: 2 },
      { id: 'b', depth: 'layer1', outputs: 2 },
      { id: 'c', depth: 'end', outputs: 2 },
    ],
  });
  if (picture === undefined) throw new Error('The fake lab draws networks.');
  const layout = networkLayout(picture, 420, { input: 'Input', shape: (shape) => shape.join(' × ') });
  expect(layout.stages.map(({ title }) => title)).toEqual(['Input', 'layer1 · dense', 'layer2 · dense']);
  expect(layout.heads.map(({ id }) => id)).toEqual(['main', 'a', 'b', 'c']);
  const boxes = [...layout.stages, ...layout.heads];
  for (const a of boxes)
    for (const b of boxes)
      if (a !== b)
        expect(
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
          `${JSON.stringify(a)} ${JSON.stringify(b)}`,
        ).toBe(true);
  for (const { x, y, width, height } of boxes) expect(x + width <= layout.width && y + height <= layout.height).toBe(true);
  expect(layout.places.map(({ depth }) => depth)).toEqual(['layer1', 'end']);
  expect([nearestDepth(layout, 0), nearestDepth(layout, 1000)]).toEqual(['layer1', 'end']);
});

test('arrow keys lead from depth to depth and stop at either end', () => {
  const depths = ['a', 'b'];
  expect([neighbourDepth(depths, 'a', 1), neighbourDepth(depths, 'b', 1), neighbourDepth(depths, 'end', 1), neighbourDepth(depths, 'a', -1)]).toEqual([
    'b',
    'end',
    'end',
    'a',
  ]);
});

test('of a table of ten million rows only those in sight stand in the document', () => {
  const rows = visibleRows(10_000_000, 28, 28_000, 420);
  expect([rows.first, rows.end]).toEqual([988, 1027]); // 1000 - 12 spare; 1000 + 15 in sight + 12
  expect(rows.above + rows.below + (rows.end - rows.first) * 28).toBe(280_000_000);
  expect(visibleRows(0, 28, 0, 420)).toEqual({ first: 0, end: 0, above: 0, below: 0 });
});

test('a sparkline lifts the pen where a value is missing', () => {
  expect(sparkPaths([[0, null, 1]], 102, 24)).toEqual(['M1.0,22.0M101.0,2.0']);
});
