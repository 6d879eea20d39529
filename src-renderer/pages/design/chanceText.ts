/** What guessing reaches on a column, in a metric's own unit: shares in percent, the rest with four figures. Pure. */
import { formatStyled, metricWords, plainNumber } from '../../../src-main/report/words.ts';
import type { MetricId } from '../../../src-main/vocabulary/metrics/index.ts';
import { design as texts } from '../../texts/design.ts';

/** @param chance of a column in this metric; null: it has none */
export function chanceText(metric: MetricId, chance: number | null): string | null {
  if (chance === null) return null;
  const { scale, unit } = metricWords(metric);
  return texts.chance(unit === '%' ? formatStyled(chance * scale, { digits: 1, unit }) : plainNumber(chance * scale));
}
