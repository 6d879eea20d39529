/** What a test split of few rows can say at most, however many pairs share it. */

/** Half the width that the interval of a metric of right and wrong rows never falls below: where none of n rows changes, up to 3 / n of all rows still may,
 *  at 95 % (the rule of three: Hanley & Lippman-Hand, If nothing goes wrong, is everything all right?, JAMA 249, 1983).
 *  @param testRows null for a metric of other things, which has no such bound
 *  @returns a share from 0 to 3 */
export function leastHalfWidth(testRows: number | null): number {
  return testRows === null || testRows < 1 ? 0 : 3 / testRows;
}
