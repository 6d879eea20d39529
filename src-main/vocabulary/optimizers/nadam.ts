import { adam, momentWords, movedTo } from './adam.ts';
import { optimizer } from './optimizer.ts';

const decay = 0.96; // of the schedule of the first moment's memory
const settled = 1000; // after as many steps that schedule no longer changes a double

export const nadam = optimizer({
  id: 'nadam',
  title: 'NAdam',
  help: "Adam that looks ahead, as Nesterov's momentum does.",
  source: 'Dozat 2016, with the schedule and the epsilon of Keras',
  params: adam.params,
  decay: 'gradient',
  slots: adam.slots,
  /** Of the step counted from 1: what m and g are multiplied with, and 1 / (1 - beta2^t). */
  scalars: ({ beta1, beta2 }, step) => {
    const memoryAt = (t: number): number => beta1 * (1 - 0.5 * decay ** t);
    let product = beta1 ** (step + 1);
    let power = 1; // decay^t, without a power in every turn: this runs in every step
    for (let t = 1; t <= Math.min(step + 1, settled); t++) {
      power *= decay;
      product *= 1 - 0.5 * power;
    }
    const [now, next] = [memoryAt(step + 1), memoryAt(step + 2)];
    return [next / (1 - product * next), (1 - now) / (1 - product), 1 / (1 - beta2 ** (step + 1))];
  },
  update: (a, { parameter, gradient, learningRate, slot, scalar }, { beta1, beta2, epsilon: small }) => {
    const m = movedTo(a, slot(0), gradient, beta1);
    const v = movedTo(a, slot(1), a.square(gradient), beta2);
    const direction = a.add(a.multiply(scalar(0), m), a.multiply(scalar(1), gradient));
    const size = a.add(a.sqrt(a.multiply(v, scalar(2))), a.number(small));
    return [a.subtract(parameter, a.divide(a.multiply(direction, learningRate), size)), m, v];
  },
  words: momentWords,
});
