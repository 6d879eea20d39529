/** A run's value as its own metric is shown everywhere: shares in percent, the rest with four decimals. Pure. */
import type { RunLine } from '../../../src-main/contract/calls.ts';
import { formatStyled, metricWords } from '../../../src-main/report/words.ts';
import { metricIds } from '../../../src-main/vocabulary/metrics/index.ts';

export function testText({ metric, test }: Pick<RunLine, 'metric' | 'test'>): string {
  const known = metricIds.find((id) => id === metric);
  if (known === undefined) return formatStyled(test, { digits: 4, unit: '' }); // of a later version
  const { scale, unit } = metricWords(known);
  return formatStyled(test === null ? null : test * scale, { digits: unit === '%' ? 2 : 4, unit });
}
