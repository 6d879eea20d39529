import type { ExperimentSummary } from '../../src-main/contract/calls.ts';

/** The colour that repeats what a verdict's sign and word say; the same rule as on the report's verdict card. */
export function toneOf(verdict: ExperimentSummary['verdict']): 'good' | 'bad' | 'neutral' {
  if (verdict === 'helps' || verdict === 'probably-helps') return 'good';
  return verdict === 'hurts' || verdict === 'probably-hurts' ? 'bad' : 'neutral';
}
