/** The description of a parameter as data: one source of its check, its place in the plan, its form, its syntax on the command line and its documentation. */
export type ParamValue = number | boolean | string;

export type ParamSpec =
  | {
      readonly kind: 'number';
      readonly default: number;
      readonly min?: number;
      readonly max?: number;
      readonly exclusiveMin?: boolean;
      readonly exclusiveMax?: boolean;
      readonly integer?: boolean;
      readonly required?: boolean; // in a plan; the default is then what a form begins with
      readonly help: string;
    }
  | { readonly kind: 'boolean'; readonly default: boolean; readonly help: string }
  | { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[]; readonly help: string };

export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
export type Params = Readonly<Record<string, ParamValue>>;

type ValueOf<Spec> = Spec extends { readonly kind: 'number' }
  ? number
  : Spec extends { readonly kind: 'boolean' }
    ? boolean
    : Spec extends { readonly choices: readonly (infer Choice)[] }
      ? Choice
      : never;

/** The values of described parameters: { alpha: { kind: 'number', ... } } -> { alpha: number } */
export type ValuesOf<Specs> = { readonly [Name in keyof Specs]: ValueOf<Specs[Name]> };

/** The values that belong to a description, with its defaults for those that are not there. What is not described is left out. */
export function ownValues<const Specs extends ParamSpecs>(specs: Specs, given: Readonly<Record<string, unknown>>): ValuesOf<Specs> {
  const entries = Object.entries(specs).map(([name, spec]) => [name, (Object.hasOwn(given, name) ? given[name] : undefined) ?? spec.default]);
  return Object.fromEntries(entries) as ValuesOf<Specs>; // checked by the schema that is made of the same description
}

/** A share that is kept from step to step: from 0 to below 1. */
export function memory<const Value extends number>(value: Value, help: string) {
  return { kind: 'number', default: value, min: 0, max: 1, exclusiveMax: true, help } as const;
}
