/** What must be there before the desktop app can be opened, each as a question with a plain answer. Starts nothing. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Electron's binary lies or would lie: the folder ELECTRON_OVERRIDE_DIST_PATH, else the electron package's own. */
export function electronFile(packageFolder: string, env: Environment, platform: NodeJS.Platform): { readonly file: string; readonly isThere: boolean } {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  const folder = override === '' ? join(packageFolder, 'node_modules', 'electron', 'dist') : override;
  const file = join(folder, binaryName(platform));
  return { file, isThere: changedMs(file) !== null };
}

/** Why no window can appear here, in one sentence; null when one can. */
export function windowObstacle(env: Environment, platform: NodeJS.Platform, userId: number | undefined, options: readonly string[]): string | null {
  if (platform !== 'linux') return null;
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  if (!isSet('DISPLAY') && !isSet('WAYLAND_DISPLAY'))
    return 'There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. So the interface is served to a browser instead.';
  if (userId === 0 && !options.includes('--no-sandbox'))
    return (
      'Electron does not run as root with its sandbox. So the interface is served to a browser instead; ' +
      '"npm start -- --no-sandbox" opens the window and gives the sandbox up.'
    );
  return null;
}

/** Electron's own names, as its install.js has them. */
function binaryName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

function changedMs(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** The version of Electron that the package asks for, for messages. */
export function electronVersion(packageFolder: string): string {
  const content: unknown = JSON.parse(readFileSync(join(packageFolder, 'node_modules', 'electron', 'package.json'), 'utf8'));
  return typeof content === 'object' && content !== null && 'version' in content ? String(content.version) : 'unknown';
}
