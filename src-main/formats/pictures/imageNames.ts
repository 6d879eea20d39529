/** The class in the name of a picture, where no folder tells it: cat.0.jpg, yorkshire_terrier_12.jpg. */

const numbered = /^(\p{L}[\p{L} _-]*?)[ ._-]*[( ]*\d+\)?$/u;
/** What cameras and programs call pictures. */
const plainWord = /^(imgs?|images?|dsc[nf]?|pic|pics|picture|photos?|frames?|scan|screenshots?|samples?|train|test|val|file|p|dji|gopr|mvi|wp|pxl)$/i;

/** @returns null where names tell no class: one beginning alone, one that says nothing, or beginnings with a single picture
 *  @param paths those of all pictures; names of numbers alone have no class */
export function classesFromNames(paths: readonly string[]): (string | null)[] | null {
  const classes = paths.map((path) => {
    const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
    return /^\d+$/.test(stem) ? null : (numbered.exec(stem)?.[1] ?? undefined);
  });
  const counts = new Map<string, number>();
  for (const name of classes) {
    if (name === undefined || (name !== null && plainWord.test(name))) return null; // one name that fits no such rule: chance
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const isRule = counts.size >= 2 && [...counts.values()].every((count) => count >= 2);
  return isRule ? classes.map((name) => name ?? null) : null;
}
