import { memory } from '../params.ts';
import { optimizer, weightDecay } from './optimizer.ts';

export const momentum = optimizer({
  id: 'momentum',
  title: 'Momentum',
  help: 'SGD that keeps a share of its last step.',
  source: 'Polyak 1964; Nesterov: Sutskever et al. 2013',
  params: { momentum: memory(0.9, 'share of the last step that is kept'), nesterov: { kind: 'boolean', default: false, help: 'look ahead' }, weightDecay },
  example: 'nesterov=true',
  decay: 'gradient',
  slots: [{ name: 'momentum', initial: 0 }],
  scalars: () => [],
  /** a = momentum * a + g; p -= lr * a, or with Nesterov p -= lr * (g + momentum * a) */
  update: ({ number, add, subtract, multiply }, { parameter, gradient, slot, learningRate }, { momentum: kept, nesterov }) => {
    const a = add(multiply(slot(0), number(kept)), gradient);
    const direction = nesterov ? add(gradient, multiply(a, number(kept))) : a;
    return [subtract(parameter, multiply(direction, learningRate)), a];
  },
  kernel: ({ momentum: kept, nesterov }) => ({
    op: 'ResourceApplyMomentum',
    inputs: ['parameter', 'slots', 'learningRate', 'gradient', kept],
    flags: { use_nesterov: nesterov },
  }),
  words: ({ momentum: kept, nesterov }) => [`momentum ${kept}${nesterov ? ' (Nesterov)' : ''}`],
});
