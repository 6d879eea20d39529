/** The schemas of choices that have parameters of their own, made from the vocabulary's descriptions: nothing is told twice. */
import * as v from 'valibot';
import { finite, recordOf, recordUpTo, textUpTo } from './bounded.ts';
import { ownValues, type ParamSpec, type ParamSpecs, type ValuesOf } from '../vocabulary/params.ts';

/** Parameters as a person asks for them; who owns them checks them (params.ts). */
export const paramValues = recordOf(v.union([v.number(), v.boolean(), v.string()]));

/** Parameters as the owner has filled them in. */
export const settledParams = recordUpTo(v.union([finite, v.boolean(), textUpTo(200)]), 100);

interface Choice {
  readonly id: string;
  readonly params: ParamSpecs;
}

type NamesOf<Entry extends Choice> = Entry extends Choice ? keyof Entry['params'] & string : never;
type ValueIn<Entry extends Choice, Name> = Entry extends Choice ? (Name extends keyof Entry['params'] ? ValuesOf<Entry['params']>[Name] : never) : never;
/** The parameters of all entries together; those of one entry have one type, whichever has them. */
type AnyOf<Entry extends Choice> = { [Name in NamesOf<Entry>]?: ValueIn<Entry, Name> | undefined };
type AnySchemas<Entry extends Choice> = { [Name in NamesOf<Entry>]: v.OptionalSchema<v.GenericSchema<ValueIn<Entry, Name>>, undefined> };

type Chosen<Entry extends Choice> = Entry extends Choice ? { id: Entry['id'] } & Writable<ValuesOf<Entry['params']>> : never;
type Given<Entry extends Choice> = Entry extends Choice
  ? { id: Entry['id'] } & Writable<Partial<Pick<ValuesOf<Entry['params']>, OptionalNames<Entry['params']>>>> &
      Writable<Omit<ValuesOf<Entry['params']>, OptionalNames<Entry['params']>>>
  : never;
type OptionalNames<Specs> = { [Name in keyof Specs]: Specs[Name] extends { readonly required: true } ? never : Name }[keyof Specs];
type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** One of the entries with its own parameters and no others: { id: 'curriculum', from: 2, to: 5 } */
export function oneOf<Entry extends Choice>(list: readonly Entry[]): v.GenericSchema<Given<Entry>, Chosen<Entry>> {
  const options = list.map(({ id, params }) => v.strictObject({ id: v.literal(id), ...entriesOf(params, true) }));
  // the list's types are lost to map()
  return v.variant('id', options as unknown as v.VariantOptions<'id'>) as unknown as v.GenericSchema<Given<Entry>, Chosen<Entry>>;
}

/** The parameters of any entry, side by side and all optional, for a choice that lies flat beside other settings. */
export function anyParams<Entry extends Choice>(list: readonly Entry[]): AnySchemas<Entry> {
  const entries = list.map(({ params }) => entriesOf(params, false));
  return Object.assign({}, ...entries) as AnySchemas<Entry>; // likewise
}

/** A flat choice with its own parameters, defaults filled in. What belongs to another entry is left out: a person may change the choice and keep the rest. */
export function ownOf<Entry extends Choice>(list: readonly Entry[], { id, ...given }: { readonly id: Entry['id'] } & Readonly<Record<string, unknown>>) {
  const specs = list.find((entry) => entry.id === id)?.params ?? {};
  return { id, ...ownValues(specs, given) } as { id: Entry['id'] } & AnyOf<Entry>; // a part of them
}

function entriesOf(params: ParamSpecs, withDefaults: boolean): Record<string, v.GenericSchema> {
  return Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, entryOf(spec, withDefaults)]));
}

function entryOf(spec: ParamSpec, withDefault: boolean): v.GenericSchema {
  if (spec.kind === 'number' && spec.required === true && withDefault) return valueOf(spec);
  return withDefault ? v.optional(valueOf(spec), spec.default) : v.optional(valueOf(spec, `${spec.help}; default: ${String(spec.default)}`));
}

/** A value of a parameter.  @param description for editors that read the plan's JSON Schema */
function valueOf(spec: ParamSpec, description = spec.help): v.GenericSchema {
  switch (spec.kind) {
    case 'boolean':
      return v.pipe(v.boolean(), v.description(description));
    case 'choice':
      return v.pipe(v.picklist(spec.choices), v.description(description));
    case 'number': {
      const { min, max } = spec;
      const checks = [
        ...(spec.integer === true ? [v.integer<number>()] : []),
        ...(min === undefined ? [] : [spec.exclusiveMin === true ? v.gtValue<number, number>(min) : v.minValue<number, number>(min)]),
        ...(max === undefined ? [] : [spec.exclusiveMax === true ? v.ltValue<number, number>(max) : v.maxValue<number, number>(max)]),
      ];
      return v.pipe(v.number(), v.finite(), ...(checks as []), v.description(description)); // as many as there are
    }
    default:
      return spec satisfies never;
  }
}
