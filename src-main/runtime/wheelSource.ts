/** Where the wheels of an installation come from: a file or folder that the user names, the finished downloads of an earlier try, or pip. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../contract/errors.ts';
import type { Recipe } from './catalog.ts';
import type { Environment } from './home.ts';
import type { DownloadProgress, Python } from './pip.ts';
import { downloadWheel } from './pip.ts';
import { normalisedName } from './wheel.ts';

export interface WheelSourceOptions {
  readonly recipe: Recipe;
  readonly from: string | undefined; // a wheel file, or a folder with all wheels
  readonly downloads: string; // folder for finished downloads
  readonly python: () => Promise<Python>; // asked for when pip is needed
  readonly env: Environment;
  readonly onProgress: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface WheelSource {
  /** @param specifier as pip takes it: 'tensorflow-cpu==2.21.0'  @returns the path of a wheel */
  obtain(distribution: string, specifier: string): Promise<string>;
  /** Removes a wheel that this program downloaded; the user's own files stay. */
  discard(path: string): Promise<void>;
}

/** @throws LabError bad-input when `from` does not exist */
export async function wheelSource(options: WheelSourceOptions): Promise<WheelSource> {
  const { recipe, from, downloads, env, onProgress, signal } = options;
  const isFolder = from !== undefined && (await isDirectory(from));
  return {
    obtain: async (distribution, specifier) => {
      if (from !== undefined && isFolder) {
        const found = await findWheel(from, distribution);
        if (found === null) throw new LabError('bad-input', `${from} holds no wheel of ${distribution}. The ${recipe.variant} runtime needs ${specifier}.`);
        return found;
      }
      if (from !== undefined && distribution === recipe.distribution) return from;
      const earlier = await findWheel(downloads, distribution, distribution === recipe.distribution ? recipe.version : undefined);
      return earlier ?? (await downloadWheel({ python: await options.python(), requirement: specifier, recipe, folder: downloads, env, onProgress, signal }));
    },
    discard: async (path) => {
      if (path.startsWith(downloads)) await rm(path, { force: true });
    },
  };
}

/** A finished wheel of a distribution in a folder. Wheel file names are name-version(-build)-python-abi-platform.whl. */
async function findWheel(folder: string, distribution: string, version?: string): Promise<string | null> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = names
    .filter((name) => name.endsWith('.whl'))
    .find((name) => {
      const [itsName = '', itsVersion] = name.split('-');
      return normalisedName(itsName) === distribution && (version === undefined || itsVersion === version);
    });
  return found === undefined ? null : join(folder, found);
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new LabError('bad-input', `There is no file ${path}. --from names a wheel (.whl) or a folder of wheels.`, { cause });
  }
}
