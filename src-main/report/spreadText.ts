/** Mean and spread of an arm's runs, as report and terminal write them. */
import type { NumberStyle } from '../contract/blocks.ts';
import { moments } from '../stats/paired.ts';
import { formatNumber, missing } from './words.ts';

/** '84.2 ± 0.6 %': mean and standard deviation; of a single value, which has none, the value alone.
 *  @param values in the unit that is shown, one a run
 *  @throws RangeError when a value is not finite */
export function spreadText(values: readonly number[], { digits, unit }: NumberStyle): string {
  if (values.length === 0) return missing;
  const { mean, standardDeviation } = moments(values);
  const deviation = Number.isNaN(standardDeviation) ? '' : ` ± ${formatNumber(standardDeviation, digits)}`;
  return `${formatNumber(mean, digits)}${deviation}${unit === '' ? '' : ` ${unit}`}`;
}
