import { rateSchedule } from './rateSchedule.ts';

export const oneCycle = rateSchedule({
  id: 'one-cycle',
  title: 'One cycle',
  help: 'Rises to the rate and falls far below its start, once in the run: for rates that are too high to begin with.',
  source: "Smith & Topin 2018, with the half cosines of PyTorch's OneCycleLR; momentum stays as it is",
  params: {
    peakAt: {
      kind: 'number',
      default: 0.3,
      min: 0,
      exclusiveMin: true,
      max: 1,
      exclusiveMax: true,
      help: 'share of the run after which the full rate is reached',
    },
    startDivisor: { kind: 'number', default: 25, min: 1, help: 'what the rate is divided by at the start' },
    endDivisor: { kind: 'number', default: 10_000, min: 1, help: 'what the rate at the start is divided by at the end' },
  },
  example: 'peakAt=0.3',
  share: ({ peakAt, startDivisor, endDivisor }, time, epochs) => {
    const peak = peakAt * epochs;
    const start = 1 / startDivisor;
    return time <= peak ? between(start, 1, time / peak) : between(1, start / endDivisor, Math.min((time - peak) / (epochs - peak), 1));
  },
  words: ({ peakAt, startDivisor }) => `one cycle from 1/${startDivisor} of it, with the peak after ${Math.round(1000 * peakAt) / 10} % of the run`,
});

/** Along a half cosine, progress from 0 to 1. */
function between(from: number, to: number, progress: number): number {
  return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * progress));
}
