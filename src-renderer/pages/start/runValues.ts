/** A run's value as its own metric is shown everywhere: shares in percent, the rest with four decimals. Pure. */
import type { RunLine } from '../../../src-main/contract/calls.ts';
import type { MetricId } from '../../../src-main/contract/results.ts';
import { formatStyled, metricWords } from '../../../src-main/report/words.ts';
import { metricNames } from '../../texts/words.ts';

export function testText({ metric, test }: Pick<RunLine, 'metric' | 'test'>): string {
  if (!(metric in metricNames)) return formatStyled(test, { digits: 4, unit: '' }); // of a later version
  const { scale, unit } = metricWords(metric as MetricId); // metricNames has them all
  return formatStyled(test === null ? null : test * scale, { digits: unit === '%' ? 2 : 4, unit });
}
