/** The design that is being made: its changes, its checks, and what is kept of it. */
import { expect, test } from 'vitest';
import { switched, withPlan } from '../../src-renderer/state/design.ts';
import { ownTime } from './fakeLab.ts';
import { plan } from './labContents.ts';
import type { Answers } from './usualAnswers.ts';
import { workspaces, type Workspace } from './workspaces.ts';

const settle = ownTime();
const { opened } = await workspaces();

test('heads are drawn as wide as the kinds that were chosen make them, an intermediate one as the main task is', async () => {
  const { space } = await opened();
  await space.opening.open('/data/flowers.csv');
  const widths = async (kind: 'classification' | 'regression' | undefined): Promise<unknown> => {
    space.draft.change((design) => withPlan(design, { main: { ...design.plan.main, kind } }), 'kind');
    await space.check.now();
    return space.check.network?.heads.map(({ id, layer }) => [id, ...layer.outputShape]);
  };
  expect(await widths(undefined)).toEqual([
    ['main', 3],
    ['arm-1/region', 3],
    ['arm-1/species@layer1', 3],
  ]);
  expect(await widths('regression')).toEqual([
    ['main', 1],
    ['arm-1/region', 3],
    ['arm-1/species@layer1', 1],
  ]);
});

test('the draft that was being made is there again after a reload', async () => {
  const kept = {
    plan: plan({
      arms: [
        {
          auxiliaries: [
            { target: 'region', enabled: false },
            { target: 'species', depth: 'layer1' },
          ],
        },
      ],
    }),
    sentence: '',
  };
  const { space } = await opened({
    'drafts.list': () => [{ id: 'd-1', name: 'flowers', saved: '2026-11-24T00:00:00.000Z' }],
    'drafts.get': () => ({ id: 'd-1', name: 'flowers', saved: '2026-11-24T00:00:00.000Z', content: kept }),
  });
  expect([space.draft.id, space.draft.plan?.arms[0]?.auxiliaries.map(({ enabled }) => enabled), space.dataset.picture?.name]).toEqual([
    'd-1',
    [false, true],
    'flowers.csv',
  ]);
});

test('a draft of another version is left alone', async () => {
  const { space } = await opened({
    'drafts.list': () => [{ id: 'd-1', name: 'x', saved: '2026-11-24T00:00:00.000Z' }],
    'drafts.get': () => ({ id: 'd-1', name: 'x', saved: '2026-11-24T00:00:00.000Z', content: { shape: 'of the future' } }),
  });
  expect([space.draft.plan, space.trouble]).toEqual([null, null]);
});

test('changes of the design are undone and redone, and the plan is checked after each', async () => {
  const { space } = await opened();
  await space.opening.open('/data/flowers.csv');
  space.draft.change((design) => withPlan(design, { repeats: 12 }), 'pairs');
  expect([space.draft.plan?.repeats, space.draft.undoLabel]).toEqual([12, 'pairs']);
  space.draft.undo();
  expect([space.draft.plan?.repeats, space.draft.canUndo, space.draft.redoLabel]).toEqual([6, false, 'pairs']);
  space.draft.redo();
  expect(space.draft.plan?.repeats).toBe(12);
  expect(space.check.isChecking).toBe(true);
});

test('another role is read again, undoing it too; another epoch count is not', async () => {
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  const count = (): number => lab.names().filter((name) => name === 'data.inspect').length;
  expect(count()).toBe(1);
  space.draft.change((design) => withPlan(design, { repeats: 12 }), 'pairs');
  await settle(500);
  expect(count()).toBe(1);
  space.draft.change((design) => withPlan(design, { data: { ...design.plan.data, roles: { length: 'ignore' } } }), 'role of length');
  await settle(500);
  expect(count()).toBe(2);
  space.draft.undo();
  await settle(500);
  expect(count()).toBe(3);
});

test('what is switched off is in the plan that starts, and an arm without anything on is refused before the lab is asked', async () => {
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  space.draft.change((design) => switched(switched(design, 0, 'region'), 0, 'species@layer1'), 'off');
  await space.check.now();
  expect(space.check.trouble).toMatch(/at least one auxiliary/);
  space.draft.change((design) => switched(design, 0, 'species@layer1'), 'on');
  await space.startExperiment();
  const started = lab.asked.find(({ name }) => name === 'experiments.start')?.input as {
    plan: { arms: { auxiliaries: { id: string; enabled: boolean }[] }[] };
  };
  expect(started.plan.arms[0]?.auxiliaries.map(({ id, enabled }) => [id, enabled])).toEqual([
    ['region', false],
    ['species@layer1', true],
  ]);
  expect([space.navigation.screen, space.navigation.experimentId]).toEqual(['run', 'e1']);
});

test("a person's own words survive a reload, made ones follow every change, and those of an older draft do too", async () => {
  const question = 'Does adding head at layer1 + region make "species" better?'; // to the letter what is made of this plan
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  const words = (one: Workspace): unknown => (one.draft.plan === null ? null : one.textsOf(one.draft.plan));
  expect(words(space)).toEqual({ name: 'species of flowers.csv', question, titles: ['Baseline', 'head at layer1 + region'] });
  space.draft.change((design) => switched(design, 0, 'region'), 'region');
  expect(words(space)).toMatchObject({ question: 'Does adding head at layer1 make "species" better?', titles: ['Baseline', 'head at layer1'] });
  space.draft.change((design) => withPlan(design, { question }), 'question');
  await settle(1200);
  const saved = lab.asked.findLast(({ name }) => name === 'drafts.save')?.input as { readonly id: string; readonly name: string; readonly content: object };
  expect(saved.name).toBe('species of flowers.csv');
  const reload = (content: object): Answers => ({
    'drafts.list': () => [{ ...saved, saved: '2026-11-24T00:00:00.000Z' }],
    'drafts.get': () => ({ ...saved, saved: '2026-11-24T00:00:00.000Z', content: JSON.parse(JSON.stringify(content)) as Record<string, unknown> }),
  });
  const again = (await opened(reload(saved.content))).space;
  again.draft.change((design) => switched(design, 0, 'region'), 'region');
  again.draft.change((design) => switched(design, 0, 'region'), 'region');
  expect(words(again)).toMatchObject({ question, titles: ['Baseline', 'head at layer1'] });
  const older = {
    sentence: '',
    plan: { ...plan(), format: 'auxlab-plan/1', question, arms: plan().arms.map((arm) => ({ ...arm, title: 'head at layer1 + region' })) },
  };
  const old = (await opened(reload(older))).space;
  old.draft.change((design) => switched(design, 0, 'region'), 'region');
  expect(words(old)).toMatchObject({ question: 'Does adding head at layer1 make "species" better?', titles: ['Baseline', 'head at layer1'] });
});
