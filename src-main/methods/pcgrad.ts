/** PCGrad (Yu et al., NeurIPS 2020, algorithm 1): each task's gradient loses, one other task after the other in random order, its component along
 *  gradients that it conflicts with; the results are summed, as in the paper, not averaged. Worked in the space of weights: projecting the mixture w
 *  on the plane orthogonal to g_j subtracts <mixture, g_j> / |g_j|^2 from w_j. The order is drawn anew for each task; two tasks need none. */
import { noState } from './activeTasks.ts';
import { gramianMethod } from './kinds.ts';
import { at, cell, dot, filled, unit } from './linalg.ts';
import { randomOrder } from './randomOrder.ts';

export const pcgrad = gramianMethod({
  id: 'pcgrad',
  title: 'PCGrad (gradient surgery)',
  paper: 'Yu, Kumar, Gupta, Levine, Hausman and Finn, "Gradient surgery for multi-task learning", NeurIPS 2020, algorithm 1',
  summary: 'Where two gradients point against each other, takes from each the part that hurts the other. Then it adds all of them.',
  whenToUse: 'For comparison with the literature; with one main task primary-pcgrad is the better choice.',
  formula: "d = sum_i g_i',  for each j in random order with <g_i', g_j> < 0:  g_i' <- g_i' - <g_i', g_j> / |g_j|^2 g_j",
  traps: [
    'It also takes from the main gradient the part that hurts an auxiliary.',
    'With three or more tasks a later projection can bring back a conflict removed before.',
    'Two exactly opposite gradients cancel.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {},
  claims: ['non-negative', 'scale-invariant-direction', 'single-task-is-identity'],
  init: () => noState,
  update: (state, seen, _params, random) => {
    const { gramian } = seen;
    const count = gramian.length;
    let weights = filled(count, 0);
    for (let task = 0; task < count; task++) {
      const mixture = unit(count, task);
      const others = Array.from({ length: count }, (_, i) => i).filter((i) => i !== task);
      for (const place of randomOrder(others.length, random)) {
        const other = at(others, place);
        const product = dot(gramian[other] ?? [], mixture);
        const square = cell(gramian, other, other);
        if (product < 0 && square > 0) mixture[other] = at(mixture, other) - product / square;
      }
      weights = weights.map((weight, i) => weight + at(mixture, i));
    }
    return { weights, state };
  },
});
