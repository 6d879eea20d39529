import { rateSchedule, warmUp } from './rateSchedule.ts';

export const step = rateSchedule({
  id: 'step',
  title: 'Step',
  help: 'Drops by a factor every so many epochs.',
  params: {
    warmUp,
    every: { kind: 'number', default: 10, min: 0, exclusiveMin: true, help: 'epochs between drops' },
    factor: { kind: 'number', default: 0.1, min: 0, exclusiveMin: true, max: 1, help: 'what the rate is multiplied with' },
  },
  example: 'every=10,factor=0.1',
  share: ({ every, factor }, time) => factor ** Math.floor(time / every),
  words: ({ every, factor }) => `times ${factor} every ${every} ${every === 1 ? 'epoch' : 'epochs'}`,
});
