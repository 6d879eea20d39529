/** The installed runtimes: which there are, which one is used, whether one is whole, and removing one. */
import { constants } from 'node:fs';
import { access, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { LabError, unknownName } from '../contract/errors.ts';
import { program } from '../contract/programName.ts';
import type { Machine, Variant } from './catalog.ts';
import { recipeFor } from './catalog.ts';
import type { Environment } from './home.ts';
import { runtimesFolder } from './home.ts';
import { installRuntime } from './install.ts';
import { bindingFile } from './loadBinding.ts';
import { takeLock } from './lock.ts';
import { missingTools } from './missingTools.ts';
import type { RuntimeProgress } from './progress.ts';
import type { RuntimeRecord, SelfTestResult } from './record.ts';
import { describeFile, readRecord, writeRecord } from './record.ts';
import type { SelfTestRunner } from './runSelfTest.ts';
import { runSelfTest } from './runSelfTest.ts';

export interface InstalledRuntime {
  readonly name: string;
  readonly folder: string;
  readonly record: RuntimeRecord | null; // null: a folder that AUXLAB_RUNTIME names and that has no runtime.json, or a damaged one
  readonly passed: boolean; // its last self-test
  readonly reason: string | null; // why it cannot be used
}

export interface RegistryOptions {
  readonly env?: Environment | undefined;
  readonly machine?: Machine | undefined;
  readonly preferred?: string | undefined; // a runtime's name, from the settings
}

export interface TestOptions {
  readonly env?: Environment | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly test?: SelfTestRunner | undefined;
}

/** All runtimes of a data directory, newest first. */
export async function listRuntimes(home: string): Promise<InstalledRuntime[]> {
  const root = runtimesFolder(home);
  const names = await readdir(root, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const folders = names.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => join(root, entry.name));
  const runtimes = await Promise.all(folders.map(describeRuntime));
  return runtimes.sort((a, b) => (b.record?.installed ?? '').localeCompare(a.record?.installed ?? '') || a.name.localeCompare(b.name));
}

async function describeRuntime(folder: string): Promise<InstalledRuntime> {
  const name = basename(folder);
  try {
    const record = await readRecord(folder);
    if (record === null) return { name, folder, record, passed: false, reason: `${folder} has no runtime.json: it is not a runtime that Auxlab installed` };
    return {
      name,
      folder,
      record,
      passed: record.selfTest?.passed === true,
      reason: record.selfTest === null ? 'it has not been tested' : record.selfTest.reason,
    };
  } catch (error) {
    if (error instanceof LabError) return { name, folder, record: null, passed: false, reason: error.message };
    throw error;
  }
}

/** What AUXLAB_RUNTIME says where no TensorFlow shall be used, and none installed. */
export const noRuntime = 'none';

/** The folder that AUXLAB_RUNTIME names, else the preferred runtime, else the newest one that passed its self-test on this kind of machine.
 *  @returns null when none is usable  @throws LabError runtime-missing when AUXLAB_RUNTIME names something else than a runtime */
export async function activeRuntime(home: string, options: RegistryOptions = {}): Promise<InstalledRuntime | null> {
  const { env = process.env, machine = process } = options;
  const named = env['AUXLAB_RUNTIME'];
  if (named === noRuntime) return null;
  if (named !== undefined && named.trim() !== '') return namedRuntime(resolve(named));
  const usable = (await listRuntimes(home)).filter((runtime) => runtime.passed && runtime.record?.platform === `${machine.platform}-${machine.arch}`);
  return usable.find((runtime) => runtime.name === options.preferred) ?? usable[0] ?? null;
}

async function namedRuntime(folder: string): Promise<InstalledRuntime> {
  const problem = await access(join(folder, bindingFile), constants.R_OK).then(
    () => null,
    ({ code }: NodeJS.ErrnoException) =>
      code === 'EACCES' || code === 'EPERM' ? 'which this user may not read' : `which is not a runtime: it has no ${bindingFile}`,
  );
  if (problem !== null) throw new LabError('runtime-missing', `AUXLAB_RUNTIME names ${folder}, ${problem}. Correct the variable or unset it.`);
  return { name: basename(folder), folder, record: await readRecord(folder), passed: true, reason: null };
}

export interface RuntimeCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly problems: readonly string[]; // sentences
  readonly selfTest: SelfTestResult | null; // null when files are damaged: it is not started then
}

/** Compares every file with its SHA-256 and repeats the self-test; the outcome is kept in runtime.json, so a runtime that failed is not used any more.
 *  @throws LabError not-found */
export async function checkRuntime(home: string, name: string, options: TestOptions = {}): Promise<RuntimeCheck> {
  const { folder, record, reason } = await findRuntime(home, name);
  if (record === null) return { name, passed: false, problems: [reason ?? `${folder} has no readable runtime.json.`], selfTest: null };
  const problems: string[] = [];
  for (const file of record.files) {
    options.signal?.throwIfAborted();
    const problem = await compareFile(folder, file.path, file.bytes, file.sha256);
    if (problem !== null) problems.push(problem);
  }
  const { env = process.env, signal, test = runSelfTest } = options;
  const selfTest = problems.length === 0 ? await test(folder, record.variant, { env, signal }) : null;
  if (selfTest?.passed === false) problems.push(`The self-test failed: ${selfTest.reason ?? 'no reason given'}.`);
  await writeRecord(folder, { ...record, selfTest: selfTest ?? damagedResult(record, problems) });
  return { name, passed: problems.length === 0, problems, selfTest };
}

async function compareFile(folder: string, path: string, bytes: number, sha256: string): Promise<string | null> {
  try {
    const { size } = await stat(join(folder, path));
    if (size !== bytes) return `${path} has ${size} bytes instead of ${bytes}. Install the runtime again.`;
    return (await describeFile(folder, path)).sha256 === sha256
      ? null
      : `${path} has changed since it was installed: its SHA-256 is another one. Install the runtime again.`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return `${path} is missing. Install the runtime again.`;
    throw error;
  }
}

function damagedResult(record: RuntimeRecord, problems: readonly string[]): SelfTestResult {
  return { passed: false, at: new Date().toISOString(), durationMs: 0, version: record.version, device: 'unknown', checks: [], reason: problems.join(' ') };
}

/** @throws LabError not-found */
export async function removeRuntime(home: string, name: string): Promise<void> {
  const { folder } = await findRuntime(home, name);
  const root = runtimesFolder(home);
  const unlock = await takeLock(join(root, '.lock'));
  try {
    const aside = join(root, `.staging-${process.pid}-${Date.now()}`); // nobody sees half of it; an ended removal is cleared by the next installation
    await rename(folder, aside);
    await rm(aside, { recursive: true, force: true });
  } finally {
    await unlock();
  }
}

async function findRuntime(home: string, name: string): Promise<InstalledRuntime> {
  const runtimes = await listRuntimes(home);
  const found = runtimes.find((runtime) => runtime.name === name);
  if (found !== undefined) return found;
  const names = runtimes.map((runtime) => runtime.name);
  const message =
    names.length === 0
      ? `There is no runtime "${name}"; none is installed. Install one with: ${program} runtime install cpu`
      : unknownName('runtime', name, names).message;
  throw new LabError('not-found', message);
}

export interface EnsureOptions extends RegistryOptions {
  readonly home: string;
  readonly onProgress?: ((progress: RuntimeProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly from?: string | undefined;
  readonly test?: SelfTestRunner | undefined;
}

export type Ensured = { readonly runtime: InstalledRuntime; readonly reason: null } | { readonly runtime: null; readonly reason: string };

/** The runtime in use, or the CPU runtime, installed now. Where none can be had the reason comes back, and the caller goes on with
 *  TensorFlow.js's own back end.
 *  @throws LabError interrupted; runtime-missing only when AUXLAB_RUNTIME is wrong */
export async function ensureRuntime(options: EnsureOptions): Promise<Ensured> {
  const { home, onProgress, signal, env = process.env, machine = { platform: process.platform, arch: process.arch } } = options;
  const active = await activeRuntime(home, options);
  if (active !== null) return { runtime: active, reason: null };
  if (env['AUXLAB_RUNTIME'] === noRuntime) return { runtime: null, reason: `AUXLAB_RUNTIME is "${noRuntime}", so TensorFlow is not used.` };
  const variant: Variant = 'cpu';
  try {
    const recipe = recipeFor(variant, machine);
    const missing = await missingTools(machine, env, options.from, signal);
    if (missing !== null) return { runtime: null, reason: missing };
    const place = join(runtimesFolder(home), recipe.name);
    const message =
      `First use: TensorFlow ${recipe.version} for the CPU is installed in ${place} (download about ` +
      `${recipe.downloadMiB} MiB with this computer's pip, on disk ${recipe.installedMiB} MiB); this happens once.`;
    onProgress?.({ phase: 'start', message, fraction: 0 });
    const { folder, record } = await installRuntime({
      home,
      variant,
      reuse: true,
      from: options.from,
      onProgress,
      signal,
      env,
      machine,
      ...(options.test === undefined ? {} : { test: options.test }),
    });
    return { runtime: { name: record.name, folder, record, passed: true, reason: null }, reason: null };
  } catch (error) {
    if (error instanceof LabError && (error.code === 'runtime-missing' || error.code === 'bad-input')) return { runtime: null, reason: error.message };
    throw error;
  }
}
