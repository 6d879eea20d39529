/** Nash-MTL (Navon et al., ICML 2022, claim 3.1): the weights a > 0 with G a = 1 / a, the Nash bargaining solution of the tasks. Solved exactly, not
 *  by the paper's sequence of approximations: b = a |g| minimises the convex 0.5 b^T C b - sum log b_i with the matrix C of cosines (Newton's method
 *  with the damping of self-concordant functions). 1e-8 is added to the diagonal of C, so that weights stay finite where no bargain exists (exactly
 *  opposite gradients). A task without a gradient has nothing to bargain with and weighs 1, which moves nothing. */
import { noState } from './activeTasks.ts';
import { gramianMethod } from './kinds.ts';
import { at, cosine, dot, liftDiagonal, norms, solvePositive, times } from './linalg.ts';
import type { Matrix } from './linalg.ts';
import { choiceOf } from './reading.ts';

const ridge = 1e-8;

export const nashMtl = gramianMethod({
  id: 'nash-mtl',
  title: 'Nash-MTL (exact)',
  paper: 'Navon, Shamsian, Achituve, Maron, Kawaguchi, Chechik and Fetaya, "Multi-task learning as a bargaining game", ICML 2022, claim 3.1',
  summary:
    'Finds the step that a fair bargain among the tasks would choose: it maximises the product of their relative gains. The scale of a loss does not matter.',
  whenToUse: 'Several tasks that all matter, with losses on different scales.',
  formula: 'G a = 1 / a,  a > 0',
  traps: [
    'The weight that the plan gives a task does not change the direction: the balance evens it out.',
    'As published the step always has length sqrt(K), whatever the gradients: it does not shrink near the optimum. ' +
      'length = main keeps the length of the main gradient.',
    'Nearly opposite gradients give very large weights that almost cancel.',
    'It is symmetric: the main task is one of K bargainers.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {
    length: { kind: 'choice', default: 'paper', choices: ['paper', 'main'], help: 'Length of the step: sqrt(K) as published, or that of the main gradient.' },
  },
  claims: [
    'main-never-opposed',
    'no-task-opposed',
    'non-negative',
    'permutation-equivariant',
    'auxiliary-order-irrelevant',
    'auxiliary-scale-irrelevant',
    'single-task-is-identity',
  ],
  init: () => noState,
  update: (state, seen, params) => {
    const { gramian } = seen;
    const lengths = norms(gramian);
    const present = lengths.flatMap((length, task) => (length > 0 ? [task] : []));
    const cosines = present.map((i) => present.map((j) => (i === j ? 1 : cosine(gramian, i, j))));
    const shares = bargain(liftDiagonal(cosines, ridge));
    const factor = choiceOf(params, 'length') === 'main' ? at(lengths, 0) / Math.sqrt(present.length) : 1;
    return { weights: lengths.map((length, task) => (present.includes(task) ? (factor * at(shares, present.indexOf(task))) / length : 1)), state };
  },
});

/** The b > 0 with C b = 1 / b.  @param c symmetric positive definite */
function bargain(c: Matrix): number[] {
  let b = c.map(() => 1 / Math.sqrt(c.length));
  for (let iteration = 0; iteration < 500; iteration++) {
    const slope = times(c, b).map((value, i) => value - 1 / at(b, i));
    const hessian = c.map((row, i) => row.map((value, j) => value + (i === j ? 1 / at(b, i) ** 2 : 0)));
    const step = solvePositive(hessian, slope);
    if (step === null) return b;
    const decrement = Math.sqrt(Math.max(0, dot(step, slope)));
    const damping = decrement < 0.25 ? 1 : 1 / (1 + decrement); // keeps b positive: Nesterov and Nemirovskii 1994, theorem 2.2.1
    b = b.map((value, i) => value - damping * at(step, i));
    if (decrement < 1e-14) return b;
  }
  return b;
}
