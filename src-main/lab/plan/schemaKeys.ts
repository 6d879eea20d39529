/** Looks up what a valibot schema says about a path, for help texts: the keys that may stand there. */

/** The keys that the schema has at a path. Optional wrappers, pipes, lists and the options of variants are looked through. */
export function keysAt(schema: unknown, path: readonly string[]): string[] {
  let found: readonly unknown[] = [schema];
  for (const key of path) found = found.flatMap(unwrap).flatMap((candidate) => child(candidate, key));
  return [...new Set(found.flatMap(unwrap).flatMap((candidate) => Object.keys(entries(candidate) ?? {})))];
}

function unwrap(schema: unknown): readonly unknown[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if ('wrapped' in schema) return unwrap(schema.wrapped);
  if ('options' in schema && Array.isArray(schema.options)) return schema.options.flatMap(unwrap);
  return [schema];
}

function entries(schema: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof schema !== 'object' || schema === null || !('entries' in schema)) return undefined;
  return schema.entries as Readonly<Record<string, unknown>>; // valibot's object schemas hold their keys' schemas there
}

function child(schema: unknown, key: string): readonly unknown[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if ('item' in schema) return [schema.item];
  const inner = entries(schema)?.[key];
  return inner === undefined ? [] : [inner];
}
