/** Builds the binding of TensorFlow.js against an unpacked libtensorflow with the machine's own C++ compiler. No node-gyp: the binding is pure Node-API. */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { LabError } from '../contract/errors.ts';
import type { Machine, Recipe } from './catalog.ts';
import { lastLines, runChild } from './child.ts';
import type { Environment } from './home.ts';
import { bindingFile } from './loadBinding.ts';

/** Node-API version that the binding asks for: the highest that Electron 25 and Node 18 know. */
export const bindingNodeApi = 8;

export interface Compiler {
  readonly command: string;
  readonly args: readonly string[];
  readonly version: string; // its own first line
}

export interface BindingSources {
  readonly folder: string; // of the package @tensorflow/tfjs-node-gpu
  readonly headers: string; // node_api.h
  readonly binding: string; // '@tensorflow/tfjs-node-gpu 4.22.0'
  readonly headersVersion: string; // 'node-api-headers 1.9.0'
}

/** $CXX, else the first of c++, g++ and clang++ on the PATH that answers.
 *  @throws LabError runtime-missing with what to install */
export async function findCompiler(machine: Machine, env: Environment, signal?: AbortSignal): Promise<Compiler> {
  const own = (env['CXX'] ?? '').split(/\s+/).filter((part) => part !== '');
  const candidates = own.length > 0 ? [own] : [['c++'], ['g++'], ['clang++']];
  for (const [command = '', ...args] of candidates) {
    const result = await runChild(command, [...args, '--version'], { env, signal, timeoutMs: 30_000 });
    if (result?.code === 0) return { command, args, version: result.stdout.split('\n')[0]?.trim() ?? command };
  }
  throw new LabError('runtime-missing', missingCompiler(machine, own.length > 0 ? own.join(' ') : null));
}

export function missingCompiler(machine: Machine, own: string | null): string {
  const what = own === null ? 'No C++ compiler was found (c++, g++ or clang++)' : `The C++ compiler that CXX names, "${own}", does not run`;
  const advice =
    machine.platform === 'darwin' ? 'macOS: xcode-select --install' : 'Debian and Ubuntu: sudo apt-get install g++. Fedora: sudo dnf install gcc-c++';
  return `${what}; the TensorFlow binding is built with it, once, in about 15 seconds. ${advice}`;
}

/** The sources come inside the npm packages. */
export async function findSources(): Promise<BindingSources> {
  const resolve = createRequire(import.meta.url).resolve;
  const tfjs = resolve('@tensorflow/tfjs-node-gpu/package.json');
  const api = resolve('node-api-headers/package.json');
  return { folder: dirname(tfjs), headers: join(dirname(api), 'include'), binding: await nameAndVersion(tfjs), headersVersion: await nameAndVersion(api) };
}

/** Compiles every source of the binding side by side.
 *  @param include the wheel's tensorflow/include, unpacked
 *  @returns the object files */
export async function compileBinding(
  compiler: Compiler,
  sources: BindingSources,
  include: string,
  objects: string,
  env: Environment,
  signal?: AbortSignal,
): Promise<string[]> {
  const folder = join(sources.folder, 'binding');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.cc')).sort();
  await mkdir(objects, { recursive: true });
  const defines = [`-DNAPI_VERSION=${bindingNodeApi}`, '-DNODE_GYP_MODULE_NAME=tfjs_binding', '-DBUILDING_NODE_EXTENSION'];
  const includes = [sources.folder, include, sources.headers].flatMap((path) => ['-I', path]);
  const compiling = files.map(async (name) => {
    const object = join(objects, name.replace(/\.cc$/, '.o'));
    await compile(compiler, ['-std=c++17', '-O2', '-fPIC', ...defines, ...includes, '-c', join(folder, name), '-o', object], env, signal);
    return object;
  });
  const outcomes = await Promise.allSettled(compiling); // all have ended when the first failure is told
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

/** Links the binding so that it finds its libraries in lib/ beside it, wherever the folder is moved.
 *  @param scratch a folder for intermediate files */
export async function linkBinding(
  compiler: Compiler,
  objects: readonly string[],
  runtimeFolder: string,
  scratch: string,
  recipe: Recipe,
  env: Environment,
  signal?: AbortSignal,
): Promise<void> {
  const output = ['-shared', ...objects, '-o', join(runtimeFolder, bindingFile)];
  if (recipe.machine.platform === 'darwin') {
    const libraries = recipe.libraries.map((name) => join(runtimeFolder, 'lib', name));
    await compile(compiler, [...output, ...libraries, '-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/lib'], env, signal);
    return;
  }
  // GNU ld takes 14 s to read the symbols of the 788 MB library. Empty libraries of the same name give the same link in 0.1 s;
  // with -z now every symbol is looked up when the binding is loaded, so a missing one still shows at once.
  const stubs = recipe.libraries.map((name) => ({ name, path: join(scratch, name) }));
  await Promise.all(stubs.map(({ name, path }) => compile(compiler, ['-shared', `-Wl,-soname,${name}`, '-x', 'c++', '/dev/null', '-o', path], env, signal)));
  await compile(compiler, [...output, '-Wl,--no-as-needed', ...stubs.map(({ path }) => path), '-Wl,-z,now', '-Wl,-rpath,$ORIGIN/lib'], env, signal);
}

async function compile(compiler: Compiler, args: readonly string[], env: Environment, signal?: AbortSignal): Promise<void> {
  const result = await runChild(compiler.command, [...compiler.args, ...args], { env, signal });
  if (result?.code === 0) return;
  const errors = (result?.stderr ?? '').split('\n').filter((line) => /error|cannot find|undefined reference/i.test(line));
  const reason = result === null ? 'it is not there any more' : errors.length > 0 ? errors.slice(0, 2).join(' ') : lastLines(result.stderr, 3);
  throw new LabError(
    'runtime-missing',
    `The TensorFlow binding could not be built with ${compiler.command} (${compiler.version}): ` +
      `${reason} A C++17 compiler is needed, GCC 8 or Clang 7 or later; name another one with CXX.`,
  );
}

async function nameAndVersion(packageFile: string): Promise<string> {
  const { name, version } = v.parse(v.object({ name: v.string(), version: v.string() }), JSON.parse(await readFile(packageFile, 'utf8')));
  return `${name} ${version}`;
}
