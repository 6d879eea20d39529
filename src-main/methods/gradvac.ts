/** Gradient Vaccine (Wang, Tsvetkov, Firat and Cao, ICLR 2021, eq. 4 and algorithm 1): as PCGrad, but a pair of tasks is turned towards a target
 *  cosine, the running mean of its cosines, instead of towards 0. The running mean starts at 0. Differs: cosines and targets beyond 0.999 count as
 *  0.999, where the published factor divides by 0; a zero gradient neither changes nor is changed. */
import { gramianMethod } from './kinds.ts';
import { at, cell, dot, filled, form, unit } from './linalg.ts';
import { randomOrder } from './randomOrder.ts';
import { numberOf } from './reading.ts';

interface GradvacState {
  readonly perTask: Record<never, readonly number[]>;
  readonly perPair: { readonly target: readonly (readonly number[])[] };
}

const largestCosine = 0.999;
const bounded = (value: number): number => Math.max(-largestCosine, Math.min(largestCosine, value));

export const gradvac = gramianMethod<GradvacState>({
  id: 'gradvac',
  title: 'Gradient vaccine',
  paper:
    'Wang, Tsvetkov, Firat and Cao, ' +
    '"Gradient vaccine: investigating and improving multi-task optimization in massively multilingual models", ICLR 2021, eq. 4 and algorithm 1',
  summary:
    'Turns gradients that agree less than usual towards each other, by adding part of the other one. What is usual is a running mean for each pair of tasks.',
  whenToUse: 'Related tasks that nearly always agree, such as several languages of one text task.',
  formula:
    "if cos_ij < target_ij:  g_i' <- g_i' + |g_i'| (t sqrt(1 - c^2) - c sqrt(1 - t^2)) / (|g_j| sqrt(1 - t^2)) g_j;  target <- (1 - beta) target + beta cos",
  traps: ['It changes the main gradient in favour of the auxiliaries.', 'It lengthens the step where targets are high.'],
  cost: '1 forward pass, 1 backward pass for each task',
  params: { beta: { kind: 'number', default: 0.01, min: 0, max: 1, help: 'Share of the newest cosine in the running mean.' } },
  claims: ['non-negative', 'scale-invariant-direction', 'single-task-is-identity'],
  init: (taskCount) => ({ perTask: {}, perPair: { target: Array.from({ length: taskCount }, () => filled(taskCount, 0)) } }),
  update: (state, seen, params, random) => {
    const { gramian } = seen;
    const count = gramian.length;
    const beta = numberOf(params, 'beta');
    const target = state.perPair.target.map((row) => [...row]);
    let weights = filled(count, 0);
    target.forEach((goals, task) => {
      const mixture = unit(count, task);
      const others = Array.from({ length: count }, (_, i) => i).filter((i) => i !== task);
      for (const place of randomOrder(others.length, random)) {
        const other = at(others, place);
        const length = Math.sqrt(Math.max(0, form(mixture, gramian, mixture)));
        const otherLength = Math.sqrt(Math.max(0, cell(gramian, other, other)));
        if (!(length > 0 && otherLength > 0)) continue;
        const found = bounded(dot(gramian[other] ?? [], mixture) / length / otherLength);
        const goal = at(goals, other);
        if (found < goal) mixture[other] = at(mixture, other) + (length / otherLength) * turn(found, bounded(goal));
        goals[other] = (1 - beta) * goal + beta * found;
      }
      weights = weights.map((weight, i) => weight + at(mixture, i));
    });
    return { weights, state: { perTask: {}, perPair: { target } } };
  },
});

/** How much of a unit vector, per length of the other, brings their cosine from found to goal. */
function turn(found: number, goal: number): number {
  const sine = Math.sqrt(1 - goal * goal);
  return (goal * Math.sqrt(1 - found * found) - found * sine) / sine;
}
