/** Gives columns names that are there and differ. */

export interface NamedColumns {
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

/** column1 ... columnN, for data that brings no names. */
export function numberedNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `column${i + 1}`);
}

/** Trims names, numbers the empty ones and makes repeated ones different ('x', 'x_2'), saying so. */
export function uniqueNames(wanted: readonly string[]): NamedColumns {
  const trimmed = wanted.map((name) => name.trim());
  const taken = new Set(trimmed);
  const used = new Set<string>();
  const notes: string[] = [];
  const names = trimmed.map((name, i) => {
    if (name !== '' && !used.has(name)) {
      used.add(name);
      return name;
    }
    const fresh = freeName(name === '' ? `column${i + 1}` : name, taken);
    notes.push(name === '' ? `Column ${i + 1} has no name and is called "${fresh}".` : `Column ${i + 1} repeats the name "${name}" and is called "${fresh}".`);
    taken.add(fresh);
    used.add(fresh);
    return fresh;
  });
  return { names, notes };
}

/** The name itself when it is free, else with the first free number behind it. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
}
