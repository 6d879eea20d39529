import { weightSchedule } from './weightSchedule.ts';

export const gated = weightSchedule({
  id: 'gated',
  title: 'Gated',
  help: 'Grows while the main validation metric improves and shrinks when it worsens.',
  short: 'by gates',
  params: {
    start: { kind: 'number', default: 0.1, min: 0, max: 1, help: 'share of the weight to begin with' },
    grow: { kind: 'number', default: 1.5, min: 1, help: 'factor while the main validation metric improves' },
    shrink: { kind: 'number', default: 0.5, min: 0, exclusiveMin: true, max: 1, help: 'factor when it worsens' },
    min: { kind: 'number', default: 0.01, min: 0, max: 1, help: 'smallest share' },
    max: { kind: 'number', default: 1, min: 0, exclusiveMin: true, help: 'largest share' },
  },
  example: 'start=0.1',
  share: (_, __, { factor }) => factor,
  canRest: ({ start, min }) => min === 0 || start === 0,
  words: ({ start, grow, shrink, min, max }) => `gated from ${start}, x ${grow} or x ${shrink} within ${min} to ${max}`,
  misfit: ({ min, max }) => (min > max ? `has a smallest share (min: ${min}) above its largest (max: ${max})` : null),
  gate: {
    initial: ({ start }) => ({ factor: start, lastMetric: null }),
    next: ({ grow, shrink, min, max }, { factor, lastMetric }, metric) => {
      const moved = lastMetric === null || metric === lastMetric ? factor : metric > lastMetric ? factor * grow : factor * shrink;
      return { factor: Math.min(Math.max(moved, min), max), lastMetric: metric };
    },
  },
});
