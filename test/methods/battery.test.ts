import { describe, expect, test } from 'vitest';
import { methods } from '../../src-main/methods/index.ts';
import type { Measured } from '../../src-main/methods/oneStep.ts';
import { degenerate, extreme, gramianOf, randomJacobian, regular, rounded, run, seenAt, start, steps, withTasks } from './cases.ts';

describe.each(methods.map((method) => [method.id, method] as const))('%s', (_, method) => {
  const gramian = gramianOf(randomJacobian(77, 4, 9));

  test('weights are finite for every gradient and every scale of loss', () => {
    const gramians = [...[...regular, ...degenerate, ...extreme].map(({ name, jacobian }) => ({ name, gramian: gramianOf(jacobian) })), ...rounded];
    for (const { name, gramian: seenGramian } of gramians) {
      for (const lossScale of [1e-10, 1, 1e10]) {
        for (const { weights } of run(method, start(method, seenGramian.length), steps(12, seenGramian, lossScale))) {
          expect(weights.length).toBe(seenGramian.length);
          expect(weights.every(Number.isFinite), `${name}, losses times ${lossScale}: ${String(weights)}`).toBe(true);
        }
      }
    }
  });

  test('losses of 0 give finite weights', () => {
    const zero = steps(12, gramian).map((seen) => ({
      ...seen,
      losses: [0, 0, 0, 0],
      lossesAfter: [0, 0, 0, 0],
      epochLosses: seen.epochLosses.map(() => [0, 0, 0, 0]),
    }));
    for (const { weights } of run(method, start(method, 4), zero)) expect(weights.every(Number.isFinite), String(weights)).toBe(true);
  });

  test('a run that goes through JSON in the middle continues with the same numbers', () => {
    const all = steps(24, gramian);
    const whole = run(method, start(method, 4), all);
    const middle = whole[11]?.state;
    const stored: unknown = JSON.parse(JSON.stringify(middle));
    expect(stored).toEqual(middle);
    expect(run(method, stored, all.slice(12)).map(({ weights }) => weights)).toEqual(whole.slice(12).map(({ weights }) => weights));
  });

  test('an update changes neither the state nor the numbers that it is given', () => {
    const seen = seenAt(9, gramian);
    const state = run(method, start(method, 4), steps(9, gramian)).at(-1)?.state;
    const before = JSON.stringify([state, seen]);
    run(method, state, [seen]);
    expect(JSON.stringify([state, seen])).toBe(before);
  });

  test('with one task, and with the main task alone, the weight is exactly 1', () => {
    const single = gramianOf([[3, 4]]);
    for (const { weights } of run(method, start(method, 1), steps(12, single))) expect(weights).toEqual([1]);
    const alone = steps(12, gramian).map((seen) => ({ ...seen, active: [true, false, false, false] }));
    for (const { weights } of run(method, start(method, 4), alone)) expect(weights).toEqual([1, 0, 0, 0]);
  });

  test('an inactive task weighs 0 and the others do as if it did not exist', () => {
    const kept = [0, 1, 3];
    const pick = <T>(values: readonly T[]): T[] => values.filter((_, task) => kept.includes(task));
    const all: Measured[] = steps(16, gramian).map((seen) => ({
      ...seen,
      active: [true, true, false, true],
      gramian: gramian.map((row, i) => row.map((value, j) => (i === 2 || j === 2 ? 0 : value))),
    }));
    const fewer = steps(16, gramian).map((seen) => withTasks(seen, pick));
    const expected = run(method, start(method, 3), fewer);
    run(method, start(method, 4), all).forEach(({ weights }, step) => {
      expect(weights[2]).toBe(0);
      expect(pick(weights)).toEqual(expected[step]?.weights);
    });
  });

  test('a task that comes back gives finite weights, also when its epochs were never measured', () => {
    const comesAndGoes = steps(24, gramian).map((seen) => ({
      ...seen,
      active: [true, true, seen.step >= 10 && seen.step % 5 !== 0, true],
      epochLosses: seen.epochLosses.map((losses) => losses.map((loss, task) => (task === 2 ? NaN : loss))),
    }));
    for (const { weights } of run(method, start(method, 4), comesAndGoes)) {
      expect(weights.length).toBe(4);
      expect(weights.every(Number.isFinite), String(weights)).toBe(true);
    }
  });

  test('what is not there to learn from leaves the state, and no Gramian is a refusal', () => {
    const { gramian: _gramian, lossesAfter: _after, lookAhead: _ahead, ...bare } = seenAt(9, gramian);
    const state = run(method, start(method, 4), steps(9, gramian)).at(-1)?.state;
    const full = run(method, state, [seenAt(9, gramian)])[0];
    if (method.kind === 'gramian') return expect(() => run(method, state, [bare])).toThrow('The method needs the Gramian of this step.');
    const [update] = run(method, state, [bare]);
    expect(update?.weights).toEqual(full?.weights);
    if (method.kind === 'hindsight' || method.kind === 'look-ahead') {
      expect(update?.state).toBe(state);
      expect(full?.state).not.toEqual(state);
    }
  });

  test('lists of different lengths are refused', () => {
    const refused = (changed: Partial<Measured>) => expect(() => run(method, start(method, 4), [{ ...seenAt(0, gramian), ...changed }]));
    if (method.kind === 'forking') return; // it has no call for a step
    refused({ active: [true] }).toThrow(`Method ${method.id}: active has 1 entry for 4 tasks.`);
    refused({ losses: [] }).toThrow(`Method ${method.id}: there is no task.`);
    if (method.kind === 'gramian') {
      refused({ gramian: gramian.slice(1) }).toThrow(`Method ${method.id}: the Gramian has 3 entries for 4 tasks.`);
      const ragged = gramian.map((row, i) => (i === 2 ? row.slice(1) : row));
      refused({ gramian: ragged }).toThrow(`Method ${method.id}: a row of the Gramian has 3 entries for 4 tasks.`);
    }
    if (method.kind === 'hindsight') refused({ lossesAfter: [1] }).toThrow(`Method ${method.id}: lossesAfter has 1 entry for 4 tasks.`);
  });
});
