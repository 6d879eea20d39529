/** Whether the texts of a column are dates, and in which order day and month stand. Strict: one text that is none makes the column texts again. */
import type { DateOrder } from '../contract/reading.ts';
import { momentOf, writtenDate } from './dateText.ts';
import type { WrittenDate } from './dateText.ts';

export interface ReadDates {
  readonly moments: readonly number[]; // by text: milliseconds since 1970, UTC; NaN for a mark of missing values
  readonly notes: readonly string[]; // what was found out rather than told, as ends of 'Column "x" ...'
}

/** A text that keeps a column of dates from being one. */
export interface Spoiler {
  readonly text: string;
}

const lastMoment = 8.64e15; // as far as a Date goes
const missingMarks = new Set(['nat', 'nan', 'none', 'null', 'na', 'n/a', '-', '--', '?', '0000-00-00', '0000-00-00 00:00:00']);
const triedFirst = 50;
const mostSpoilers = 0.02; // of the texts: a column with more of them holds something else
const fewestDates = 20; // before a spoiler is worth a word
const saysDate = /date|datum|day|time|when|dob|birth|stamp|month|period|hour|clock/i;

/** Reads different texts of a column as dates.
 *  @param texts without missing ones, in the order in which they come
 *  @param order of day and month, where a person said it; the texts themselves stand above it
 *  @returns null when they are no dates */
export function readDates(texts: readonly string[], name: string, order?: DateOrder): ReadDates | Spoiler | null {
  const written: (WrittenDate | null)[] = [];
  const spoilers: string[] = [];
  const marks: string[] = [];
  for (const [at, text] of texts.entries()) {
    const date = writtenDate(text.trim());
    written.push(date);
    if (date !== null) continue;
    (missingMarks.has(text.trim().toLowerCase()) ? marks : spoilers).push(text);
    if (spoilers.length > (at < triedFirst ? 2 : mostSpoilers * texts.length)) return null;
  }
  const dates = written.filter((date) => date !== null);
  if (dates.length === 0 || dates.length < marks.length || !areSure(dates, name)) return null;
  const settled = settleOrder(dates, order);
  if (settled === null) return null;
  const moments = written.map((date) => (date === null ? NaN : (momentOf(date, settled.dayFirst) ?? NaN)));
  const impossible = texts.filter((_, at) => written[at] !== null && Number.isNaN(moments[at]));
  const [spoiler] = [...spoilers, ...impossible];
  if (spoiler !== undefined)
    return spoilers.length + impossible.length <= mostSpoilers * texts.length && dates.length >= fewestDates ? { text: spoiler } : null;
  return { moments, notes: [...orderNotes(dates, settled), ...zoneNotes(dates), ...markNotes(marks)] };
}

/** Reads numbers that a person said are dates: 20210304, years, seconds or milliseconds since 1970. null: none of them. */
export function momentsOfNumbers(values: Iterable<number>): ((value: number) => number) | null {
  let [isDay, isYear, least, most] = [true, true, Infinity, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    isDay &&= dayOf(value) !== null;
    isYear &&= Number.isInteger(value) && value >= 1000 && value <= 2999;
    least = Math.min(least, Math.abs(value));
    most = Math.max(most, Math.abs(value));
  }
  if (least === Infinity) return null;
  if (isDay) return (value) => dayOf(value) ?? NaN;
  if (isYear) return (value) => (Number.isNaN(value) ? NaN : Date.UTC(value, 0, 1));
  if (least >= 1e11) return most <= lastMoment ? (value) => value : null;
  return least >= 1e8 ? (value) => value * 1000 : null; // both from 1973 on: smaller numbers may be anything
}

function dayOf(value: number): number | null {
  if (Number.isNaN(value)) return NaN;
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(String(value));
  const date = found === null ? null : writtenDate(`${found[1] ?? ''}-${found[2] ?? ''}-${found[3] ?? ''}`);
  return date === null ? null : momentOf(date, false);
}

/** What could be something else needs more: times, months and years of two digits a name that says so, months no seasons such as 2010-11. */
function areSure(dates: readonly WrittenDate[], name: string): boolean {
  const isNamed = saysDate.test(name);
  if (dates.some(({ form }) => form === 'time')) return isNamed && dates.every(({ form }) => form === 'time');
  const isSeason = dates.every(({ form, year, first }) => form === 'month' && first === (year + 1) % 100);
  if (isSeason || dates.some(({ form, year }) => form === 'month' && (year < 1800 || year > 2199))) return false;
  return isNamed || dates.every(({ isShort, separator }) => !isShort || separator === '/');
}

interface Settled {
  readonly dayFirst: boolean;
  readonly why: string | null; // null: nothing tells, and the usual was taken
}

/** null when both numbers are above 12 somewhere: then the order changes, or they are no dates. */
function settleOrder(dates: readonly WrittenDate[], told: DateOrder | undefined): Settled | null {
  const unsure = dates.filter(({ form }) => form === 'numbers');
  if (unsure.length === 0) return { dayFirst: false, why: '' };
  const isDay = unsure.some(({ first }) => first > 12);
  const isMonth = unsure.some(({ second }) => second > 12);
  if (isDay && isMonth) return null;
  if (isDay || isMonth) return { dayFirst: isDay, why: 'nothing else is possible' };
  if (told !== undefined) return { dayFirst: told === 'day-first', why: 'as you said' };
  if (unsure.every(({ separator }) => separator === '.')) return { dayFirst: true, why: 'as is usual with points' };
  const ones = [unsure.every(({ first }) => first === 1), unsure.every(({ second }) => second === 1)] as const;
  if (ones[0] !== ones[1] && unsure.length > 1) return { dayFirst: ones[0], why: 'then they are the first days of months' };
  const inOrder = [isAscending(unsure, false), isAscending(unsure, true)] as const;
  if (inOrder[0] !== inOrder[1] && unsure.length > 2) return { dayFirst: inOrder[1], why: 'then they are in order' };
  return { dayFirst: false, why: null };
}

function isAscending(dates: readonly WrittenDate[], dayFirst: boolean): boolean {
  const moments = dates.map((date) => momentOf(date, dayFirst) ?? NaN);
  return moments.every((moment, at) => at === 0 || moment >= (moments[at - 1] ?? NaN));
}

function orderNotes(dates: readonly WrittenDate[], { dayFirst, why }: Settled): string[] {
  if (why === '') return [];
  const example = dates.find(({ form }) => form === 'numbers');
  const order = dayFirst ? 'day' : 'month';
  const text = example === undefined ? '' : `${example.first}${example.separator}${example.second}${example.separator}${example.year}`;
  if (why !== null) return [`holds dates such as ${text}, read ${order} first: ${why}.`];
  return [`holds dates such as ${text}, read month first, as nothing in it tells. If the day stands first, set the option dates to day-first.`];
}

function zoneNotes(dates: readonly WrittenDate[]): string[] {
  return dates.some(({ zoneMinutes }) => zoneMinutes !== null && zoneMinutes !== 0) ? ['holds times with a zone, which were turned into UTC.'] : [];
}

function markNotes(marks: readonly string[]): string[] {
  return marks.length === 0
    ? []
    : [`holds dates, and ${marks.map((mark) => `"${mark}"`).join(', ')} beside them ${marks.length === 1 ? 'is' : 'are'} taken for no value.`];
}
