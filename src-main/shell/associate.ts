/** Ties .auxlab files to the program that runs now, and undoes it. Touches only what fileAssociation.ts names, for this person only, and may be repeated. The
 *  line that xdg-mime adds to mimeapps.list stays after undoing: that list is the person's, and an entry that is gone is passed over. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CallOutput } from '../contract/calls.ts';
import { LabError } from '../contract/errors.ts';
import {
  dataHome,
  desktopEntry,
  entryName,
  linuxFiles,
  mediaType,
  namesAuxlab,
  registryAdditions,
  registryProgram,
  registryQuestions,
  registryRemovals,
  typePackage,
  type Command,
} from './fileAssociation.ts';

export type Association = CallOutput<'host.association'>;

export interface Associations {
  state(): Promise<Association>;
  /** @throws LabError when a file or the registry cannot be changed */
  set(isOn: boolean): Promise<Association>;
}

export interface Place {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly userFolder: string;
  readonly command: Command; // starts this program again
}

const longestMs = 20_000;
const on = 'Files that end in .auxlab are registered to open with this Auxlab.';
const off = 'Files that end in .auxlab are not registered with Auxlab.';

/** @param place the system, and the program that files shall open with */
export function associations(place: Place): Associations {
  if (place.platform === 'darwin') {
    const fixed = async (): Promise<Association> => ({ canChange: false, isOn: false, sentence: 'macOS takes this from the packaged app.' });
    return { state: fixed, set: fixed };
  }
  return place.platform === 'win32' ? inRegistry(place) : inDataHome(place);
}

function inDataHome({ environment, userFolder, command }: Place): Associations {
  const data = dataHome(environment, userFolder);
  const files = linuxFiles(data);
  const state = async (): Promise<Association> => {
    const [entry, type] = [await contentOf(files.entry), await contentOf(files.type)];
    if (entry === null) return { canChange: true, isOn: false, sentence: off };
    if (entry === desktopEntry(command)) {
      if (type === typePackage) return { canChange: true, isOn: true, sentence: on };
      return { canChange: true, isOn: false, sentence: `${files.type} is missing or was changed.` };
    }
    return { canChange: true, isOn: false, sentence: `Another Auxlab is registered for them, or ${files.entry} was changed.` };
  };
  const tell = async (isOn: boolean): Promise<string[]> => {
    const programs: readonly Command[] = [
      ['update-mime-database', join(data, 'mime')],
      ['update-desktop-database', join(data, 'applications')],
      ...(isOn ? [['xdg-mime', 'default', entryName, mediaType] as const] : []),
    ];
    const sentences: string[] = [];
    for (const [program, ...words] of programs) {
      const { code, text } = await ended(program, words, environment);
      if (code === 'ENOENT') sentences.push(`${program} is not installed; the system may see the change later.`);
      else if (code !== 0) sentences.push(`${program} reported: ${text.trim().split('\n')[0] ?? ''}`);
    }
    return sentences;
  };
  return {
    state,
    async set(isOn) {
      if (isOn) {
        const entry = desktopEntry(command); // refuses before anything is written
        await writeWhole(files.type, typePackage);
        await writeWhole(files.entry, entry);
      } else {
        const entry = await contentOf(files.entry);
        if (entry !== null && entry !== desktopEntry(command)) return state(); // another Auxlab's
        const removed = [entry === null ? false : await remove(files.entry), (await contentOf(files.type)) === typePackage && (await remove(files.type))];
        if (!removed.includes(true)) return state();
      }
      const remarks = await tell(isOn);
      const now = await state();
      return { ...now, sentence: [now.sentence, ...remarks].join(' ') };
    },
  };
}

/** Windows. Not run there yet: only the argument lists are tested. */
function inRegistry({ environment, command }: Place): Associations {
  const program = registryProgram(environment);
  const state = async (): Promise<Association> => {
    const answers = await Promise.all(registryQuestions.map((words) => ended(program, words, environment)));
    const isOn = answers.every(({ code }) => code === 0) && namesAuxlab(answers[0]?.text ?? '');
    return { canChange: true, isOn, sentence: isOn ? 'Files that end in .auxlab are registered to open with Auxlab.' : off };
  };
  return {
    state,
    async set(isOn) {
      if (!isOn && !(await state()).isOn) return state();
      for (const words of isOn ? registryAdditions(command) : registryRemovals) {
        const { code, text } = await ended(program, words, environment);
        if (code !== 0)
          throw new LabError('bad-input', `The registry cannot be changed: ${text.trim() === '' ? `${program} ended with ${code}` : text.trim()}`);
      }
      return state();
    },
  };
}

/** Runs a program to its end.  @returns its exit code, or the name of why there is none; what it wrote */
function ended(program: string, words: readonly string[], environment: NodeJS.ProcessEnv): Promise<{ readonly code: number | string; readonly text: string }> {
  return new Promise((resolve) => {
    execFile(program, [...words], { env: environment, timeout: longestMs, windowsHide: true }, (error, out, err) => {
      if (error === null) return resolve({ code: 0, text: out });
      resolve({ code: error.code ?? error.signal ?? 'unknown', text: [err, out, error.message].find((text) => text.trim() !== '') ?? '' });
    });
  });
}

/** @returns null when there is no such file */
async function contentOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null; // node:fs throws nothing else
    throw new LabError('bad-input', `${file} cannot be read: ${reason(error)}`, { cause: error });
  }
}

/** The whole text or nothing: written beside it, then renamed. */
async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(part, text, { mode: 0o644 });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined); // the first error says more
    throw new LabError('bad-input', `${file} cannot be written: ${reason(error)}`, { cause: error });
  }
}

async function remove(file: string): Promise<true> {
  try {
    await rm(file, { force: true });
    return true;
  } catch (error) {
    throw new LabError('bad-input', `${file} cannot be removed: ${reason(error)}`, { cause: error });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
