import type { ParamSpecs } from './params.ts';

/** The entry of a list by its id. @param list holds every id of its type */
export function entryById<const Entry extends { readonly id: string }>(list: readonly Entry[], id: Entry['id']): Entry {
  const found = list.find((entry) => entry.id === id);
  if (found === undefined) throw new RangeError(`Expected one of ${list.map((entry) => entry.id).join(', ')}. Received: ${id}`);
  return found;
}

/** The parameters of every entry by its id. */
export function paramsById(list: readonly { readonly id: string; readonly params: ParamSpecs }[]): Readonly<Record<string, ParamSpecs>> {
  return Object.fromEntries(list.map(({ id, params }) => [id, params]));
}

/** How entries may be written on the command line: 'sgd, momentum:nesterov=true or adagrad' */
export function writtenForms(list: readonly { readonly id: string; readonly example?: string }[]): string {
  const forms = list.map(({ id, example }) => (example === undefined ? id : `${id}:${example}`));
  return `${forms.slice(0, -1).join(', ')} or ${forms.at(-1) ?? ''}`;
}
