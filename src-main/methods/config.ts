/** ConFIG (Liu, Chu and Thuerey, ICLR 2025, eq. 2 and 3): the direction with equal cosines to all gradients, as long as the sum of the gradients'
 *  projections on it. With unit gradients U: direction U^+ 1 = U^T y, y = C^+ 1, C the matrix of cosines. A zero gradient weighs 0; where the direction
 *  vanishes (exactly opposite gradients) the weights are 0. */
import { noState } from './activeTasks.ts';
import { gramianMethod } from './kinds.ts';
import { at, cosine, dot, norms, spectral, times } from './linalg.ts';

const vanishing = 1e-12;

export const config = gramianMethod({
  id: 'config',
  title: 'ConFIG (conflict-free gradient)',
  paper: 'Liu, Chu and Thuerey, "ConFIG: towards conflict-free training of physics informed neural networks", ICLR 2025, eq. 2 and 3',
  summary:
    'Steps at the same angle to every gradient, so that independent gradients never conflict with it. The more the gradients agree, the longer the step.',
  whenToUse: 'Losses of very different scale that must all fall, such as the parts of a physics-informed loss.',
  formula: 'y = C^+ 1,  v = unit(sum_i y_i g_i / |g_i|),  d = (sum_i <g_i, v>) v',
  traps: [
    'The weight that the plan gives a task does not change the direction: the balance evens it out.',
    'The balance ignores the lengths: an auxiliary that is 100 times smaller bends the step as much as the main task.',
    'Dependent gradients (more tasks than directions) can still be opposed.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {},
  claims: ['scale-invariant-direction', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'auxiliary-scale-irrelevant', 'single-task-is-identity'],
  init: () => noState,
  update: (state, seen) => {
    const { gramian } = seen;
    const lengths = norms(gramian);
    const present = lengths.flatMap((length, task) => (length > 0 ? [task] : []));
    const cosines = present.map((i) => present.map((j) => (i === j ? 1 : cosine(gramian, i, j))));
    const balance = spectral(
      cosines,
      present.map(() => 1),
      (value) => 1 / value,
    );
    const projections = times(cosines, balance); // <unit gradient, direction before it is made a unit>
    const square = dot(balance, projections);
    const reach = dot(
      present.map((task) => at(lengths, task)),
      projections,
    );
    const exists = square > vanishing;
    return {
      weights: lengths.map((length, task) => (exists && present.includes(task) ? (reach / square / length) * at(balance, present.indexOf(task)) : 0)),
      state,
    };
  },
});
