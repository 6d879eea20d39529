import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { Plan } from '../../../src-main/contract/plan.ts';
import { forecastMs, type Timing } from '../../../src-main/lab/run/forecast.ts';

const plan = v.parse(Plan, { format: 'auxlab-plan/1', data: { source: 'x' }, main: { target: 'y' }, arms: [{ auxiliaries: [{ target: 'a' }] }] });
// 640 training rows in batches of 64: 10 steps an epoch; 96 validation rows and as many of the training rows after each, 96 test rows and 96
// training rows at the end
const design = { parts: { train: 640, validation: 96, heldOut: 0, test: 96, digest: '' }, training: { ...plan.training, batch: 64, diagnosticsEvery: 0 } };
const timing = (stepMs: number, part: Partial<Timing> = {}): Timing => ({ setUpMs: 500, totalSteps: 100, stepMs, isFloor: false, ...part });
const runs = (...arms: string[]): { arm: string; doneSteps: number }[] => arms.map((arm) => ({ arm, doneSteps: 0 }));

describe('the time of an experiment', () => {
  test('is that of its runs: start, steps, evaluation at a third of a step for as many rows', () => {
    // 500 ms + (100 steps + (10 epochs x 192 rows + 192 rows) / 64 / 3 = 11 steps) x 20 ms = 2720 ms
    expect(forecastMs(runs('baseline'), new Map([['baseline', timing(20)]]), design, 1)).toEqual({ ms: 2720, bound: 'about' });
  });

  test('counts the looks at the gradients, as often as the plan asks', () => {
    // a look costs two steps: every 10th step 20 more of 100, 20 x 20 ms = 400 ms
    const looking = { ...design, training: { ...design.training, diagnosticsEvery: 10 } };
    expect(forecastMs(runs('baseline'), new Map([['baseline', timing(20)]]), looking, 1)?.ms).toBeCloseTo(2720 + 400, 6);
  });

  test('is shared over the workers, each run whole', () => {
    const timings = new Map([['baseline', timing(20)]]);
    expect(forecastMs(runs('baseline', 'baseline', 'baseline'), timings, design, 2)?.ms).toBe(2 * 2720); // three runs on two workers: two rounds
    expect(forecastMs(runs('baseline'), timings, design, 16)?.ms).toBe(2720);
  });

  test('takes an arm that was not timed for the slowest of those that were', () => {
    const timings = new Map([
      ['baseline', timing(10)],
      ['heads', timing(20)],
    ]);
    expect(forecastMs(runs('other'), timings, design, 1)?.ms).toBe(2720);
  });

  test('leaves out what a run has done already', () => {
    // 50 steps and 5 epochs less: 500 + (50 + (5 x 192 + 192) / 64 / 3) x 20 = 1620
    expect(forecastMs([{ arm: 'baseline', doneSteps: 50 }], new Map([['baseline', timing(20)]]), design, 1)?.ms).toBe(1620);
  });

  test('is a ceiling when runs may stop early, and a floor when no step of an arm came to its end', () => {
    const stopping = { ...design, training: { ...design.training, earlyStopping: { patience: 3, minDelta: 0 } } };
    expect(forecastMs(runs('baseline'), new Map([['baseline', timing(20)]]), stopping, 1)?.bound).toBe('at-most');
    expect(forecastMs(runs('baseline'), new Map([['baseline', timing(20, { isFloor: true })]]), stopping, 1)?.bound).toBe('more-than');
  });

  test('of runs that were not even set up is the time that this took, at least', () => {
    const timings = new Map([['baseline', timing(0, { setUpMs: 10_000, totalSteps: 0, isFloor: true })]]);
    expect(forecastMs(runs('baseline', 'baseline'), timings, design, 1)).toEqual({ ms: 20_000, bound: 'more-than' });
    expect(forecastMs(runs('baseline'), new Map(), design, 1)).toBeNull();
  });
});
