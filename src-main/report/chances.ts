/** How likely an arm is better, worse or too little different to matter, and how such a chance is told. */
import type { ComparisonDocument, ExperimentDocument } from '../contract/results.ts';
import { practicalProbabilities, type PracticalProbabilities } from '../stats/probability.ts';
import { leastHalfWidth } from '../stats/testRows.ts';
import { formatNumber, missing } from './words.ts';

/** The second view of a verdict.  @returns null where there are too few pairs for any */
export function chancesOf(experiment: ExperimentDocument, { verdict, differences, testRows }: ComparisonDocument): PracticalProbabilities | null {
  if (verdict === 'too-early') return null;
  return practicalProbabilities(
    differences.map(({ difference }) => difference),
    experiment.margin,
    leastHalfWidth(testRows),
  );
}

/** Whole percent, without claiming certainty. */
export function chanceText(share: number | undefined): string {
  if (share === undefined) return missing;
  return share > 0.99 ? '> 99 %' : share < 0.01 ? '< 1 %' : `${formatNumber(share * 100, 0)} %`;
}
