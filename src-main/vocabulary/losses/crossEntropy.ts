import { loss } from './loss.ts';

export const crossEntropy = loss({
  id: 'cross-entropy',
  kind: 'classification',
  title: 'Cross-entropy',
  help: 'How surprised the network is by the right class.',
  source: 'softmax cross-entropy in nats; label smoothing: Szegedy et al. 2016, section 7',
  params: {},
  of: (_, crossEntropyOfRow) => crossEntropyOfRow,
});
