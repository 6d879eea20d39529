import { expect, test } from 'vitest';
import { checkParams } from '../../../../src-main/contract/params.ts';
import { engineNeeds } from '../../../../src-main/engine/training/weighing/needs.ts';
import type { TaskJob } from '../../../../src-main/engine/protocol.ts';
import { methods } from '../../../../src-main/methods/index.ts';

const task: TaskJob = {
  id: 'main',
  target: 'digit',
  kind: 'classification',
  loss: 'cross-entropy',
  lossParams: {},
  labelSmoothing: 0,
  classWeights: 'none',
  metric: 'accuracy',
  depth: 'end',
  weight: 1,
  schedule: { id: 'constant' },
  balanced: true,
  bounds: null,
};
const three = [task, { ...task, id: 'a' }, { ...task, id: 'b' }];

function needsOf(method: (typeof methods)[number], tasks: readonly TaskJob[], given: Record<string, unknown> = {}): object {
  const { formula, ...needs } = engineNeeds(method, checkParams(method.id, method.params, given), tasks, false);
  return { ...needs, formula: formula !== null };
}

test('what a method costs follows from its kind alone', () => {
  for (const tasks of [three, [task], [task, { ...task, id: 'a', balanced: false }], [task, { ...task, id: 'a', weight: 0 }]]) {
    const byKind = new Map(methods.map((method) => [method.kind, needsOf(method, tasks)]));
    for (const method of methods) expect(needsOf(method, tasks), method.id).toEqual(byKind.get(method.kind));
  }
});

test('each kind asks for its passes and no others', () => {
  const plain = { step: true, factors: false, formula: false, halves: false, losses: false, look: [], lookAhead: false };
  const found = Object.fromEntries(methods.map((method) => [method.kind, needsOf(method, three)]));
  const passes = {
    preset: plain,
    forking: plain,
    formula: { ...plain, formula: true, step: false },
    hindsight: { ...plain, formula: true, step: false, losses: true },
    gramian: { ...plain, step: false, halves: true },
    'look-ahead': { ...plain, lookAhead: true },
  };
  expect(found).toEqual(Object.fromEntries(methods.map(({ kind }) => [kind, passes[kind]])));
});

test('a formula is computed outside of the step where a task is left alone, bounded, at rest or all there is', () => {
  const outside = { step: true, formula: false, losses: true };
  const formulas = methods.filter(({ kind }) => kind === 'formula');
  for (const method of formulas) {
    expect(needsOf(method, [task])).toMatchObject(outside);
    expect(needsOf(method, [task, { ...task, balanced: false }])).toMatchObject(outside);
    expect(needsOf(method, [task, { ...task, bounds: { min: 0, max: 2 } }])).toMatchObject(outside);
    expect(needsOf(method, [task, { ...task, weight: 0 }])).toMatchObject({ ...outside, formula: true }); // both: weights may come later
  }
  expect(formulas.length).toBeGreaterThan(0);
});
