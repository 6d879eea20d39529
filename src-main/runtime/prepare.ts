/** Prepares a runtime in a staging folder: wheel, unpacking, binding, self-test, runtime.json. Touches no other folder. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../contract/errors.ts';
import type { BindingSources, Compiler } from './build.ts';
import { bindingNodeApi, compileBinding, linkBinding } from './build.ts';
import type { Recipe } from './catalog.ts';
import { neededHeaders } from './catalog.ts';
import type { Environment } from './home.ts';
import { bindingFile } from './loadBinding.ts';
import type { ProgressTeller } from './progress.ts';
import type { RuntimeFile, RuntimeRecord } from './record.ts';
import { describeFile, writeRecord } from './record.ts';
import type { SelfTestRunner } from './runSelfTest.ts';
import type { Extraction, Requirement, Wheel } from './wheel.ts';
import { checkWheel, openWheel, unpackFromWheel } from './wheel.ts';
import type { WheelSource } from './wheelSource.ts';

export interface Work {
  readonly recipe: Recipe;
  readonly compiler: Compiler;
  readonly sources: BindingSources;
  readonly staging: string;
  readonly wheels: WheelSource;
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
  readonly tell: ProgressTeller;
}

/** Everything up to a tested runtime in the staging folder.
 *  @throws LabError runtime-missing when building or the self-test fails, bad-input for a wrong or damaged wheel */
export async function prepareRuntime(work: Work, test: SelfTestRunner, now: () => Date): Promise<RuntimeRecord> {
  const { recipe, staging, tell } = work;
  const started = performance.now();
  const path = await work.wheels.obtain(recipe.distribution, `${recipe.distribution}==${recipe.version}`);
  const download = since(started);
  const unpacked = await unpackAndBuild(work, path);
  await rm(join(staging, 'build'), { recursive: true });
  const files = [...unpacked.files, await describeFile(staging, bindingFile)];
  const draft: RuntimeRecord = {
    format: 'auxlab-runtime/1',
    name: recipe.name,
    library: 'tensorflow',
    version: recipe.version,
    variant: recipe.variant,
    platform: `${recipe.machine.platform}-${recipe.machine.arch}`,
    wheels: unpacked.wheels,
    files,
    toolchain: { compiler: work.compiler.version, binding: work.sources.binding, headers: work.sources.headersVersion, nodeApi: bindingNodeApi },
    installed: now().toISOString(),
    phasesMs: { download, unpack: unpacked.unpackMs, build: unpacked.buildMs, selfTest: 0 },
    selfTest: null,
  };
  tell.testing();
  const testing = performance.now();
  const result = await test(staging, recipe.variant, { env: work.env, signal: work.signal });
  if (!result.passed) {
    throw new LabError(
      'runtime-missing',
      `The new runtime ${recipe.name} failed its self-test and was not installed; ` +
        `what was installed before stays in use. Reason: ${result.reason ?? 'none given'}`,
    );
  }
  const record: RuntimeRecord = { ...draft, phasesMs: { ...draft.phasesMs, selfTest: since(testing) }, selfTest: result };
  await writeRecord(staging, record);
  return record;
}

interface Unpacked {
  readonly files: readonly RuntimeFile[];
  readonly wheels: string[];
  readonly unpackMs: number;
  readonly buildMs: number;
}

/** Headers first, so that the compiler works while the libraries are unpacked. */
async function unpackAndBuild(work: Work, path: string): Promise<Unpacked> {
  const { recipe, staging, compiler, env, signal, tell } = work;
  const tensorflow = await usingWheel(work, path, async (wheel) => {
    checkWheel(wheel, recipe);
    const include = join(staging, 'build', 'include');
    const libraries = recipe.libraries.map((name) => ({ from: `tensorflow/${name}`, to: `lib/${name}` }));
    tell.unpacking(libraries.reduce((sum, { from }) => sum + (wheel.entries.get(from)?.bytes ?? 0), 0));
    const started = performance.now();
    await unpackFromWheel(wheel, include, headersOf(wheel), () => undefined, signal);
    const headersMs = since(started);
    const { files, objects, unpackMs, compileMs } = await sideBySide(work, wheel, libraries, include);
    return { files, objects, wheel: wheel.fileName, requirements: wheel.requirements, unpackMs: headersMs + unpackMs, compileMs };
  });
  tell.linking(compiler.command);
  const linking = performance.now();
  await linkBinding(compiler, tensorflow.objects, staging, join(staging, 'build'), recipe, env, signal);
  const buildMs = tensorflow.compileMs + since(linking);
  const nvidia = await unpackNvidia(work, recipe.withNvidia ? tensorflow.requirements.filter(({ extra }) => extra === 'and-cuda') : []);
  const files = [...tensorflow.files, ...nvidia.flatMap((one) => one.files)];
  const unpackMs = nvidia.reduce((sum, { ms }) => sum + ms, tensorflow.unpackMs);
  return { files, wheels: [tensorflow.wheel, ...nvidia.map(({ wheel }) => wheel)], unpackMs, buildMs };
}

/** Unpacks the libraries while the binding is compiled; a half that fails ends the other. */
async function sideBySide(
  work: Work,
  wheel: Wheel,
  libraries: readonly Extraction[],
  include: string,
): Promise<{ files: RuntimeFile[]; objects: string[]; unpackMs: number; compileMs: number }> {
  const { staging, compiler, sources, env, tell } = work;
  const stop = new AbortController();
  const signal = work.signal === undefined ? stop.signal : AbortSignal.any([work.signal, stop.signal]);
  const started = performance.now();
  const half = async <T>(working: Promise<T>): Promise<{ value: T; ms: number }> => {
    try {
      return { value: await working, ms: since(started) };
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  };
  const [unpacked, compiled] = await Promise.allSettled([
    half(Promise.all(libraries.map((library) => unpackFromWheel(wheel, staging, [library], (bytes) => tell.unpacked(bytes), signal)))),
    half(compileBinding(compiler, sources, include, join(staging, 'build', 'objects'), env, signal)),
  ]);
  stop.signal.throwIfAborted(); // with the error of the half that failed first
  if (unpacked.status === 'rejected' || compiled.status === 'rejected') throw new Error('A half of the work failed without its reason.');
  return { files: unpacked.value.value.flat(), objects: compiled.value.value, unpackMs: unpacked.value.ms, compileMs: compiled.value.ms };
}

/** NVIDIA's libraries lie beside lib/: TensorFlow's own library looks for them in $ORIGIN/../nvidia/<part>/lib and in no path of its caller. */
async function unpackNvidia(work: Work, requirements: readonly Requirement[]): Promise<{ files: RuntimeFile[]; wheel: string; ms: number }[]> {
  const unpacked = [];
  for (const { distribution, specifier } of requirements) {
    const path = await work.wheels.obtain(distribution, specifier);
    const started = performance.now();
    const { files, wheel } = await usingWheel(work, path, async (open) => {
      work.tell.unpackingNvidia(open.fileName);
      const names = [...open.entries.keys()].filter((name) => /^nvidia\/[^/]+\/(lib\/[^/]+\.so[.\d]*|bin\/ptxas|nvvm\/libdevice\/[^/]+)$/.test(name));
      const extractions = names.map((name) => ({ from: name, to: name }));
      return { files: await unpackFromWheel(open, work.staging, extractions, () => undefined, work.signal), wheel: open.fileName };
    });
    unpacked.push({ files, wheel, ms: since(started) });
  }
  return unpacked;
}

/** A downloaded wheel that proves damaged or wrong is removed, so that the next try gets it again. */
async function usingWheel<T>({ wheels }: Work, path: string, use: (wheel: Wheel) => Promise<T>): Promise<T> {
  try {
    const wheel = await openWheel(path);
    try {
      return await use(wheel);
    } finally {
      await wheel.zip.close();
    }
  } catch (error) {
    if (error instanceof LabError && error.code === 'bad-input') await wheels.discard(path);
    throw error;
  }
}

function headersOf(wheel: Wheel): Extraction[] {
  const top = 'tensorflow/include/';
  return [...wheel.entries.keys()]
    .filter((name) => name.startsWith(top) && neededHeaders.some((folder) => name.startsWith(folder, top.length)))
    .map((name) => ({ from: name, to: name.slice(top.length) }));
}

function since(started: number): number {
  return Math.round(performance.now() - started);
}
