/** What of this computer's tools an installation needs and does not find. Looked at before anything is promised, made or downloaded. */
import { LabError } from '../contract/errors.ts';
import { findCompiler } from './build.ts';
import type { Machine } from './catalog.ts';
import type { Environment } from './home.ts';
import { findPython } from './pip.ts';

/** @param from a wheel on disk needs no Python
 *  @returns what is missing and how to get it, both tools in one sentence; null when all is there */
export async function missingTools(machine: Machine, env: Environment, from: string | undefined, signal?: AbortSignal): Promise<string | null> {
  const [compiler, python] = await Promise.all([
    reasonOf(findCompiler(machine, env, signal), signal),
    from === undefined ? reasonOf(findPython(machine, env, signal), signal) : null,
  ]);
  if (compiler === null || python === null) return compiler ?? python;
  const isOwn = (env['CXX'] ?? '').trim() !== '';
  return isOwn ? `${python}. ${compiler}` : bothMissing(machine);
}

function bothMissing({ platform }: Machine): string {
  const advice =
    platform === 'darwin'
      ? 'macOS: xcode-select --install'
      : 'Debian and Ubuntu: sudo apt-get install g++ python3 python3-pip. Fedora: sudo dnf install gcc-c++ python3 python3-pip';
  return `No C++ compiler was found (c++, g++ or clang++) and no Python 3 with pip; TensorFlow is downloaded and built with them, once. ${advice}`;
}

async function reasonOf(found: Promise<unknown>, signal: AbortSignal | undefined): Promise<string | null> {
  try {
    await found;
    return null;
  } catch (error) {
    if (signal?.aborted === true) return null; // the installation, which is next, says that it was interrupted
    if (error instanceof LabError && error.code === 'runtime-missing') return error.message;
    throw error;
  }
}
