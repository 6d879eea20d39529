/** Downloads wheels with the user's own pip, so that its mirrors, proxies and certificates keep working. */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../contract/errors.ts';
import { program } from '../contract/programName.ts';
import type { Machine, Recipe } from './catalog.ts';
import { pythonsWithWheel } from './catalog.ts';
import { runChild } from './child.ts';
import type { Environment } from './home.ts';
import { pipFailure } from './pipFailure.ts';

export interface Python {
  readonly command: string;
  readonly version: string; // '3.12'
  readonly implementation: string; // 'cpython'
  readonly pip: string; // '23.2.1'
}

export interface DownloadProgress {
  readonly fileName: string;
  readonly bytes: number;
  readonly totalBytes: number | null; // as pip says it, rounded to 0.1 MB
}

export interface DownloadOptions {
  readonly python: Python;
  readonly requirement: string; // 'tensorflow-cpu==2.21.0'
  readonly recipe: Recipe;
  readonly folder: string; // finished wheels
  readonly env: Environment;
  readonly onProgress: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

const probe = 'import sys, platform, pip; print("%d.%d" % sys.version_info[:2], platform.python_implementation().lower(), pip.__version__)';

/** @throws LabError runtime-missing with what to install when Python 3 or its pip is not there */
export async function findPython(machine: Machine, env: Environment, signal?: AbortSignal): Promise<Python> {
  let withoutPip: string | undefined;
  for (const command of ['python3', 'python']) {
    const result = await runChild(command, ['-c', probe], { env, signal, timeoutMs: 30_000 });
    if (result === null) continue;
    const [version, implementation, pip] = result.stdout.trim().split(' ');
    if (result.code === 0 && version?.startsWith('3.') && implementation !== undefined && pip !== undefined) return { command, version, implementation, pip };
    if (/No module named '?pip/.test(result.stderr)) withoutPip ??= command;
  }
  throw new LabError('runtime-missing', missingPython(machine, withoutPip));
}

function missingPython(machine: Machine, withoutPip: string | undefined): string {
  const what = withoutPip === undefined ? 'Python 3 with pip was not found' : `${withoutPip} has no pip`;
  const advice =
    machine.platform === 'darwin'
      ? 'macOS: xcode-select --install'
      : 'Debian and Ubuntu: sudo apt-get install python3 python3-pip. Fedora: sudo dnf install python3 python3-pip';
  return (
    `${what}; the TensorFlow runtime is downloaded with it. ${advice}. ` +
    `Or give a wheel file from another machine: ${program} runtime install cpu --from FILE`
  );
}

/** Downloads one wheel; what is incomplete stays in a temporary folder that is removed in any case.
 *  @returns the path of the finished wheel in `folder`
 *  @throws LabError runtime-missing when pip finds no such wheel or cannot reach its index */
export async function downloadWheel(options: DownloadOptions): Promise<string> {
  const { python, requirement, recipe, folder } = options;
  const partial = join(folder, '.partial');
  const arrived = join(partial, 'arrived');
  const attempts = hasOwnWheel(python) ? [[], targetFlags(recipe)] : [targetFlags(recipe)];
  let failure = { words: '', isMissing: false };
  for (const flags of attempts) {
    await rm(partial, { recursive: true, force: true });
    await mkdir(arrived, { recursive: true });
    try {
      const args = [
        '-m',
        'pip',
        'download',
        '--no-deps',
        '--only-binary=:all:',
        '--no-cache-dir',
        '--progress-bar',
        'off',
        ...resumeFlags(python),
        ...flags,
        '-d',
        arrived,
        requirement,
      ];
      const result = await watched(partial, options, (onOutput) =>
        runChild(python.command, args, { env: { ...options.env, TMPDIR: partial, PIP_DISABLE_PIP_VERSION_CHECK: '1' }, signal: options.signal, onOutput }),
      );
      const [wheel] = (await readdir(arrived)).filter((name) => name.endsWith('.whl'));
      if (result?.code === 0 && wheel !== undefined) {
        await rename(join(arrived, wheel), join(folder, wheel));
        return join(folder, wheel);
      }
      failure = result === null ? { words: `${python.command} is not there any more`, isMissing: false } : pipFailure(result.stderr);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    if (!failure.isMissing) break;
  }
  const pip = `${python.command} -m pip`;
  throw new LabError(
    'runtime-missing',
    `${requirement} could not be downloaded with ${pip} (${python.pip}): ${failure.words}. ` +
      `Check the network and pip's settings (${pip} config list), or give a wheel file: ${program} runtime install ${recipe.variant} --from FILE`,
  );
}

function hasOwnWheel(python: Python): boolean {
  return python.implementation === 'cpython' && pythonsWithWheel.includes(python.version);
}

/** Only the libraries in the wheel matter, so a wheel for another Python does as well. */
function targetFlags(recipe: Recipe): string[] {
  return ['--python-version', '3.12', '--implementation', 'cp', '--abi', 'cp312', ...recipe.wheelPlatforms.flatMap((platform) => ['--platform', platform])];
}

/** pip goes on with a broken download by itself since 25.1. */
function resumeFlags(python: Python): string[] {
  const [major = 0, minor = 0] = python.pip.split('.').map(Number);
  return major > 25 || (major === 25 && minor >= 1) ? ['--resume-retries', '10'] : [];
}

/** pip shows no progress to programs: the size stands in its output, the bytes are those of the file that grows below the temporary folder. */
async function watched<T>(partial: string, options: DownloadOptions, start: (onOutput: (text: string) => void) => Promise<T>): Promise<T> {
  let output = '';
  const timer = setInterval(() => {
    const announced = announcedFile(output);
    if (announced === null) return;
    void largestWheel(partial).then((bytes) => options.onProgress({ ...announced, bytes }));
  }, 400);
  try {
    return await start((text) => (output += text));
  } finally {
    clearInterval(timer);
  }
}

const unitBytes: Readonly<Record<string, number>> = { bytes: 1, kB: 1e3, MB: 1e6, GB: 1e9 }; // pip counts in thousands

/** What pip said last about a file: 'Downloading x.whl (273.8 MB)'. */
export function announcedFile(output: string): { readonly fileName: string; readonly totalBytes: number | null } | null {
  const match = [...output.matchAll(/(?:Downloading|Using cached|Processing)\s+(?:\S*\/)?(\S+\.whl)(?:\s+\(([\d.]+)\s*(bytes|kB|MB|GB)\))?/g)].at(-1);
  if (match?.[1] === undefined) return null;
  const unit = unitBytes[match[3] ?? ''];
  return { fileName: match[1], totalBytes: match[2] === undefined || unit === undefined ? null : Math.round(Number(match[2]) * unit) };
}

/** Bytes of the largest wheel below a folder; files may vanish while it looks, pip moves them. */
async function largestWheel(folder: string): Promise<number> {
  let largest = 0;
  try {
    for (const name of await readdir(folder, { recursive: true })) {
      if (name.endsWith('.whl')) largest = Math.max(largest, (await stat(join(folder, name))).size);
    }
  } catch {
    return largest; // moved in between: the next look finds it
  }
  return largest;
}
