import { epoch, weightSchedule } from './weightSchedule.ts';

export const curriculum = weightSchedule({
  id: 'curriculum',
  title: 'Curriculum',
  help: 'Only the main task at first, then a ramp up to the full weight.',
  short: 'joins later',
  params: {
    from: { ...epoch('epoch up to which only the main task is learned'), required: true },
    to: { ...epoch('epoch at which the full weight is reached'), required: true },
  },
  example: 'from=2,to=5',
  share: ({ from, to }, time) => {
    if (time < from) return 0;
    return time >= to ? 1 : (time - from) / (to - from);
  },
  canRest: () => true,
  words: ({ from, to }) => `curriculum from ${from} to ${to}`,
  misfit: ({ from, to }) => (to < from ? `must end (to: ${to}) no earlier than it begins (from: ${from})` : null),
  warning: ({ from }, epochs) =>
    from < epochs ? null : { before: 'The curriculum', after: `begins at epoch ${from}, but training ends after ${epochs}: it never gets any weight.` },
});
