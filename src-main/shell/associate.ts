/** Ties .auxlab files to the program that runs now, and undoes it: for this person only, and as often as it is asked for. */
import { inDataHome } from './associateLinux.ts';
import { inRegistry } from './associateWindows.ts';
import type { Association, Associations, Place } from './association.ts';

/** @param place the system, and the program that files shall open with */
export function associations(place: Place): Associations {
  if (place.platform === 'darwin') {
    const fixed = async (): Promise<Association> => ({ canChange: false, isOn: false, sentence: 'macOS takes this from the packaged app.' });
    return { state: fixed, set: fixed };
  }
  return place.platform === 'win32' ? inRegistry(place) : inDataHome(place);
}
