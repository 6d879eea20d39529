/** What the values of a column say, found in one go and remembered: with a prepared data set it lies on the disk, so that a second look reads no column. */
import type { ColumnFacts } from '../contract/datasetFacts.ts';
import { blocksOf } from '../formats/numbers/numbers.ts';
import { chanceOf } from './chance.ts';
import { classCounts, numberCounts, presentCount, sortedDistinct } from './columns.ts';
import type { MeasuredColumn } from './columns.ts';
import type { DataColumn } from './dataset.ts';

export const histogramBins = 24;
const mostLevels = 4096;

const known = new WeakMap<DataColumn, ColumnFacts>(); // columns never change

export function factsOf(column: DataColumn): ColumnFacts {
  const facts = known.get(column) ?? findFacts(column);
  known.set(column, facts);
  return facts;
}

/** Takes over what was found out when the column was prepared. */
export function rememberFacts(column: DataColumn, facts: ColumnFacts): void {
  known.set(column, facts);
}

function findFacts(column: DataColumn): ColumnFacts {
  if (column.kind === 'class') {
    const counts = classCounts(column);
    const distinct = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    const none = { levels: null, range: null, isWhole: false, isCounter: false, histogram: null };
    return { ...none, present: presentCount(column), distinct, isEstimate: false, counts: [...counts], chance: chanceOf(column) };
  }
  const present = presentCount(column);
  const { values, isSample, estimate } = sortedDistinct(column);
  const levels = values.length <= mostLevels && !isSample ? [...values] : null;
  return {
    present,
    distinct: isSample ? estimate : values.length,
    isEstimate: isSample,
    counts: levels === null ? null : [...numberCounts(column)],
    levels,
    ...measured(column, present),
    chance: chanceOf(column),
  };
}

type Measured = Pick<ColumnFacts, 'range' | 'isWhole' | 'isCounter' | 'histogram'>;

/** Two passes, in the order of the rows: as features.ts standardises. */
function measured(column: MeasuredColumn, present: number): Measured {
  if (present === 0) return { range: null, isWhole: false, isCounter: false, histogram: null };
  let [sum, min, max] = [0, Infinity, -Infinity];
  let isWhole = true;
  let first = NaN;
  let isCounter = true;
  for (const { start, values } of blocksOf(column.values)) {
    if (start === 0) first = values[0] ?? NaN;
    for (let at = 0; at < values.length; at++) {
      const value = values[at] ?? NaN;
      isCounter &&= value === first + start + at;
      if (Number.isNaN(value)) continue;
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
      isWhole &&= Number.isInteger(value);
    }
  }
  const mean = min === max ? min : sum / present;
  const width = max - min;
  const histogram = new Array<number>(histogramBins).fill(0);
  let squares = 0;
  for (const { values } of blocksOf(column.values))
    for (let at = 0; at < values.length; at++) {
      const value = values[at] ?? NaN;
      if (Number.isNaN(value)) continue;
      squares += (value - mean) ** 2;
      const bin = width > 0 ? Math.min(histogramBins - 1, Math.floor(((value - min) / width) * histogramBins)) : 0;
      histogram[bin] = (histogram[bin] ?? 0) + 1;
    }
  const standardDeviation = min === max ? 0 : Math.sqrt(squares / present);
  const isNumber = column.kind === 'number'; // a moment counts nothing
  isCounter &&= isNumber && (first === 0 || first === 1);
  return { range: { min, max, mean, standardDeviation }, isWhole: isNumber && isWhole, isCounter, histogram };
}
