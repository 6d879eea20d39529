import { optimizer, weightDecay } from './optimizer.ts';

export const sgd = optimizer({
  id: 'sgd',
  title: 'SGD',
  help: 'The plain gradient.',
  source: 'Robbins & Monro 1951',
  params: { weightDecay },
  decay: 'gradient',
  slots: [],
  scalars: () => [],
  update: ({ subtract, multiply }, { parameter, gradient, learningRate }) => [subtract(parameter, multiply(gradient, learningRate))],
  kernel: () => ({ op: 'ResourceApplyGradientDescent', inputs: ['parameter', 'learningRate', 'gradient'], flags: {} }),
  words: () => [],
});
