/** The list in which a person's desktop keeps which program opens a type of file by default, as text: who is named, and Auxlab put in or taken out with every
 *  other line, comment and line ending left as it was. Reads and writes nothing. Source: MIME Applications Associations 1.0.1 (freedesktop.org). */
import { isAbsolute, join } from 'node:path';

const group = '[Default Applications]';

/** The lists of this person's own that count, the first one first; the last is the one for every desktop.  @param userFolder the person's home */
export function mimeAppsFiles(environment: Readonly<Record<string, string | undefined>>, userFolder: string): readonly string[] {
  const named = environment['XDG_CONFIG_HOME'] ?? '';
  const folder = isAbsolute(named) ? named : join(userFolder, '.config');
  const desktops = (environment['XDG_CURRENT_DESKTOP'] ?? '').split(':').filter((name) => /^[\w.-]+$/.test(name)); // a name becomes part of a file's name
  return [...desktops.map((name) => join(folder, `${name.toLowerCase()}-mimeapps.list`)), join(folder, 'mimeapps.list')];
}

/** Ids of the programs that the list names for a type, the preferred one first; null when it does not speak of the type. */
export function defaultsOf(list: string, type: string): readonly string[] | null {
  const line = linesOf(list).entries(type).at(-1); // of a repeated key the last one counts
  return line === undefined ? null : line.ids;
}

/** The list with a program as the preferred one for a type; those that it named stay behind it. */
export function withDefault(list: string, type: string, id: string): string {
  const { texts, ends, entries, groupEnd } = linesOf(list);
  const line = entries(type).at(-1);
  if (line?.ids[0] === id) return list;
  if (line !== undefined) {
    texts[line.at] = entryOf(type, [id, ...line.ids.filter((other) => other !== id)]);
    return joined(texts, ends);
  }
  const end = ends[0] ?? '\n';
  const added = groupEnd === null ? [...(list.trim() === '' ? [] : ['']), group, entryOf(type, [id])] : [entryOf(type, [id])];
  if (list === '') return [...added, ''].join(end);
  const place = groupEnd ?? texts.length - (texts.at(-1) === '' ? 1 : 0);
  texts.splice(place, 0, ...added);
  ends.splice(place - 1, 0, ...added.map(() => end));
  return joined(texts, ends);
}

/** The list without a program for a type. A line that named no other one goes. */
export function withoutDefault(list: string, type: string, id: string): string {
  const { texts, ends, entries } = linesOf(list);
  for (const { at, ids } of entries(type).reverse()) {
    if (!ids.includes(id)) continue;
    const others = ids.filter((other) => other !== id);
    if (others.length > 0) texts[at] = entryOf(type, others);
    else {
      texts.splice(at, 1);
      ends.splice(at - 1, 1); // it stands below its group's name, so there is a line before it
    }
  }
  return joined(texts, ends);
}

interface Entry {
  readonly at: number;
  readonly ids: readonly string[];
}

interface Lines {
  readonly texts: string[];
  readonly ends: string[]; // between the lines, so one less
  readonly entries: (type: string) => Entry[]; // in the default programs' group
  readonly groupEnd: number | null; // the line after the group's last entry; null without the group
}

function linesOf(list: string): Lines {
  const parts = list.split(/(\r?\n)/);
  const texts = parts.filter((_, at) => at % 2 === 0);
  const ends = parts.filter((_, at) => at % 2 === 1);
  const inGroup: number[] = [];
  let isInside = false;
  texts.forEach((text, at) => {
    if (text.startsWith('[')) isInside = text.trim() === group;
    if (isInside && text.trim() !== '' && !text.startsWith('#')) inGroup.push(at);
  });
  const last = inGroup.at(-1);
  return {
    texts,
    ends,
    entries: (type) =>
      inGroup.flatMap((at) => {
        const [key = '', ...value] = (texts[at] ?? '').split('=');
        if (key.trim() !== type || value.length === 0) return [];
        return [{ at, ids: value.join('=').split(';').map((id) => id.trim()).filter((id) => id !== '') }]; // prettier-ignore
      }),
    groupEnd: last === undefined ? null : last + 1,
  };
}

function entryOf(type: string, ids: readonly string[]): string {
  return `${type}=${ids.join(';')};`;
}

function joined(texts: readonly string[], ends: readonly string[]): string {
  return texts.map((text, at) => text + (ends[at] ?? '')).join('');
}
