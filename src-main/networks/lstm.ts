/** LSTM layers one above the other. */
import { recurrentNetwork } from './recurrentNetwork.ts';

export const lstm = recurrentNetwork('lstm', {
  title: 'LSTM',
  summary: 'Long short-term memory layers over the time steps of a sequence. An image is read row by row.',
  paper: 'Hochreiter and Schmidhuber 1997, Long short-term memory; forget gate of Gers et al. 2000',
});
