/** Ties .auxlab files to the program that runs now, and undoes it: for this person only, and as often as it is asked for. */
import type { CallOutput } from '../contract/calls.ts';
import { inDataHome } from './associateLinux.ts';
import { inRegistry } from './associateWindows.ts';
import type { Command } from './fileAssociation.ts';

export type Association = CallOutput<'host.association'>;

export interface Associations {
  /** What the system itself would do with such a file, not what was once asked of it. */
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

/** @param place the system, and the program that files shall open with */
export function associations(place: Place): Associations {
  if (place.platform === 'darwin') {
    const fixed = async (): Promise<Association> => ({ canChange: false, isOn: false, sentence: 'macOS takes this from the packaged app.' });
    return { state: fixed, set: fixed };
  }
  return place.platform === 'win32' ? inRegistry(place) : inDataHome(place);
}
