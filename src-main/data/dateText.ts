/** One text that may be a date, as people and programs write them, and the other way round. Pure; times are milliseconds since 1970, UTC. */

export const dayMs = 86_400_000;

/** A date as it was written. What stands first and second of 3/4/2021 is settled for a whole column. */
export interface WrittenDate {
  readonly form: 'year-first' | 'numbers' | 'named' | 'month' | 'time';
  readonly year: number;
  readonly isShort: boolean; // the year had two digits
  readonly first: number; // of numbers the one that stands first, else the month (from 1)
  readonly second: number; // of numbers the one that stands second, else the day
  readonly separator: string;
  readonly timeMs: number; // within the day, before the zone is taken off
  readonly zoneMinutes: number | null; // ahead of UTC; null when none was written
}

const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([AaPp])\.?[Mm]\.?)?`;
const zone = String.raw`(?:\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?`;
const time = String.raw`(?:(?:T|,?\s+)${clock}${zone})?`;
const weekday = String.raw`(?:[A-Za-z]{3,9}\.?,?\s+)?`;

const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`);
const numbers = new RegExp(String.raw`^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})${time}$`);
const dayThenMonth = new RegExp(String.raw`^${weekday}(\d{1,2})(?:st|nd|rd|th)?[-\s./]+([A-Za-z]{3,9})\.?,?[-\s./]+(\d{4})${time}$`);
const monthThenDay = new RegExp(String.raw`^${weekday}([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${time}$`);
const compact = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?${zone}$`);
const yearMonth = /^(\d{4})([-/])(\d{2})$/;
const namedMonth = /^([A-Za-z]{3,9})\.?[-\s,]+(\d{4})$/;
const onlyTime = new RegExp(`^${clock}$`);
const months = /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i;
const monthStarts = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What a text says as a date; null when it is none. */
export function writtenDate(text: string): WrittenDate | null {
  if (!/\d/.test(text) || text.length > 60) return null;
  let found = yearFirst.exec(text);
  if (found !== null) return made('year-first', found[1], Number(found[3]), Number(found[4]), found[2], found.slice(5));
  found = numbers.exec(text);
  if (found !== null) return made('numbers', found[4], Number(found[1]), Number(found[3]), found[2], found.slice(5));
  found = dayThenMonth.exec(text);
  if (found !== null) return made('named', found[3], monthOf(found[2]), Number(found[1]), ' ', found.slice(4));
  found = monthThenDay.exec(text);
  if (found !== null) return made('named', found[3], monthOf(found[1]), Number(found[2]), ' ', found.slice(4));
  found = compact.exec(text);
  if (found !== null) return made('year-first', found[1], Number(found[2]), Number(found[3]), '', [...found.slice(4, 7), undefined, undefined, found[7]]);
  found = yearMonth.exec(text);
  if (found !== null) return made('month', found[1], Number(found[3]), 1, found[2], []);
  found = namedMonth.exec(text);
  if (found !== null) return made('month', found[2], monthOf(found[1]), 1, ' ', []);
  found = onlyTime.exec(text);
  return found === null ? null : made('time', '1970', 1, 1, ':', found.slice(1));
}

/** The moment of a written date; null where there is no such day. @param dayFirst how a date of numbers is read */
export function momentOf({ form, year, first, second, timeMs, zoneMinutes }: WrittenDate, dayFirst: boolean): number | null {
  const [month, day] = form === 'numbers' && dayFirst ? [second, first] : [first, second];
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return Date.UTC(year, month - 1, day) + timeMs - (zoneMinutes ?? 0) * 60_000;
}

/** '2021-03-04', with the time where there is one: '2021-03-04 05:06:07'; '05:06:07' of a time without a date. */
export function dateText(moment: number, isTime = false): string {
  const iso = new Date(moment).toISOString(); // as 2021-03-04T05:06:07.000Z
  const clockText = iso.slice(11, 23).replace(/\.000$/, '');
  if (isTime) return clockText;
  const day = iso.slice(0, iso.indexOf('T'));
  return moment % dayMs === 0 ? day : `${day} ${clockText}`;
}

function made(
  form: WrittenDate['form'],
  yearText: string | undefined,
  first: number,
  second: number,
  separator: string | undefined,
  [hour, minute, secondText, fraction, half, zoneText]: readonly (string | undefined)[],
): WrittenDate | null {
  const year = Number(yearText);
  const full = yearText?.length === 2 ? year + (year < 69 ? 2000 : 1900) : year; // as POSIX reads two digits
  const timeMs = hour === undefined ? 0 : withinDay(Number(hour), Number(minute), Number(secondText ?? 0), fraction, half);
  if (timeMs === null || Number.isNaN(first) || full < 1000 || full > 2999) return null;
  return {
    form,
    year: full,
    isShort: yearText?.length === 2,
    first,
    second,
    separator: separator ?? '',
    timeMs,
    zoneMinutes: zoneText === undefined ? null : minutesOf(zoneText),
  };
}

function withinDay(hour: number, minute: number, second: number, fraction: string | undefined, half: string | undefined): number | null {
  if (minute > 59 || second > 60 || (half === undefined ? hour > 23 : hour < 1 || hour > 12)) return null;
  const hours = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const thousandths = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  return ((hours * 60 + minute) * 60 + Math.min(second, 59)) * 1000 + thousandths; // a leap second is the one before
}

function minutesOf(text: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  return found === null ? 0 : (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3] ?? 0));
}

/** 1..12; NaN for what is no month's name. */
function monthOf(name: string | undefined): number {
  return name !== undefined && months.test(name) ? monthStarts.indexOf(name.slice(0, 3).toLowerCase()) + 1 : NaN;
}
