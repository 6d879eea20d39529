import { expect, test } from 'vitest';
import { ForkingWalker } from '../../../src-main/engine/training/forkingWalker.ts';
import type { State } from '../../../src-main/engine/stepEngine.ts';
import type { Place } from '../../../src-main/engine/training/walker.ts';
import { plainWalker } from '../../../src-main/engine/training/walker.ts';
import { fixed } from '../../../src-main/methods/fixed.ts';
import { forkingMethod } from '../../../src-main/methods/kinds.ts';

const { id, title, paper, summary, whenToUse, formula, traps, cost, params, claims } = fixed;

/** A branch for the main task alone and one for each auxiliary, for an epoch; then a mixture of the first two if it scores better than the first. */
const parting = forkingMethod({
  ...{ id, title, paper, summary, whenToUse, formula, traps, cost, params, claims },
  branches: (taskCount) => Array.from({ length: taskCount }, (_, branch) => Array.from({ length: taskCount }, (__, task) => task === 0 || task === branch)),
  roundEpochs: () => 1,
  merge: async ([alone = 0], score) => ((await score([0.6, 0.4, 0])) > alone ? [0.6, 0.4, 0] : [1, 0, 0]),
});

/** A walk of three tasks over an engine of one number, which every step raises by a tenth for the main task and by 1 for each auxiliary that is trained. */
function fork(totalSteps: number, scoreOf: (value: number) => number) {
  let value = 0;
  const engine = {
    read: async (): Promise<State> => new Map([['x', Float32Array.of(value)]]),
    write: async (state: ReadonlyMap<string, Float32Array>) => void (value = state.get('x')?.[0] ?? NaN),
  };
  const place: Place = { step: 0, branch: 0 };
  const course = { stepsPerEpoch: 10, totalSteps, method: parting, params: {}, taskCount: 3, engine, score: async () => scoreOf(value) };
  const walker = new ForkingWalker(place, course, new Map());
  return { walker, place, value: () => value, train: (trains: readonly boolean[]) => void (value += 0.1 + trains.slice(1).filter(Boolean).length) };
}

test('the progress of a run with branches never falls and ends at its last step, whether or not that ends a whole round', async () => {
  for (const totalSteps of [20, 25]) {
    const { walker, place, train } = fork(totalSteps, () => 0);
    const seen = [walker.done()];
    const epochEnds: number[] = [];
    while (place.step < totalSteps) {
      train((await walker.nextStep()).trains);
      if ((await walker.arrive()).isEpochOver) epochEnds.push(place.step);
      seen.push(walker.done());
    }
    expect(seen.length).toBe(3 * totalSteps + 1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect([seen[0], seen.at(-1)]).toEqual([0, totalSteps]);
    expect(epochEnds).toEqual(totalSteps === 20 ? [10, 20] : [10, 20, 25]);
    expect(walker.snapshots.size).toBe(0);
  }
});

test('every branch begins at the same values and trains its own tasks; each loss is recorded once a step; the best mixture stays', async () => {
  const { walker, place, train, value } = fork(10, (x) => -Math.abs(x - 5)); // ends: 1 alone, 11 with an auxiliary; 0.6 * 1 + 0.4 * 11 = 5
  const walked: string[] = [];
  let last = await walker.nextStep();
  for (;;) {
    if (place.step === 0) walked.push(`${last.trains.map(Number).join('')} ${last.records.map(Number).join('')} ${String(last.isFirst)} ${value()}`);
    expect(last).toMatchObject({ step: place.step, movesRun: false });
    train(last.trains);
    const { merged, isEpochOver } = await walker.arrive();
    expect(isEpochOver).toBe(merged !== null);
    if (merged !== null) {
      expect(merged).toEqual([1, expect.closeTo(0.4, 12), 0]);
      break;
    }
    last = await walker.nextStep();
  }
  expect(walked).toEqual(['100 100 true 0', '110 010 false 0', '101 001 false 0']);
  expect(value()).toBeCloseTo(5, 5);
  expect(place).toEqual({ step: 10, branch: 0 });
});

test('a plain walk makes every step once, with all tasks, and every step moves the run', async () => {
  const place: Place = { step: 0, branch: 0 };
  const walker = plainWalker(place, { stepsPerEpoch: 4, totalSteps: 6 }, 2);
  const ends: number[] = [];
  for (let step = 0; step < 6; step++) {
    expect(await walker.nextStep()).toEqual({ step, trains: [true, true], records: [true, true], isFirst: true, movesRun: true });
    const { isEpochOver, merged } = await walker.arrive();
    expect([walker.done(), merged]).toEqual([step + 1, null]);
    if (isEpochOver) ends.push(place.step);
  }
  expect(ends).toEqual([4, 6]);
});
