/** GRU layers one above the other. */
import { recurrentNetwork } from './recurrentNetwork.ts';

export const gru = recurrentNetwork('gru', {
  title: 'GRU',
  summary: 'Gated recurrent units over the time steps of a sequence, a lighter relative of the LSTM. An image is read row by row.',
  paper: 'Cho et al. 2014, Learning phrase representations using RNN encoder-decoder, arXiv:1406.1078',
});
