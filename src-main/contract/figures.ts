/** Numbers that may not be finite, on their way through JSON, SQL and CSV, which have none such. Written, one that is not finite is null (an empty cell of a
 *  table); read, null is NaN. Whether it was an infinity is not kept. Everything that is stored, sent or written to a file goes by this. */
import * as v from 'valibot';

/** A number as it is written. */
export type WrittenFigure = number | null;

export function writtenFigure(value: number | null | undefined): WrittenFigure {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function readFigure(value: WrittenFigure | undefined): number {
  return value ?? NaN;
}

/** A cell of a CSV file, unrounded; '' for what is not finite. */
export function figureCell(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}

/** Infinities do not come out of JSON, unless somebody wrote 1e999; NaN comes from a reader that stood before this one. */
const number = v.custom<WrittenFigure>((value) => value === null || (typeof value === 'number' && Math.abs(value) !== Infinity), 'must be a number or null');

/** A figure for who computes with it: NaN where there is none. */
export const figure = v.pipe(number, v.transform<WrittenFigure, number>(readFigure));

/** A figure for who has to tell a missing one: null where there is none. */
export const figureOrNull = v.pipe(number, v.transform<WrittenFigure, WrittenFigure>(writtenFigure));

/** Data as they arrive at the other end of a wire: what is not finite is null, what is undefined is gone.
 *  @returns the same data, of the type that the caller names for them */
export function asWritten<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value)) as T; // JSON.stringify writes figures as writtenFigure does
}
