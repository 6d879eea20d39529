/** Ties .auxlab files to the program that runs now on a desktop of freedesktop.org: a desktop entry, the file type, and a line in the person's list of default
 *  programs. No program but update-mime-database is needed: GLib and KDE read the rest as it lies there. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Association, Associations, Place } from './association.ts';
import {
  dataHome,
  desktopEntry,
  entryName,
  isTypeKnown,
  linuxFiles,
  mediaType,
  offSentence,
  onSentence,
  typePackage,
  type Command,
} from './fileAssociation.ts';
import { defaultsOf, mimeAppsFiles, withDefault, withoutDefault } from './mimeApps.ts';
import { contentOf, remove, writeWhole } from './personalFile.ts';
import { ended } from './runProgram.ts';

/** Without it no desktop learns of a type. */
const typeProgram = 'update-mime-database';

export function inDataHome({ environment, userFolder, command }: Place): Associations {
  const data = dataHome(environment, userFolder);
  const files = linuxFiles(data);
  const lists = mimeAppsFiles(environment, userFolder);

  /** Why files do not open with this program, or null. The list that speaks of the type first decides. */
  const obstacle = async (): Promise<string | null> => {
    const entry = await contentOf(files.entry);
    if (entry === null) return offSentence;
    if (entry !== desktopEntry(command)) return `Another Auxlab is registered for them, or ${files.entry} was changed.`;
    if ((await contentOf(files.type)) !== typePackage) return `${files.type} is missing or was changed.`;
    if (!isTypeKnown((await contentOf(files.known)) ?? '')) return `${typeProgram} has not made the type known in ${files.known}.`;
    for (const list of lists) {
      const [first] = defaultsOf((await listed(list)) ?? '', mediaType) ?? [];
      if (first !== undefined) return first === entryName ? null : `${list} names ${first} as the program for them.`;
    }
    return `${lists.at(-1) ?? ''} does not name Auxlab as the program for them.`;
  };

  const state = async (): Promise<Association> => {
    const why = await obstacle();
    if (why === null) return { canChange: true, isOn: true, sentence: onSentence };
    if (why !== offSentence || (await isInstalled(typeProgram, environment))) return { canChange: true, isOn: false, sentence: why };
    return { canChange: false, isOn: false, sentence: `${offSentence} That needs ${typeProgram}, which is not installed; it comes with shared-mime-info.` };
  };

  /** In the list for every desktop, and in this desktop's own where that speaks of the type: it would come first. */
  const name = async (): Promise<void> => {
    for (const list of lists) {
      const text = await listed(list);
      if (list === lists.at(-1) || defaultsOf(text ?? '', mediaType) !== null) await replace(list, text, withDefault(text ?? '', mediaType, entryName));
    }
  };

  const unname = async (): Promise<boolean> => {
    let isChanged = false;
    for (const list of lists) {
      const text = await listed(list);
      if (text !== null) isChanged = (await replace(list, text, withoutDefault(text, mediaType, entryName))) || isChanged;
    }
    return isChanged;
  };

  const told = async (): Promise<Association> => {
    const programs: readonly Command[] = [
      [typeProgram, join(data, 'mime')],
      ['update-desktop-database', join(data, 'applications')], // lists the program where one is chosen; the default one is found without
    ];
    const remarks: string[] = [];
    for (const [program, ...words] of programs) {
      const { code, text } = await ended(program, words, environment);
      if (code !== 0 && code !== 'ENOENT') remarks.push(`${program} reported: ${text.trim().split('\n')[0] ?? ''}`);
    }
    const now = await state();
    return { ...now, sentence: [now.sentence, ...remarks].join(' ') };
  };

  return {
    state,
    async set(isOn) {
      if (isOn) {
        const entry = desktopEntry(command); // refuses before anything is written
        if (!(await isInstalled(typeProgram, environment))) return state();
        await writeWhole(files.type, typePackage);
        await writeWhole(files.entry, entry);
        await name();
        return told();
      }
      const entry = await contentOf(files.entry);
      if (entry !== null && entry !== desktopEntry(command)) return state(); // another Auxlab's
      const isUnnamed = await unname();
      const isGone = [entry !== null && (await remove(files.entry)), (await contentOf(files.type)) === typePackage && (await remove(files.type))];
      return isUnnamed || isGone.includes(true) ? told() : state();
    },
  };
}

const listed = (list: string): Promise<string | null> => contentOf(list, 'latin1');

/** @returns whether there was something to change */
async function replace(list: string, before: string | null, after: string): Promise<boolean> {
  if (before === after) return false;
  await writeWhole(list, after, 'latin1');
  return true;
}

async function isInstalled(program: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    const isThere = await access(join(folder, program), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== '' && isThere) return true;
  }
  return false;
}
