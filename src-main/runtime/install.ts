/** Installs a runtime: prepared and tested in a folder of its own, and only then moved to its place. Until then nothing of the old state is touched. */
import { mkdir, readdir, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../contract/errors.ts';
import { findCompiler, findSources } from './build.ts';
import type { Machine, Recipe, Variant } from './catalog.ts';
import { recipeFor } from './catalog.ts';
import type { Environment } from './home.ts';
import { runtimesFolder } from './home.ts';
import { makeHome } from './homeFolder.ts';
import { takeLock } from './lock.ts';
import { findPython } from './pip.ts';
import type { Work } from './prepare.ts';
import { prepareRuntime } from './prepare.ts';
import type { RuntimeProgress } from './progress.ts';
import { progressTeller } from './progress.ts';
import type { RuntimeRecord } from './record.ts';
import { readRecord } from './record.ts';
import type { SelfTestRunner } from './runSelfTest.ts';
import { runSelfTest } from './runSelfTest.ts';
import { wheelSource } from './wheelSource.ts';

export interface InstallOptions {
  readonly home: string;
  readonly variant: Variant;
  readonly from?: string | undefined; // a wheel on disk, or a folder of wheels
  readonly onProgress?: ((progress: RuntimeProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly reuse?: boolean; // take the runtime that another process has installed meanwhile
  readonly env?: Environment;
  readonly machine?: Machine;
  readonly test?: SelfTestRunner;
  readonly now?: () => Date;
}

export interface Installation {
  readonly folder: string;
  readonly record: RuntimeRecord;
}

/** @throws LabError runtime-missing when something is lacking or the self-test fails, bad-input for a wrong or damaged wheel, interrupted */
export async function installRuntime(options: InstallOptions): Promise<Installation> {
  const { home, signal, env = process.env } = options;
  const machine = options.machine ?? { platform: process.platform, arch: process.arch };
  const recipe = recipeFor(options.variant, machine);
  const root = runtimesFolder(home);
  const folder = join(root, recipe.name);
  const tell = progressTeller(recipe, options.onProgress ?? (() => undefined));
  try {
    const compiler = await findCompiler(machine, env, signal); // before a long download
    makeHome(home);
    await mkdir(root, { recursive: true });
    const unlock = await takeLock(join(root, '.lock'), { signal, onWait: (pid) => tell.waiting(pid) });
    try {
      const existing = options.reuse === true ? await readRecord(folder) : null;
      if (existing?.selfTest?.passed === true) return { folder, record: existing };
      await clearLeftovers(root);
      const downloads = join(root, '.downloads');
      await mkdir(downloads, { recursive: true });
      await checkSpace(root, recipe);
      const python = (): ReturnType<typeof findPython> => findPython(machine, env, signal);
      const wheels = await wheelSource({ recipe, from: options.from, downloads, python, env, signal, onProgress: (progress) => tell.downloading(progress) });
      const staging = join(root, `.staging-${process.pid}-${Date.now()}`);
      try {
        const work: Work = { recipe, compiler, sources: await findSources(), staging, wheels, env, signal, tell };
        const record = await prepareRuntime(work, options.test ?? runSelfTest, options.now ?? (() => new Date()));
        signal?.throwIfAborted();
        await moveIntoPlace(staging, folder);
        await rm(downloads, { recursive: true, force: true });
        tell.done(folder);
        return { folder, record };
      } finally {
        await rm(staging, { recursive: true, force: true });
        await rmdir(downloads).catch(() => undefined); // finished downloads of a failed try stay for the next one
      }
    } finally {
      await unlock();
    }
  } catch (error) {
    throw inWords(error, root, signal);
  }
}

/** The old folder goes aside first; a process that uses it keeps its open files. */
async function moveIntoPlace(staging: string, folder: string): Promise<void> {
  const aside = `${staging}-replaced`;
  await rename(folder, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  try {
    await rename(staging, folder);
  } catch (error) {
    await rename(aside, folder).catch(() => undefined); // there was none
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/** What an ended process has left; the lock is held, so nobody works there. A runtime that was moved aside and not replaced comes back. */
async function clearLeftovers(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (!name.startsWith('.staging-')) continue;
    const path = join(root, name);
    const replaced = name.endsWith('-replaced') ? await readRecord(path).catch(() => null) : null;
    const isGone =
      replaced !== null &&
      (await stat(join(root, replaced.name)).then(
        () => false,
        () => true,
      ));
    if (replaced !== null && isGone) await rename(path, join(root, replaced.name));
    else await rm(path, { recursive: true, force: true });
  }
}

async function checkSpace(root: string, recipe: Recipe): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  const freeMiB = Math.floor((bavail * bsize) / 2 ** 20);
  const neededMiB = recipe.downloadMiB + recipe.installedMiB + 100;
  if (freeMiB >= neededMiB) return;
  throw new LabError(
    'runtime-missing',
    `The ${recipe.variant} runtime needs ${neededMiB} MiB free in ${root} while it is installed. ` +
      `Free: ${freeMiB} MiB. Make room, or set AUXLAB_HOME to a folder on another disk.`,
  );
}

function inWords(error: unknown, root: string, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true)
    return new LabError('interrupted', 'The installation of the runtime was interrupted. Nothing was changed; finished downloads are kept for the next try.', {
      cause: error,
    });
  if (error instanceof LabError || !(error instanceof Error) || !('code' in error)) return error;
  return new LabError('runtime-missing', `The runtime cannot be installed in ${root}: ${error.message}`, { cause: error });
}
