import { rateSchedule, warmUp } from './rateSchedule.ts';

export const cosine = rateSchedule({
  id: 'cosine',
  title: 'Cosine',
  help: 'Falls along a half cosine to its floor.',
  source: 'Loshchilov & Hutter 2017, eq. 5, without restarts',
  params: { warmUp, floor: { kind: 'number', default: 0, min: 0, max: 1, help: 'the last rate as a share of the first' } },
  example: 'floor=0.1',
  share: ({ warmUp: before, floor }, time, epochs) => {
    const length = Math.max(epochs - before, Number.MIN_VALUE);
    const progress = Math.min((time - before) / length, 1);
    return floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress));
  },
  words: ({ floor }) => `cosine to ${Math.round(1000 * floor) / 10} % of it`,
});
