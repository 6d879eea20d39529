import { epsilon, optimizer, weightDecay } from './optimizer.ts';

export const adagrad = optimizer({
  id: 'adagrad',
  title: 'Adagrad',
  help: 'Steps shrink for parameters that have moved much.',
  source: "Duchi et al. 2011; Keras's initial accumulator of 0.1",
  params: { epsilon, weightDecay },
  decay: 'gradient',
  slots: [{ name: 'accumulator', initial: 0.1 }],
  scalars: () => [],
  update: (a, { parameter, gradient, slot, learningRate }, { epsilon: small }) => {
    const accumulator = a.add(slot(0), a.square(gradient));
    return [a.subtract(parameter, a.divide(a.multiply(learningRate, gradient), a.add(a.sqrt(accumulator), a.number(small)))), accumulator];
  },
  kernel: ({ epsilon: small }) => ({
    op: 'ResourceApplyAdagradV2',
    inputs: ['parameter', 'slots', 'learningRate', small, 'gradient'],
    flags: { update_slots: true },
  }),
  words: () => [],
});
