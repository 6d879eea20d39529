/** Schedules that take a weight from full to 0. */
import { epoch, progress, weightSchedule, type WeightSchedule } from './weightSchedule.ts';

const params = {
  from: epoch('epoch up to which the weight is full'),
  to: { kind: 'number', default: 1, min: 0, exclusiveMin: true, required: true, help: 'epoch from which the weight is 0' },
} as const;

type Shared = Pick<WeightSchedule<string, typeof params>, 'short' | 'params' | 'example' | 'canRest' | 'misfit'>;

const shared: Shared = {
  short: 'fades out',
  params,
  example: 'to=5',
  canRest: () => true,
  misfit: ({ from, to }) => (to <= from ? `must end (to: ${to}) later than it begins (from: ${from})` : null),
};

export const linearDecay = weightSchedule({
  ...shared,
  id: 'linear-decay',
  title: 'Linear decay',
  help: 'The full weight at first, then evenly down to 0: the auxiliary helps the start.',
  share: ({ from, to }, time) => 1 - progress(from, to, time),
  words: ({ from, to }) => `linear decay from ${from} to ${to}`,
});

export const cosineDecay = weightSchedule({
  ...shared,
  id: 'cosine-decay',
  title: 'Cosine decay',
  help: 'As linear decay, along a half cosine.',
  share: ({ from, to }, time) => 0.5 * (1 + Math.cos(Math.PI * progress(from, to, time))),
  words: ({ from, to }) => `cosine decay from ${from} to ${to}`,
});
