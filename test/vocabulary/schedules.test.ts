import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { LearningRatePlan } from '../../src-main/contract/plan.ts';
import { SchedulePlan } from '../../src-main/contract/task.ts';
import { initialGate, learningRateShare, moveGate, openGate, weightShare } from '../../src-main/engine/training/schedules.ts';
import { ownValues } from '../../src-main/vocabulary/params.ts';
import { rateScheduleOf } from '../../src-main/vocabulary/rateSchedules/index.ts';
import { scheduleText, weightScheduleOf } from '../../src-main/vocabulary/weightSchedules/index.ts';

const weights = (given: v.InferInput<typeof SchedulePlan>, times: readonly number[]): number[] => {
  const plan = v.parse(SchedulePlan, given);
  return times.map((time) => weightShare(plan, time, openGate));
};
const rates = (given: v.InferInput<typeof LearningRatePlan>, times: readonly number[], epochs = 10): number[] => {
  const plan = v.parse(LearningRatePlan, given);
  return times.map((time) => learningRateShare(plan, time, epochs));
};

describe('the share of an auxiliary weight', () => {
  test.each([
    [{ id: 'constant' }, [0, 5], [1, 1], 'constant'],
    [{ id: 'curriculum', from: 2, to: 4 }, [0, 2, 3, 4, 9], [0, 0, 0.5, 1, 1], 'curriculum from 2 to 4'],
    [{ id: 'curriculum', from: 2, to: 2 }, [1.9, 2], [0, 1], 'curriculum from 2 to 2'],
    [{ id: 'linear-decay', from: 1, to: 5 }, [0, 1, 2, 5, 9], [1, 1, 0.75, 0, 0], 'linear decay from 1 to 5'],
    [{ id: 'cosine-decay', to: 4 }, [0, 1, 2, 4], [1, 0.5 * (1 + Math.SQRT1_2), 0.5, 0], 'cosine decay from 0 to 4'],
    [{ id: 'exponential-decay', from: 1, halfLife: 2 }, [0, 1, 3, 5, 11], [1, 1, 0.5, 0.25, 1 / 32], 'exponential decay from 1, halved every 2 epochs'],
  ] as const)('%j', (plan, times, expected, words) => {
    weights(plan, times).forEach((share, at) => expect(share).toBeCloseTo(expected[at] ?? NaN, 12));
    expect(scheduleText(v.parse(SchedulePlan, plan))).toBe(words);
  });

  test.each([
    [{ id: 'curriculum', from: 3, to: 2 }, 'must end (to: 2) no earlier than it begins (from: 3)'],
    [{ id: 'linear-decay', from: 2, to: 2 }, 'must end (to: 2) later than it begins (from: 2)'],
    [{ id: 'cosine-decay', from: 2, to: 1 }, 'must end (to: 1) later than it begins (from: 2)'],
    [{ id: 'gated', min: 0.5, max: 0.4 }, 'has a smallest share (min: 0.5) above its largest (max: 0.4)'],
    [{ id: 'curriculum', from: 2, to: 2 }, null],
    [{ id: 'gated', min: 0.4, max: 0.4 }, null],
  ] as const)('values that do not go together are told from those that do: %j', (given, misfit) => {
    const plan = v.parse(SchedulePlan, given);
    expect(weightScheduleOf(plan.id).misfit?.(plan) ?? null).toBe(misfit);
  });

  test('a curriculum that begins when training ends is warned of', () => {
    const warning = (from: number) => weightScheduleOf('curriculum').warning?.({ from, to: 20 }, 10) ?? null;
    expect(warning(9.5)).toBeNull();
    expect(warning(10)).toEqual({ before: 'The curriculum', after: 'begins at epoch 10, but training ends after 10: it never gets any weight.' });
  });

  test('a weight can rest at 0 only where its schedule can bring it there', () => {
    const canRest = (given: v.InferInput<typeof SchedulePlan>): boolean => {
      const plan = v.parse(SchedulePlan, given);
      return weightScheduleOf(plan.id).canRest(plan);
    };
    expect([canRest({ id: 'constant' }), canRest({ id: 'gated' })]).toEqual([false, false]);
    for (const given of [{ min: 0 }, { start: 0 }]) expect(canRest({ id: 'gated', ...given })).toBe(true);
    for (const given of [{ id: 'curriculum', from: 1, to: 2 }, { id: 'linear-decay', to: 2 }, { id: 'exponential-decay' }] as const)
      expect(canRest(given)).toBe(true);
  });

  test('one half-life is one epoch, not epochs', () => {
    expect(scheduleText(v.parse(SchedulePlan, { id: 'exponential-decay' }))).toBe('exponential decay from 0, halved every 1 epoch');
  });

  test('a gate opens while the main metric improves, closes while it worsens, and stays within its bounds', () => {
    const plan = v.parse(SchedulePlan, { id: 'gated', start: 0.4, grow: 2, shrink: 0.5, min: 0.1, max: 1 });
    const seen: number[] = [];
    let gate = initialGate(plan);
    for (const metric of [0.5, 0.6, 0.7, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2]) {
      gate = moveGate(plan, gate, metric);
      seen.push(weightShare(plan, 0, gate));
    }
    expect(seen).toEqual([0.4, 0.8, 1, 1, 0.5, 0.25, 0.125, 0.1, 0.1]);
  });
});

describe('the share of the learning rate', () => {
  test.each([
    [{ id: 'constant', warmUp: 2 }, [0, 1, 2, 9], [0.001, 0.5, 1, 1]],
    [{ id: 'cosine', warmUp: 2, floor: 0.1 }, [1, 2, 6, 10], [0.5, 1, 0.55, 0.1]],
    [{ id: 'step', every: 3, factor: 0.5 }, [0, 2.9, 3, 6], [1, 1, 0.5, 0.25]],
    [{ id: 'cosine', warmUp: 10, floor: 0.1 }, [5, 10, 11], [0.5, 1, 0.1]], // no epoch is left to fall in
    // 1 - 0.45 (1 + cos(pi / 5))
    [{ id: 'one-cycle', peakAt: 0.5, startDivisor: 10, endDivisor: 100 }, [0, 1, 5, 7.5, 10, 12], [0.1, 0.18594235253127366, 1, 0.5005, 0.001, 0.001]],
    [{ id: 'one-cycle' }, [0, 1.5, 3, 6.5, 10], [0.04, 0.52, 1, 0.500002, 4e-6]], // torch.optim.lr_scheduler.OneCycleLR, max_lr 1, cosine annealing
  ] as const)('%j', (plan, times, expected) => {
    rates(plan, times).forEach((share, at) => expect(share).toBeCloseTo(expected[at] ?? NaN, 12));
  });

  test('is told in a few words', () => {
    const words = (given: v.InferInput<typeof LearningRatePlan>): string => {
      const plan = v.parse(LearningRatePlan, given);
      const schedule = rateScheduleOf(plan.id);
      return schedule.words(ownValues(schedule.params, plan));
    };
    expect(words({})).toBe('constant');
    expect(words({ id: 'cosine', floor: 0.0125 })).toBe('cosine to 1.3 % of it'); // 1.25 is rounded up
    expect(words({ id: 'step', every: 3, factor: 0.5 })).toBe('times 0.5 every 3 epochs');
    expect(words({ id: 'step', every: 1 })).toBe('times 0.1 every 1 epoch');
    expect(words({ id: 'one-cycle', peakAt: 0.3125 })).toBe('one cycle from 1/25 of it, with the peak after 31.3 % of the run');
  });
});
