/** Adam, and AdamW, which differs in its weight decay alone. */
import type { Arithmetic } from '../arithmetic.ts';
import { memory, type ValuesOf } from '../params.ts';
import { epsilon, optimizer, weightDecay, type Optimizer } from './optimizer.ts';

const params = { beta1: memory(0.9, 'memory of the first moment'), beta2: memory(0.999, 'memory of the second moment'), epsilon, weightDecay } as const;

type Shared = Pick<Optimizer<string, typeof params>, 'params' | 'slots' | 'scalars' | 'update' | 'kernel' | 'words'>;

const shared: Shared = {
  params,
  slots: [
    { name: 'm', initial: 0 },
    { name: 'v', initial: 0 },
  ],
  scalars: ({ beta1, beta2 }, step) => [beta1 ** (step + 1), beta2 ** (step + 1)],
  /** Epsilon stands beside the uncorrected root: the end of section 2 of the paper. */
  update: (a, { parameter, gradient, learningRate, slot, scalar }, { beta1, beta2, epsilon: small }) => {
    const m = movedTo(a, slot(0), gradient, beta1);
    const v = movedTo(a, slot(1), a.square(gradient), beta2);
    const [beta1Power, beta2Power] = [scalar(0), scalar(1)];
    const rate = a.divide(a.multiply(learningRate, a.sqrt(a.subtract(a.number(1), beta2Power))), a.subtract(a.number(1), beta1Power));
    return [a.subtract(parameter, a.divide(a.multiply(m, rate), a.add(a.sqrt(v), a.number(small)))), m, v];
  },
  kernel: ({ beta1, beta2, epsilon: small }) => ({
    op: 'ResourceApplyAdam',
    inputs: ['parameter', 'slots', 'scalars', 'learningRate', beta1, beta2, small, 'gradient'],
    flags: { use_nesterov: false },
  }),
  words: momentWords,
};

export const adam = optimizer({
  ...shared,
  id: 'adam',
  title: 'Adam',
  help: 'Each parameter has its own step size; a good first choice.',
  source: 'Kingma & Ba 2015',
  decay: 'gradient',
});

export const adamw = optimizer({
  ...shared,
  id: 'adamw',
  title: 'AdamW',
  help: 'Adam with decoupled weight decay.',
  source: 'Loshchilov & Hutter 2019, algorithm 2',
  example: 'weightDecay=0.01',
  decay: 'decoupled',
});

/** A running mean that keeps a share of what it was. */
export function movedTo<N>(a: Arithmetic<N>, mean: N, value: N, kept: number): N {
  return a.add(mean, a.multiply(a.subtract(value, mean), a.number(1 - kept)));
}

export function momentWords({ beta1, beta2 }: Pick<ValuesOf<typeof params>, 'beta1' | 'beta2'>): readonly string[] {
  return [`beta ${beta1} and ${beta2}`];
}
