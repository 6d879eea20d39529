/** How learning rates and auxiliary weights change over a run. Plain numbers; times are in epochs and may be fractions. */
import type { LearningRatePlan, SchedulePlan } from '../contract/plan.ts';

/** The learning rate as a share of the plan's.
 *  @param time epochs since the start, step / stepsPerEpoch     @param epochs planned length of the run */
export function learningRateShare(plan: LearningRatePlan, time: number, epochs: number): number {
  const warm = plan.warmUp > 0 && time < plan.warmUp ? time / plan.warmUp : 1;
  if (warm < 1) return Math.max(warm, 1e-3); // the first step is small, not void
  switch (plan.id) {
    case 'constant':
      return 1;
    case 'cosine': {
      // Loshchilov & Hutter 2017, eq. 5, without restarts
      const length = Math.max(epochs - plan.warmUp, Number.MIN_VALUE);
      const progress = Math.min((time - plan.warmUp) / length, 1);
      return plan.floor + (1 - plan.floor) * 0.5 * (1 + Math.cos(Math.PI * progress));
    }
    case 'step':
      return plan.factor ** Math.floor(time / plan.every);
    default:
      return plan.id satisfies never;
  }
}

/** What a gated schedule remembers from epoch to epoch. Plain JSON: it is part of the checkpoint. */
export interface Gate {
  readonly factor: number;
  readonly lastMetric: number | null;
}

export function initialGate(plan: SchedulePlan): Gate {
  return { factor: plan.id === 'gated' ? plan.start : 1, lastMetric: null };
}

/** The share of its full weight that an auxiliary task has at a time. */
export function weightShare(plan: SchedulePlan, time: number, gate: Gate): number {
  switch (plan.id) {
    case 'constant':
      return 1;
    case 'curriculum': // main task first: 0 up to `from`, then a linear ramp to 1 at `to`
      if (time < plan.from) return 0;
      return time >= plan.to ? 1 : (time - plan.from) / (plan.to - plan.from);
    case 'linear-decay':
      return 1 - progress(plan.from, plan.to, time);
    case 'cosine-decay':
      return 0.5 * (1 + Math.cos(Math.PI * progress(plan.from, plan.to, time)));
    case 'gated':
      return gate.factor;
    default:
      return plan satisfies never;
  }
}

/** Whether a schedule can take a task's weight to 0 for a while. */
export function canRest(plan: SchedulePlan): boolean {
  switch (plan.id) {
    case 'constant':
      return false;
    case 'gated':
      return plan.min === 0 || plan.start === 0;
    case 'curriculum':
    case 'linear-decay':
    case 'cosine-decay':
      return true;
    default:
      return plan satisfies never;
  }
}

/** Opens a gate while the main validation metric improves and closes it while it worsens, within the plan's bounds.
 *  @param metric this epoch's, signed so that larger is better */
export function moveGate(plan: SchedulePlan, gate: Gate, metric: number): Gate {
  if (plan.id !== 'gated') return gate;
  const { lastMetric, factor } = gate;
  const moved = lastMetric === null || metric === lastMetric ? factor : metric > lastMetric ? factor * plan.grow : factor * plan.shrink;
  return { factor: Math.min(Math.max(moved, plan.min), plan.max), lastMetric: metric };
}

function progress(from: number, to: number, time: number): number {
  if (time <= from) return 0;
  return time >= to ? 1 : (time - from) / (to - from);
}
