import { epoch, weightSchedule } from './weightSchedule.ts';

export const exponentialDecay = weightSchedule({
  id: 'exponential-decay',
  title: 'Exponential decay',
  help: 'The full weight at first, then halved again and again: the auxiliary fades, but never quite ends.',
  short: 'fades out',
  params: {
    from: epoch('epoch up to which the weight is full'),
    halfLife: { kind: 'number', default: 1, min: 0, exclusiveMin: true, help: 'epochs in which the weight is halved' },
  },
  example: 'halfLife=2',
  share: ({ from, halfLife }, time) => (time <= from ? 1 : 2 ** (-(time - from) / halfLife)),
  canRest: () => true, // after a thousand half-lives it is 0
  words: ({ from, halfLife }) => `exponential decay from ${from}, halved every ${halfLife} ${halfLife === 1 ? 'epoch' : 'epochs'}`,
});
