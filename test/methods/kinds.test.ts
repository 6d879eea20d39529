/** What the compiler refuses: these lines fail `tsc` as soon as one kind of method can be given another kind's calls. */
import { expect, test } from 'vitest';
import { noState } from '../../src-main/methods/activeTasks.ts';
import type { WeightFormula } from '../../src-main/methods/arithmetic.ts';
import { fixed } from '../../src-main/methods/fixed.ts';
import { methods } from '../../src-main/methods/index.ts';
import { forkingMethod, formulaMethod, gramianMethod, hindsightMethod, lookAheadMethod, presetMethod } from '../../src-main/methods/kinds.ts';
import type { Method } from '../../src-main/methods/method.ts';

const { id, title, paper, summary, whenToUse, formula, traps, cost, params, claims } = fixed;
const words = { id, title, paper, summary, whenToUse, formula, traps, cost, params, claims };
const init = () => noState;
const ones = (): readonly number[] => [1, 1];
const formulaOfLosses: WeightFormula = { inputs: () => [], weights: (_, losses) => [...losses] };
const known = { step: 0, epoch: 0, taskCount: 2, epochLosses: [] };
const random = (): number => 0.5;

test('a method has the calls of its kind and no others', () => {
  const made: Method[] = [
    presetMethod({ ...words, init, weights: ones, learn: (state) => state }),
    formulaMethod({ ...words, init, formulaOfLosses, learn: (state) => state }),
    hindsightMethod({ ...words, init, formulaOfLosses, learn: (state) => state }),
    gramianMethod({ ...words, init, update: (state) => ({ weights: [1, 1], state }) }),
    lookAheadMethod({ ...words, init, weights: ones, learn: (state) => state }),
    forkingMethod({ ...words, branches: () => [[true, false]], roundEpochs: () => 1, merge: async (scores) => scores }),
  ];
  expect(made.map(({ kind, needs }) => `${kind}: ${needs}`)).toEqual([
    'preset: losses',
    'formula: losses',
    'hindsight: losses',
    'gramian: gramian',
    'look-ahead: look-ahead',
    'forking: branches',
  ]);
  // @ts-expect-error a preset method has no update
  presetMethod({ ...words, init, weights: ones, learn: (state) => state, update: () => undefined });
  // @ts-expect-error nor a formula
  presetMethod({ ...words, init, weights: ones, learn: (state) => state, formulaOfLosses });
  // @ts-expect-error a formula method's weights are its formula
  formulaMethod({ ...words, init, formulaOfLosses, weights: ones, learn: (state) => state });
  // @ts-expect-error a method over the Gramian is not asked before the step
  gramianMethod({ ...words, init, weights: ones, update: (state) => ({ weights: [1, 1], state }) });
  // @ts-expect-error a method that looks ahead may leave out no step: that is its parameter "every"
  lookAheadMethod({ ...words, init, weights: ones, learn: (state) => state, seesEveryStep: true });
  // @ts-expect-error a forking method remembers nothing
  forkingMethod({ ...words, init, branches: () => [[true]], roundEpochs: () => 1, merge: async (scores) => scores });
  // @ts-expect-error and has no weights of its own
  forkingMethod({ ...words, weights: ones, branches: () => [[true]], roundEpochs: () => 1, merge: async (scores) => scores });
});

test('a call is shown what its kind is shown and no more', () => {
  // @ts-expect-error before the step there are no losses
  presetMethod({ ...words, init, weights: (_, { losses }) => losses as number[], learn: (state) => state });
  // @ts-expect-error without a pass after the step there are no losses after it
  formulaMethod({ ...words, init, formulaOfLosses, learn: (state, { lossesAfter }) => (lossesAfter === undefined ? state : state) });
  // @ts-expect-error only a method over the Gramian is shown it
  presetMethod({ ...words, init, weights: ones, learn: (state, { gramian }) => (gramian === undefined ? state : state) });
  gramianMethod({ ...words, init, update: (state, { gramian }) => ({ weights: gramian.map((row) => row.length), state }) }); // and it is never missing
  const looking = gramianMethod({ ...words, init, update: (state, { gramian }) => ({ weights: gramian.map((row) => row.length), state }) });
  // @ts-expect-error nobody can ask one without a Gramian
  expect(() => looking.update(noState, { ...known, losses: [1, 1] }, {}, random)).toThrow();
  // @ts-expect-error a preset method has no update to be asked by
  expect(fixed.update).toBeUndefined();
  const parting = forkingMethod({ ...words, branches: () => [[true, false]], roundEpochs: () => 1, merge: async (scores) => scores });
  // @ts-expect-error what forks has no weights
  expect(parting.weights).toBeUndefined();
});

test('every method of the list is of a kind, and those of one kind have the same calls', () => {
  const calls = (method: Method): string => {
    const own = Object.entries(method).flatMap(([name, value]) => (typeof value === 'function' || name === 'formulaOfLosses' ? [name] : []));
    return own.sort().join(' ');
  };
  const byKind = Object.fromEntries(
    [...new Set(methods.map(({ kind }) => kind))].map((kind) => [kind, [...new Set(methods.filter((method) => method.kind === kind).map(calls))]]),
  );
  const callsOf = {
    preset: ['init learn weights'],
    gramian: ['init update'],
    'look-ahead': ['init learn weights'],
    forking: ['branches init merge roundEpochs'],
    formula: ['formulaOfLosses init learn weights'],
    hindsight: ['formulaOfLosses init learn weights'],
  };
  expect(byKind).toEqual(Object.fromEntries(methods.map(({ kind }) => [kind, callsOf[kind]])));
});
