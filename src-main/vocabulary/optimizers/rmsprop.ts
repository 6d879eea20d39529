import { memory } from '../params.ts';
import { epsilon, optimizer, weightDecay } from './optimizer.ts';

export const rmsprop = optimizer({
  id: 'rmsprop',
  title: 'RMSProp',
  help: 'Divides by a running size of the gradient.',
  source: 'Tieleman & Hinton 2012; epsilon inside the root, as TensorFlow has it',
  params: { rho: memory(0.9, 'memory of the squared gradient'), epsilon, weightDecay },
  decay: 'gradient',
  slots: [
    { name: 'ms', initial: 0 },
    { name: 'mom', initial: 0 }, // the last step; the kernel wants a place for it, without momentum too
  ],
  scalars: () => [],
  update: (a, { parameter, gradient, slot, learningRate }, { rho, epsilon: small }) => {
    const ms = a.add(a.multiply(slot(0), a.number(rho)), a.multiply(a.square(gradient), a.number(1 - rho)));
    const step = a.multiply(learningRate, a.divide(gradient, a.sqrt(a.add(ms, a.number(small)))));
    return [a.subtract(parameter, step), ms, step];
  },
  kernel: ({ rho, epsilon: small }) => ({
    op: 'ResourceApplyRMSProp',
    inputs: ['parameter', 'slots', 'learningRate', rho, 0, small, 'gradient'],
    flags: {},
  }),
  words: ({ rho }) => [`rho ${rho}`],
});
