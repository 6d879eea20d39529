/** Calls that the desktop shell answers itself. Under `auxlab serve` they are refused: a browser has its own ways to pick and open files. */
import * as v from 'valibot';
import { done, nothing, text } from './common.ts';

const association = v.object({ canChange: v.boolean(), isOn: v.boolean(), sentence: text });

export const hostCalls = {
  /** The native dialog.  @returns null when nothing was picked */
  'host.pick': { input: v.strictObject({ kind: v.picklist(['file', 'folder', 'plan', 'bundle']) }), output: v.object({ path: v.nullable(text) }) },
  /** Files that the program was opened with (icon, association, command line) and that the page has not taken yet. */
  'host.takeOpened': { input: nothing, output: v.object({ paths: v.array(text) }) },
  /** Opens one of the program's own folders in the system's file manager. */
  'host.openFolder': { input: v.strictObject({ folder: v.picklist(['home', 'reports', 'runtimes']) }), output: done },
  /** Whether .auxlab files open with the program that runs now, and in a sentence why or why not. */
  'host.association': { input: nothing, output: association },
  /** Registers .auxlab files with this program, for this person, or undoes it. */
  'host.associate': { input: v.strictObject({ isOn: v.boolean() }), output: association },
} as const;
