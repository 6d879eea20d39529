import { rateSchedule, warmUp } from './rateSchedule.ts';

export const constant = rateSchedule({
  id: 'constant',
  title: 'Constant',
  help: 'One rate, after a warm-up if there is one.',
  params: { warmUp },
  share: () => 1,
  words: () => 'constant',
});
