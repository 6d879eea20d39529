/** Where Auxlab keeps its data: AUXLAB_HOME, else the platform's usual place. Decides the path only, creates nothing. */
import { homedir } from 'node:os';
import { posix, resolve, win32 } from 'node:path';
import { LabError } from '../contract/errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** @param userHome finds the user's home directory; an argument for tests
 *  @returns an absolute path    @throws LabError store when the place would be the user's home directory and there is none */
export function auxlabHome(env: Environment, platform: NodeJS.Platform, userHome: () => string = homedir): string {
  const own = filled(env['AUXLAB_HOME']);
  if (own !== undefined) return resolve(own);
  switch (platform) {
    case 'win32':
      return win32.join(filled(env['APPDATA']) ?? win32.join(known(userHome), 'AppData', 'Roaming'), 'Auxlab');
    case 'darwin':
      return posix.join(known(userHome), 'Library', 'Application Support', 'Auxlab');
    default: {
      const shared = filled(env['XDG_DATA_HOME']);
      // XDG Base Directory Specification 0.8: a relative path is invalid and must be ignored
      const base = shared !== undefined && posix.isAbsolute(shared) ? shared : posix.join(known(userHome), '.local', 'share');
      return posix.join(base, 'auxlab');
    }
  }
}

/** Without HOME and without an entry among the system's users, as in a container that runs under a bare number, there is none. */
function known(userHome: () => string): string {
  try {
    return userHome();
  } catch (cause) {
    throw new LabError('store', 'This user has no home directory, so there is no usual place for the data directory. Set AUXLAB_HOME to a folder.', { cause });
  }
}

/** The folder that holds one folder a runtime. */
export function runtimesFolder(home: string): string {
  return resolve(home, 'runtimes');
}

function filled(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}
