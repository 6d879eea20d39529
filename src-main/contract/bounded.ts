/** Schemas of texts, counts and lists that come from elsewhere: nothing is believed without a bound. */
import * as v from 'valibot';

export const textUpTo = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** A name that a person gave, or that one has to be found by. */
export const shortName = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** 0, 1, 2, ... up to a bound. */
export const countUpTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

/** A number that JSON can hold. */
export const finite = v.pipe(v.number(), v.finite());

/** UTC, as Date's toISOString writes it. */
export const isoTime = v.pipe(v.string(), v.isoTimestamp());

export const listUpTo = <T>(item: v.GenericSchema<unknown, T>, most: number) => v.pipe(v.array(item), v.maxLength(most));

/** Values by names that people gave. Unlike valibot's own record, which leaves them out, it keeps a column that is called "constructor", "prototype" or
 *  "__proto__", as a plain entry; a list is no record. To everything else that reads schemas (the plan's JSON Schema, the sentences) it is a record. */
export function recordOf<const S extends v.GenericSchema>(value: S): v.RecordSchema<v.StringSchema<undefined>, S, undefined> {
  const record = v.record(v.string(), value); // eslint-disable-line no-restricted-properties -- the one place that may: all but its entries are taken over
  type Run = (typeof record)['~run'];
  type Issue = v.InferIssue<typeof record>;
  const run: Run = (dataset, config) => {
    const given = dataset.value;
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      v._addIssue(record, 'type', dataset, config);
      return dataset as unknown as ReturnType<Run>; // it has its issue now
    }
    const issues: Issue[] = [];
    const entries = Object.entries(given).map(([key, entry]: [string, unknown]) => {
      const checked = value['~run']({ value: entry }, config);
      const place = { type: 'object', origin: 'value', input: given as Record<string, unknown>, key, value: entry } as const;
      for (const issue of checked.issues ?? []) issues.push({ ...issue, path: [place, ...(issue.path ?? [])] } as Issue);
      return [key, checked.value];
    });
    const output = Object.fromEntries(entries) as v.InferOutput<typeof record>; // defines its entries, whatever their names
    const [first, ...others] = issues;
    return first === undefined ? { typed: true, value: output } : { typed: false, value: output, issues: [first, ...others] };
  };
  return { ...record, '~run': run };
}

export const recordUpTo = <const S extends v.GenericSchema>(value: S, most: number) => v.pipe(recordOf(value), v.maxEntries(most));

/** What a record holds under a name that anybody may have given: nothing of what every object inherits ("constructor"). */
export function entryOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
