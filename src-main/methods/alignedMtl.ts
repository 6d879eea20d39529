/** Aligned-MTL (Senushkin, Patakin, Kuznetsov and Konushin, CVPR 2023, eq. 9 to 11): the gradients are replaced by the nearest orthogonal system of
 *  one common length sigma. With G = V Lambda V^T: w = sigma V Lambda^(-1/2) V^T p, directions of eigenvalue 0 dropped. The preference p is 1/K each
 *  unless said otherwise, as in the paper's equal weighting. Eigenvalues below K * 1e-12 of the largest count as 0. */
import { noState } from './activeTasks.ts';
import { gramianMethod } from './kinds.ts';
import { at, spectral } from './linalg.ts';
import { preferenceOf, preferenceParams } from './preference.ts';
import { choiceOf } from './reading.ts';

export const alignedMtl = gramianMethod({
  id: 'aligned-mtl',
  title: 'Aligned-MTL',
  paper: 'Senushkin, Patakin, Kuznetsov and Konushin, "Independent component alignment for multi-task learning", CVPR 2023, eq. 9 to 11',
  summary: 'Makes the gradients orthogonal and equally long with the least change, then averages them. No task can dominate and none can conflict after that.',
  whenToUse: 'Gradients that differ much in length and partly conflict; for comparison with the literature.',
  formula: 'G = V Lambda V^T,  w = sigma V Lambda^(-1/2) V^T p,  sigma^2 = smallest, median or mean eigenvalue',
  traps: [
    'With scale min a nearly dependent pair of gradients makes the step tiny.',
    'With preference mean a silent auxiliary halves the main gradient; preference main does not.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {
    scale: {
      kind: 'choice',
      default: 'min',
      choices: ['min', 'median', 'rmse'],
      help: 'Common length: root of the smallest, of the median or of the mean eigenvalue.',
    },
    ...preferenceParams('mean'),
  },
  claims: ['scale-invariant-direction', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  init: () => noState,
  update: (state, seen, params) => {
    const { gramian } = seen;
    const preference = preferenceOf(params, gramian.length);
    const scale = choiceOf(params, 'scale');
    return { weights: spectral(gramian, preference, (value, kept) => Math.sqrt(common(kept, scale) / value)), state };
  },
});

function common(eigenvalues: readonly number[], scale: string): number {
  const sorted = [...eigenvalues].sort((a, b) => a - b);
  if (scale === 'rmse') return sorted.reduce((sum, value) => sum + value / sorted.length, 0);
  return at(sorted, scale === 'median' ? Math.floor((sorted.length - 1) / 2) : 0);
}
