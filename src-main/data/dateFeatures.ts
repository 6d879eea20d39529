/** Features of a date: the time, and where it stands in the year, the week and the day. A place in a cycle is a point on a circle, so that December lies beside
 *  January: its sine and cosine. */
import { dayMs } from './dateText.ts';
import { missingFeature, spreadOf } from './features.ts';
import type { Feature } from './features.ts';
import { visitRows } from './rowReader.ts';
import type { DateColumn } from './columns.ts';

interface Cycle {
  readonly name: string;
  /** The share of the cycle that has passed, in [0, 1). */
  readonly place: (moment: number) => number;
  /** The same for moments that the cycle does not tell apart. */
  readonly step: (moment: number) => number;
}

const cycles: readonly Cycle[] = [
  { name: 'day of the year', place: yearShare, step: (moment) => Math.floor((moment - yearStart(moment)) / dayMs) },
  { name: 'weekday', place: (moment) => weekday(moment) / 7, step: weekday },
  { name: 'hour', place: (moment) => mod(moment, dayMs) / dayMs, step: (moment) => mod(moment, dayMs) },
];

/** The standardised time since the first training row, and a sine and cosine for every cycle in which the training rows differ; weekdays only where not every
 *  date is the first of a month. A missing date is 0 everywhere, with a mark of its own where a training row lacks one. */
export function dateFeatures(column: DateColumn, trainRows: Int32Array): Feature[] {
  const { count, mean, standardDeviation } = spreadOf({ values: column.values, stride: 1, offset: 0 }, trainRows);
  const features: Feature[] = [];
  // Standardised, the time since the first training row and the time since 1970 are the same numbers
  if (standardDeviation > 0)
    features.push({
      name: `${column.name}: time since the first training row`,
      of: (moment) => (Number.isNaN(moment) ? 0 : (moment - mean) / standardDeviation),
    });
  for (const { name, place } of varying(column, trainRows))
    for (const [wave, of] of [['sine', Math.sin] as const, ['cosine', Math.cos] as const])
      features.push({ name: `${column.name}: ${name} (${wave})`, of: (moment) => (Number.isNaN(moment) ? 0 : of(2 * Math.PI * place(moment))) });
  if (count > 0 && count < trainRows.length) features.push(missingFeature(column.name, Number.isNaN));
  return features;
}

function varying(column: DateColumn, trainRows: Int32Array): readonly Cycle[] {
  const first = cycles.map(() => NaN);
  const differs = cycles.map(() => false);
  let areMonths = true;
  visitRows<'float64'>(column.values, 1, trainRows, (values, at) => {
    const moment = values[at] ?? NaN;
    if (Number.isNaN(moment)) return;
    areMonths &&= new Date(moment).getUTCDate() === 1 && mod(moment, dayMs) === 0;
    for (const [cycle, { step }] of cycles.entries()) {
      const now = step(moment);
      if (Number.isNaN(first[cycle])) first[cycle] = now;
      else if (now !== first[cycle]) differs[cycle] = true;
    }
  });
  return cycles.filter(({ name }, cycle) => differs[cycle] === true && !(areMonths && name === 'weekday'));
}

function yearStart(moment: number): number {
  return Date.UTC(new Date(moment).getUTCFullYear(), 0, 1);
}

function yearShare(moment: number): number {
  const year = new Date(moment).getUTCFullYear();
  const start = Date.UTC(year, 0, 1);
  return (moment - start) / (Date.UTC(year + 1, 0, 1) - start);
}

/** 0 for Monday to 6 for Sunday; 1 January 1970 was a Thursday. */
function weekday(moment: number): number {
  return mod(Math.floor(moment / dayMs) + 3, 7);
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
