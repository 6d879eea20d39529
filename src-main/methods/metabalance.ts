/** MetaBalance (He et al., WWW 2022, eq. 3 to 5), derived from the paper: an auxiliary gradient is scaled towards the running length of the main one,
 *  fully at relax = 1, not at all at 0. Added: share, the wanted length relative to the main one (1 is the paper's). Differs: one length for the
 *  whole trunk instead of one for each parameter tensor; running lengths have a bias correction (equal to the paper's while all tasks run from the
 *  start, right for one that joins later); epsilon, relative to the main length, bounds the factor by 1 / epsilon where the paper divides by 0. */
import { gramianMethod } from './kinds.ts';
import { at, filled, norms } from './linalg.ts';
import { numberOf } from './reading.ts';

interface BalanceState {
  readonly perTask: { readonly length: readonly number[]; readonly steps: readonly number[] };
}

export const metabalance = gramianMethod<BalanceState>({
  id: 'metabalance',
  title: 'MetaBalance',
  paper:
    'He, Feng, Cheng, Ji, Guo and Caverlee, ' +
    '"MetaBalance: improving multi-task recommendations via adapting gradient magnitudes of auxiliary tasks", WWW 2022, eq. 3 to 5',
  summary: 'Brings every auxiliary gradient to the length of the main one, or part of the way there. The main gradient is never changed.',
  whenToUse: 'An auxiliary loss that is far larger or far smaller than the main one; a share below 1 keeps it secondary.',
  formula: 'w_i = relax share m_0 / (m_i + epsilon m_0) + 1 - relax,  m_i <- beta m_i + (1 - beta) |g_i|',
  traps: [
    'The weight that the plan gives an auxiliary is evened out up to the rest of 1 - relax: set the strength with share instead.',
    'It fixes length, not direction: an auxiliary that points against the main task still does, at full length.',
    'An auxiliary that is nearly learnt is blown up to the length of the main gradient, noise and all.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {
    relax: { kind: 'number', default: 0.7, min: 0, max: 1, help: 'How far the lengths are brought together: 0 not at all, 1 fully.' },
    share: { kind: 'number', default: 1, min: 0, max: 100, help: 'Wanted length of an auxiliary gradient relative to the main one.' },
    beta: { kind: 'number', default: 0.9, min: 0, max: 0.9999, help: 'Memory of the running lengths.' },
    epsilon: { kind: 'number', default: 1e-4, min: 1e-12, max: 1, help: 'The factor on an auxiliary is at most 1 / epsilon.' },
  },
  claims: ['non-negative', 'scale-invariant-direction', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  init: (taskCount) => ({ perTask: { length: filled(taskCount, 0), steps: filled(taskCount, 0) } }),
  update: (state, seen, params) => {
    const lengths = norms(seen.gramian);
    const [relax, share, beta, epsilon] = [numberOf(params, 'relax'), numberOf(params, 'share'), numberOf(params, 'beta'), numberOf(params, 'epsilon')];
    const steps = state.perTask.steps.map((count) => count + 1);
    const running = state.perTask.length.map((value, task) => beta * value + (1 - beta) * at(lengths, task));
    const corrected = running.map((value, task) => value / (1 - beta ** at(steps, task)));
    const main = at(corrected, 0);
    const ratio = (length: number): number => (length > 0 || main > 0 ? main / (length + epsilon * main) : 1);
    const weights = corrected.map((length, task) => (task === 0 ? 1 : relax * share * ratio(length) + 1 - relax));
    return { weights, state: { perTask: { length: running, steps } } };
  },
});
