import { loss } from './loss.ts';

export const huber = loss({
  id: 'huber',
  kind: 'regression',
  title: 'Huber',
  help: 'Squared for small errors and straight for large ones, so that outliers count less.',
  source: 'Huber 1964',
  params: {
    delta: { kind: 'number', default: 1, min: 0, exclusiveMin: true, help: 'error from which on it is straight, in standard deviations of the target' },
  },
  /** With c = the error clipped to [-delta, delta], c (e - c / 2) is e^2 / 2 inside and delta (|e| - delta / 2) outside. */
  of: ({ number, clip, multiply, subtract }, error, { delta }) => {
    const clipped = clip(error, -delta, delta);
    return multiply(clipped, subtract(error, multiply(clipped, number(0.5))));
  },
});
