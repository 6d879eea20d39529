/** The words that runs, experiments and comparisons end with, and the names of what is measured in them. */
import type { MetricId } from '../vocabulary/metrics/index.ts';

export type MetricName = MetricId | 'loss';

export const runStatuses = ['queued', 'running', 'paused', 'interrupted', 'finished', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];
export const experimentStatuses = ['running', 'finished', 'interrupted', 'failed'] as const;
export type ExperimentStatus = (typeof experimentStatuses)[number];
export const verdicts = ['helps', 'hurts', 'no-real-difference', 'probably-helps', 'probably-hurts', 'inconclusive', 'too-early'] as const;
export type Verdict = (typeof verdicts)[number];
