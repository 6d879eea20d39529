/** Schemas of texts, counts and lists that come from elsewhere: nothing is believed without a bound. */
import * as v from 'valibot';

export const textUpTo = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** 0, 1, 2, ... up to a bound. */
export const countUpTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

/** A number that JSON can hold. */
export const finite = v.pipe(v.number(), v.finite());

/** UTC, as Date's toISOString writes it. */
export const isoTime = v.pipe(v.string(), v.isoTimestamp());

export const listUpTo = <T>(item: v.GenericSchema<unknown, T>, most: number) => v.pipe(v.array(item), v.maxLength(most));

/** Values by names that people gave: unlike valibot's record it keeps a column that is called "constructor" or "__proto__", as a plain entry. */
export function recordOf<T>(value: v.GenericSchema<unknown, T>, most: number): v.GenericSchema<unknown, Record<string, T>> {
  return v.pipe(
    v.custom<Readonly<Record<string, unknown>>>((given) => typeof given === 'object' && given !== null && !Array.isArray(given), 'must be an object'),
    v.check((given) => Object.keys(given).length <= most, `must have at most ${most} entries`),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const entries: [string, T][] = [];
      for (const [name, given] of Object.entries(dataset.value)) {
        const checked = v.safeParse(value, given);
        if (checked.success) entries.push([name, checked.output]);
        else {
          addIssue({ message: `${JSON.stringify(name.slice(0, 100))}: ${checked.issues[0].message}` });
          return NEVER;
        }
      }
      return Object.fromEntries(entries); // defines its entries, whatever their names
    }),
  );
}
