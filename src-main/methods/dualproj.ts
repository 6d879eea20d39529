/** DualProj (as in gradient episodic memory, Lopez-Paz and Ranzato, NeurIPS 2017, eq. 11; named in Quinton and Rey 2024): the preferred mixture of the
 *  gradients, projected as a whole on the dual cone. Solved exactly by active sets. The preference is 1 for each task instead of 1/K; preference = mean
 *  gives the published one. */
import { noState } from './activeTasks.ts';
import { projectOnDualCone, regularised } from './dualCone.ts';
import { gramianMethod } from './kinds.ts';
import { preferenceOf, preferenceParams } from './preference.ts';

export const dualproj = gramianMethod({
  id: 'dualproj',
  title: 'Dual cone projection',
  paper: 'Lopez-Paz and Ranzato, "Gradient episodic memory for continual learning", NeurIPS 2017, eq. 11; Quinton and Rey, arXiv 2406.16232, 2024',
  summary: 'Adds the gradients and changes the sum just enough that no task gets worse to first order. Where nothing conflicts it is the plain sum.',
  whenToUse: 'A plain sum with a guarantee; with preference main and auxiliary 0 it improves the main task without hurting the auxiliaries.',
  formula: 'd = nearest point to sum_k p_k g_k with <d, g_i> >= 0 for all i',
  traps: [
    'With auxiliary 0 the priority is reversed: the main gradient gives way to every auxiliary that it would hurt.',
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
    return { weights: projectOnDualCone(gramian, preferenceOf(params, gramian.length)), state };
  },
});
