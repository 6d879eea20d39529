/** Defaults and ranges of parameters as they were first released. An experiment that is stored keeps its parameters and must open and repeat: a range that
 *  narrows would refuse it, a default that moves would change the same plan's result. What was added since is not written down here and need not be. */
import { readFileSync } from 'node:fs';
import { describeRange } from '../../src-main/contract/params.ts';
import type { ParamSpecs } from '../../src-main/vocabulary/params.ts';

type Ranges = Readonly<Record<string, string>>; // parameter -> '0.5: a number from 0 to 1'

const written = JSON.parse(readFileSync(new URL('../fixtures/parameter-ranges.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, Ranges>>>
>;

/** What is written of an entry of a list: 'methods', 'losses', 'optimizers', 'weightSchedules', 'rateSchedules'. */
export function writtenRanges(list: string, id: string): Ranges {
  return written[list]?.[id] ?? {};
}

export function rangesOf(params: ParamSpecs): Ranges {
  return Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, `${String(spec.default)}: ${describeRange(spec)}`]));
}
