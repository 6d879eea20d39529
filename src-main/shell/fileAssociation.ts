/** What the system is told so that .auxlab files open with Auxlab: the texts of Linux' two files of its own (mimeApps.ts has the third one) and the arguments
 *  for Windows' reg.exe. Writes and starts nothing. Source: Desktop Entry Specification 1.5, Shared MIME-info Database 0.21 (freedesktop.org). */
import { isAbsolute, join, win32 } from 'node:path';
import { LabError } from '../contract/errors.ts';

/** Program first, then its own arguments; opened files are put behind. */
export type Command = readonly [string, ...string[]];

export const mediaType = 'application/x-auxlab';
export const entryName = 'auxlab.desktop';
export const onSentence = 'Files that end in .auxlab are registered to open with this Auxlab.';
export const offSentence = 'Files that end in .auxlab are not registered with Auxlab.';

/** Where data of this person's programs lies: XDG_DATA_HOME, which counts only when it is absolute.  @param userFolder the person's home */
export function dataHome(environment: Readonly<Record<string, string | undefined>>, userFolder: string): string {
  const named = environment['XDG_DATA_HOME'] ?? '';
  return isAbsolute(named) ? named : join(userFolder, '.local', 'share');
}

/** The two files that belong to the association and to nothing else, and the one in which all known types of this person are. */
export function linuxFiles(data: string): { readonly entry: string; readonly type: string; readonly known: string } {
  return { entry: join(data, 'applications', entryName), type: join(data, 'mime', 'packages', 'auxlab.xml'), known: join(data, 'mime', 'globs2') };
}

/** Whether the patterns that update-mime-database gathered hold Auxlab's, as "50:application/x-auxlab:*.auxlab". */
export function isTypeKnown(globs: string): boolean {
  return globs.split('\n').some((line) => line.split(':').slice(1, 3).join(':') === `${mediaType}:*.auxlab`);
}

/** The desktop entry. It is kept out of menus: it was asked for files only. */
export function desktopEntry(command: Command): string {
  return `[Desktop Entry]
Type=Application
Version=1.0
Name=Auxlab
Comment=Trains with auxiliary losses and says whether they help
Exec=${execLine(command)}
Terminal=false
NoDisplay=true
MimeType=${mediaType};
`;
}

export const typePackage = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="${mediaType}">
    <comment>Auxlab experiment</comment>
    <sub-class-of type="application/zip"/>
    <glob pattern="*.auxlab"/>
  </mime-type>
</mime-info>
`;

/** The value of Exec. Every word stands in double quotes; two rules apply, that of quotes first and that of all strings after it, and a percent sign
 *  is doubled.
 *  @throws LabError when the program cannot be named in an entry */
export function execLine(command: Command): string {
  const [program] = command;
  if (program.includes('=')) throw new LabError('bad-input', `A desktop entry cannot start a program with "=" in its path. Received: ${program}`);
  const word = (text: string): string => `"${text.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;
  const string = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  const first = program.includes('%') ? 'env ' : ''; // GLib 2.74 looks for the program with its signs still doubled, and drops the entry
  return `${first}${command.map((text) => string(word(text))).join(' ')} %F`;
}

const classes = 'HKCU\\Software\\Classes';
const kind = 'Auxlab.Experiment';
const openKey = `${classes}\\${kind}\\shell\\open\\command`;

/** Argument lists for reg.exe, in order. They follow Microsoft's "File Types" pages and have not been run on Windows yet; tests hold the lists only.
 *  @throws LabError when a path holds a percent sign, which the registry's command would take for a placeholder */
export function registryAdditions(command: Command): readonly (readonly string[])[] {
  const odd = command.find((word) => word.includes('%'));
  if (odd !== undefined) throw new LabError('bad-input', `Windows cannot start a path with "%" in it from an association. Received: ${odd}`);
  const start = [...command.map((word) => `"${word.replace(/\\+$/, '$&$&')}"`), '"%1"'].join(' '); // a backslash before a quote would escape it
  const add = (key: string, value: string): readonly string[] => ['add', key, '/ve', '/t', 'REG_SZ', '/d', value, '/f'];
  return [add(`${classes}\\${kind}`, 'Auxlab experiment'), add(openKey, start), add(`${classes}\\.auxlab`, kind)];
}

/** Undoes the additions; other programs' values below .auxlab stay. Not run on Windows yet, as above. */
export const registryRemovals: readonly (readonly string[])[] = [
  ['delete', `${classes}\\.auxlab`, '/ve', '/f'],
  ['delete', `${classes}\\${kind}`, '/f'],
];

/** Both keys are there when both questions end with 0. */
export const registryQuestions: readonly (readonly string[])[] = [
  ['query', `${classes}\\.auxlab`, '/ve'],
  ['query', openKey, '/ve'],
];

/** Whether the answer to the first question names Auxlab. */
export function namesAuxlab(answer: string): boolean {
  return new RegExp(`REG_SZ\\s+${kind.replace('.', '\\.')}\\s*$`, 'm').test(answer);
}

/** Never a bare name: Windows would look for it in the current folder first. */
export function registryProgram(environment: Readonly<Record<string, string | undefined>>): string {
  return win32.join(environment['SystemRoot'] ?? 'C:\\Windows', 'System32', 'reg.exe');
}
