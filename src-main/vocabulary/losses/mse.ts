import { loss } from './loss.ts';

export const mse = loss({
  id: 'mse',
  kind: 'regression',
  title: 'Squared error',
  help: 'Large errors count most.',
  source: 'mean squared error of the standardised target',
  params: {},
  of: ({ square }, error) => square(error),
});
