/** Columns of a reader as dates. */
import { LabError } from '../contract/errors.ts';
import type { DateOrder } from '../contract/reading.ts';
import type { RawColumn } from '../formats/format.ts';
import { blocksOf } from '../formats/numbers/numbers.ts';
import type { Numbers } from '../formats/numbers/numbers.ts';
import { textsOf } from '../formats/rawColumns.ts';
import { momentsOfNumbers, readDates } from './dates.ts';
import type { DateColumn } from './columns.ts';

type TextColumn = Exclude<RawColumn, { kind: 'number' }>;

/** The texts as dates; null when they are none.
 *  @param isTold whether a person said that they are dates: then they must be
 *  @param notes gets what was found out, and the text that keeps a column from being dates
 *  @throws LabError bad-input naming column and row */
export function settleDates(column: TextColumn, isTold: boolean, order: DateOrder | undefined, notes: string[]): DateColumn | null {
  const texts = differentTexts(column);
  const read = texts.length === 0 ? null : readDates(texts, isTold ? 'date' : column.name, order);
  if (read !== null && 'moments' in read) {
    for (const note of read.notes) notes.push(`Column "${column.name}" ${note}`);
    return { name: column.name, kind: 'date', values: placed(column, texts, read.moments) };
  }
  if (isTold) throw noDates(column, read === null ? null : read.text);
  if (read !== null)
    notes.push(
      `Column "${column.name}" looks like dates, but "${read.text}" is none, so it is taken for texts. Correct it, or name it as a mark of missing values.`,
    );
  return null;
}

/** Numbers that a person said are dates. @throws LabError bad-input when they are not of a form that is known */
export function datesOfNumbers(name: string, numbers: Numbers<'float64'>): DateColumn {
  const read = momentsOfNumbers(cells(numbers));
  if (read === null)
    throw new LabError(
      'bad-input',
      `Column "${name}" cannot be dates: its numbers are no days such as 20210304, no years, and no seconds or milliseconds since 1970.`,
    );
  const values = new Float64Array(numbers.length);
  for (const { start, values: block } of blocksOf(numbers)) for (let at = 0; at < block.length; at++) values[start + at] = read(block[at] ?? NaN) + 0;
  return { name, kind: 'date', values };
}

function* cells(numbers: Numbers<'float64'>): Generator<number> {
  for (const { values } of blocksOf(numbers)) yield* values;
}

/** Those that occur, in the order in which they come. */
function differentTexts(column: TextColumn): readonly string[] {
  if (column.kind === 'text') return [...new Set(column.values.filter((text) => text !== null))];
  const order: string[] = [];
  const seen = new Uint8Array(column.texts.length);
  for (const { values } of blocksOf(column.codes))
    for (const code of values)
      if (code >= 0 && seen[code] === 0) {
        seen[code] = 1;
        order.push(column.texts[code] ?? '');
      }
  return order;
}

function placed(column: TextColumn, texts: readonly string[], moments: readonly number[]): Float64Array {
  const momentOf = new Map(texts.map((text, at) => [text, moments[at] ?? NaN]));
  if (column.kind === 'text') return Float64Array.from(column.values, (text) => (text === null ? NaN : (momentOf.get(text) ?? NaN)));
  const byCode = Float64Array.from(column.texts, (text) => momentOf.get(text) ?? NaN);
  const values = new Float64Array(column.codes.length);
  for (const { start, values: codes } of blocksOf(column.codes)) for (let at = 0; at < codes.length; at++) values[start + at] = byCode[codes[at] ?? -1] ?? NaN;
  return values;
}

function noDates(column: TextColumn, spoiler: string | null): LabError {
  const texts = textsOf(column);
  const row = texts.findIndex((text) => text !== null && (spoiler === null || text === spoiler));
  const text = texts[row] ?? '';
  return new LabError(
    'bad-input',
    spoiler === null
      ? `Column "${column.name}" cannot be dates: its texts, such as "${text}" in row ${row + 1}, are not read as dates of one order of day and month.`
      : `Column "${column.name}", row ${row + 1}: "${text}" is not a date. Correct it, or name "${text}" as a mark of missing values.`,
  );
}
