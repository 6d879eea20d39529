/** UPGrad (Quinton and Rey, 2024, eq. 4): every gradient, times its preference, is projected on the dual cone of all gradients, and the projections
 *  are summed. Solved exactly by active sets. Differs: the preference is 1 for each task instead of 1/K, so that a silent auxiliary leaves the main
 *  gradient; preference = mean gives the paper's. */
import { noState } from './activeTasks.ts';
import { projectOnDualCone, regularised } from './dualCone.ts';
import { gramianMethod } from './kinds.ts';
import { at, filled, unit } from './linalg.ts';
import { preferenceOf, preferenceParams } from './preference.ts';

export const upgrad = gramianMethod({
  id: 'upgrad',
  title: 'UPGrad',
  paper: 'Quinton and Rey, "Jacobian descent for multi-objective optimization", arXiv 2406.16232, 2024, eq. 4',
  summary: 'Changes every gradient just enough that it hurts no task, then adds them. No task gets worse to first order.',
  whenToUse: 'When an auxiliary must not get worse either, or conflicts are frequent and all tasks count.',
  formula: 'd = sum_k p_k proj(g_k),  proj = nearest point with <d, g_i> >= 0 for all i',
  traps: [
    'It protects the auxiliaries from the main task too, which can slow the main task.',
    'The promise holds up to 1e-4 of the sum of squared gradient lengths: a task with a far smaller gradient is not protected.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: preferenceParams('main'),
  claims: [
    'main-never-opposed',
    'no-task-opposed',
    'non-negative',
    'scale-invariant-direction',
    'permutation-equivariant',
    'auxiliary-order-irrelevant',
    'single-task-is-identity',
  ],
  init: () => noState,
  update: (state, seen, params) => {
    const gramian = regularised(seen.gramian);
    const preference = preferenceOf(params, gramian.length);
    const weights = preference.reduce<number[]>(
      (total, share, task) => {
        if (share === 0) return total;
        const projected = projectOnDualCone(gramian, unit(preference.length, task));
        return total.map((value, i) => value + share * at(projected, i));
      },
      filled(preference.length, 0),
    );
    return { weights, state };
  },
});
