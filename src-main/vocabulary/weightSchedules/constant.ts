import { weightSchedule } from './weightSchedule.ts';

export const constant = weightSchedule({
  id: 'constant',
  title: 'Constant',
  help: 'The same weight from the first step to the last.',
  short: 'constant',
  params: {},
  share: () => 1,
  canRest: () => false,
  words: () => 'constant',
});
