import { loss } from './loss.ts';

const least = 1e-7; // of 1 - p: a row that is surely right must not divide by 0 on the way back

export const focal = loss({
  id: 'focal',
  kind: 'classification',
  title: 'Focal',
  help: 'Cross-entropy in which rows that are already right count little: for rare classes and hard rows.',
  source: 'Lin et al. 2017, eq. 4; its class weight alpha is what class weights are here',
  params: { gamma: { kind: 'number', default: 2, min: 0, max: 20, help: 'how little right rows count; 0 is cross-entropy' } },
  /** (1 - p)^gamma * -log p, where p = exp(-cross-entropy) is the probability of the row's class. */
  of: ({ number, larger, subtract, multiply, exp, power }, crossEntropyOfRow, { gamma }) => {
    const miss = subtract(number(1), exp(multiply(crossEntropyOfRow, number(-1))));
    return multiply(power(larger(miss, number(least)), gamma), crossEntropyOfRow);
  },
});
