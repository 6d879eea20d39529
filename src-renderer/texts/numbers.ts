/** Numbers, sizes, times and dates in the system's language. */

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const times = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 });
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });

/** @param iso UTC ISO 8601   @returns local date and time */
export function dateText(iso: string): string {
  return dates.format(new Date(iso));
}

export function timeText(iso: string): string {
  return times.format(new Date(iso));
}

/** '5 minutes ago', and a date once a week has passed. */
export function agoText(iso: string, nowMs = Date.now()): string {
  const seconds = (new Date(iso).getTime() - nowMs) / 1000;
  const [size, unit] = (
    [
      [86_400, 'day'],
      [3600, 'hour'],
      [60, 'minute'],
      [1, 'second'],
    ] as const
  ).find(([length]) => Math.abs(seconds) >= length) ?? [1, 'second'];
  return Math.abs(seconds) > 7 * 86_400 ? days.format(new Date(iso)) : relative.format(Math.round(seconds / size), unit);
}

export function wholeText(value: number): string {
  return whole.format(value);
}

/** At most four figures: 0.3, 12,340, and 1e+30 past all counting. */
export function numberText(value: number): string {
  if (Math.abs(value) >= 1e15) return String(Number(value.toPrecision(4)));
  return Math.abs(value) >= 1e4 || value === 0 ? whole.format(value) : short.format(value);
}

/** 1.2M, 34K: for parameters. */
export function compactText(value: number): string {
  return compact.format(value);
}

export function percentText(share: number): string {
  return percent.format(share);
}

export function sizeText(mebibytes: number): string {
  return mebibytes >= 1024 ? `${short.format(Math.round((mebibytes / 1024) * 10) / 10)} GB` : `${whole.format(mebibytes)} MB`;
}

/** '2 min', '45 s', '1 h 20 min': for times to wait, so never more exact than that. */
export function durationText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (seconds < 600 && seconds % 60 >= 10) return `${Math.floor(seconds / 60)} min ${Math.round((seconds % 60) / 10) * 10} s`.replace(' 60 s', ' 50 s');
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** '1 pair', '6 pairs'. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

/** A number as people type it: a comma may stand for the point.  @returns null when it is none */
export function typedNumber(text: string): number | null {
  const value = Number(
    text
      .trim()
      .replace(/^([+-]?\d*),(\d+)$/, '$1.$2')
      .replaceAll(' ', ''),
  );
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}
