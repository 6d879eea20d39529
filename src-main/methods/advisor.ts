/** Which methods to try first for which symptom, as text. Advice, not a verdict: only a matched comparison says whether a method helps.
 *  Methods stand in backticks: a sentence that names one which is not in the list is not said. */
import { unknownName } from '../contract/errors.ts';
import { methods } from './index.ts';

export interface Advice {
  readonly id: string;
  readonly symptom: string; // as a person would say it
  readonly signs: string; // how it shows in the diagnostics of a run
  readonly first: readonly string[]; // ids of methods, in the order in which to try them
  readonly why: string;
  readonly avoid: string; // '' where every warning was about a method that is not in the list
}

type Written = Omit<Advice, 'why' | 'avoid'> & { readonly why: readonly string[]; readonly avoid: readonly string[] };

const written: readonly Written[] = [
  {
    id: 'large-auxiliary',
    symptom: 'An auxiliary loss is about 100 times larger than the main one.',
    signs: 'The auxiliary gradient norm is many times that of the main task, and the combined gradient is many times as long as the main one.',
    first: ['fixed', 'metabalance', 'uncertainty'],
    why: [
      'Begin with fixed weights near the inverse of the ratio of the gradient norms, and sweep around that value.',
      '`metabalance` keeps the lengths equal when the ratio drifts.',
      '`uncertainty` does so by the size of the losses and needs no extra backward pass.',
    ],
    avoid: ['`gradient-cosine` and `primary-pcgrad` alone: they change the direction and leave the length.'],
  },
  {
    id: 'small-auxiliary',
    symptom: 'An auxiliary loss is so small that it changes nothing.',
    signs: 'The auxiliary gradient norm is below a hundredth of that of the main task, and the arms end alike.',
    first: ['fixed', 'metabalance', 'imtl-l'],
    why: ['A larger fixed weight is the simplest cure.', '`metabalance` and `imtl-l` find the factor on their own.'],
    avoid: ['`mgda` and `cagrad`: the smallest gradient decides there, and it nearly stops the training.'],
  },
  {
    id: 'conflict',
    symptom: 'The gradients of the tasks conflict.',
    signs: 'A large share of conflicting steps and a cosine with the main gradient below 0 for long.',
    first: ['primary-pcgrad', 'gradient-cosine', 'dualproj', 'upgrad'],
    why: [
      '`primary-pcgrad` removes only what points against the main gradient and has nothing to tune.',
      '`gradient-cosine` shuts a conflicting auxiliary off altogether.',
      '`dualproj` and `upgrad` are for auxiliaries that must not get worse either.',
    ],
    avoid: [
      'Reading a conflict as harm: the share of conflicting steps does not predict the result on new data.',
      'Compare with fixed weights before anything else.',
    ],
  },
  {
    id: 'noisy-auxiliary',
    symptom: 'An auxiliary is noisy: its labels are unreliable or its loss jumps.',
    signs: 'The auxiliary loss stays high and its cosine with the main gradient scatters about 0.',
    first: ['uncertainty', 'ol-aux', 'arml', 'fixed'],
    why: [
      '`uncertainty` lowers the weight of a loss that stays high.',
      '`ol-aux` and `arml` lower it when its gradient does not serve the main task; both look at many steps.',
      'A small fixed weight that decays to 0 often does as well.',
    ],
    avoid: ['`dwa`, `gradnorm`, `famo` and `stch`: they take a loss that cannot fall for a slow task and give it more weight.'],
  },
  {
    id: 'few-labels',
    symptom: 'There are few labels of the main task, and many of the auxiliary.',
    signs: 'The main training loss falls fast while its validation loss turns early.',
    first: ['fixed', 'primary-pcgrad', 'arml'],
    why: [
      'Here auxiliaries help most, and a plain sum with a swept weight is hard to beat.',
      '`primary-pcgrad` adds protection.',
      '`arml` chooses among several auxiliaries.',
      'More pairs of runs are worth more than a finer method, since results scatter with few labels.',
    ],
    avoid: [
      '`auto-lambda` and `forkmerge` with few validation rows: what they learn from half of them is chance.',
      '`gradient-cosine` with the gate sign and without smoothing: the main gradient of a small batch is too noisy to judge others by.',
    ],
  },
  {
    id: 'many-auxiliaries',
    symptom: 'There are many auxiliaries and it is not known which ones help.',
    signs: 'Weights of a sweep point in different directions for different auxiliaries.',
    first: ['ol-aux', 'auto-lambda', 'arml', 'fixed'],
    why: [
      '`ol-aux` and `arml` let auxiliaries that do not serve the main task fade out; `auto-lambda` does so by rows that no step trains on.',
      'An arm for each single auxiliary with fixed weights answers the question itself.',
    ],
    avoid: ['Methods that make all tasks progress alike (`mgda`, `nash-mtl`, `gradnorm`): a useless auxiliary is a full member there.'],
  },
  {
    id: 'harmful-auxiliary',
    symptom: 'An auxiliary makes the main task worse, at least at times.',
    signs: 'The verdict of fixed weights is hurts or probably hurts, or the main validation curve falls behind the baseline late in training.',
    first: ['forkmerge', 'gradient-cosine', 'auto-lambda', 'fixed'],
    why: [
      '`forkmerge` trains a branch without the auxiliary beside it and takes it back where it does harm.',
      '`gradient-cosine` and `auto-lambda` turn it down step by step.',
      '`fixed` with a schedule that decays to 0 is the cheapest cure.',
    ],
    avoid: ['Symmetric methods: they protect the auxiliary as much as the main task.'],
  },
  {
    id: 'unknown-scales',
    symptom: 'All tasks matter and their losses have different scales.',
    signs: 'Losses and gradient norms differ by orders of magnitude, and no task is only a means.',
    first: ['imtl-l', 'gradnorm', 'nash-mtl', 'config'],
    why: ['They balance the tasks whatever the units of the losses are.'],
    avoid: ['`stch` and `mgda` on unscaled losses: the largest loss or the smallest gradient decides.'],
  },
];

const ids = new Set(methods.map(({ id }) => id));

function said(sentences: readonly string[]): string {
  return sentences
    .filter((sentence) => [...sentence.matchAll(/`([^`]+)`/g)].every(([, id = '']) => ids.has(id)))
    .join(' ')
    .replaceAll('`', '');
}

export const advices: readonly Advice[] = written.map((each) => ({
  ...each,
  first: each.first.filter((id) => ids.has(id)),
  why: said(each.why),
  avoid: said(each.avoid),
}));

/** The advice of that id.  @throws LabError bad-input with the nearest names */
export function advice(id: string): Advice {
  const found = advices.find((candidate) => candidate.id === id);
  if (found === undefined)
    throw unknownName(
      'symptom',
      id,
      advices.map((candidate) => candidate.id),
    );
  return found;
}
