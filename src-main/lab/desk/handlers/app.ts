/** Answers about the program, the machine, settings and runtimes. */
import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import * as v from 'valibot';
import { calls, type CallOutput, type Settings } from '../../../contract/calls.ts';
import { LabError } from '../../../contract/errors.ts';
import { recipeFor, variants } from '../../../runtime/catalog.ts';
import { doctor } from '../../../runtime/doctor.ts';
import { installRuntime } from '../../../runtime/install.ts';
import { activeRuntime, checkRuntime, listRuntimes, removeRuntime, type InstalledRuntime } from '../../../runtime/registry.ts';
import type { Store } from '../../../store/store.ts';
import type { DeskParts, Handlers } from './handlers.ts';

/** Settings as they were last set; what was never set, or is no longer understood, has its default. */
export function readSettings(store: Store): Settings {
  const stored = store.desk.settings.all();
  const defaults = v.parse(calls['settings.get'].output, {});
  const checked = v.safeParse(calls['settings.get'].output, { ...defaults, ...stored });
  return checked.success ? checked.output : defaults;
}

export function appHandlers({ store, context, work, runner, emit, about, settings }: DeskParts): Handlers<'lab' | 'doctor' | 'settings' | 'runtimes' | 'jobs'> {
  const { home } = context;
  const env = context.environment;
  const active = async (): Promise<InstalledRuntime | null> => {
    try {
      return await activeRuntime(home, { env, preferred: settings().preferredRuntime ?? undefined });
    } catch (error) {
      if (error instanceof LabError && error.code === 'runtime-missing') return null; // the list of runtimes tells it
      throw error;
    }
  };
  return {
    'lab.about': () => about,
    'lab.status': async () => {
      const runtime = await active();
      const disk = await statfs(home).catch(() => null); // the folder may not be there yet
      return {
        engine: runtime === null ? null : engineOf(runtime),
        cores: availableParallelism(),
        freeMemoryMiB: Math.round(freemem() / 2 ** 20),
        totalMemoryMiB: Math.round(totalmem() / 2 ** 20),
        freeDiskMiB: disk === null ? null : Math.floor((disk.bavail * disk.bsize) / 2 ** 20),
        training: runner.training() === null ? [] : [runner.training() ?? ''],
        waiting: [...runner.waiting()],
      };
    },
    'doctor.run': ({ job }) => work.run(job, 'Checking this computer', async (_, signal) => ({ checks: [...(await doctor(home, { env, signal })).checks] })),
    'settings.get': settings,
    'settings.set': (change) => {
      store.write(() => {
        for (const [name, value] of Object.entries(change)) store.desk.settings.set(name, value);
      });
      emit({ name: 'settings.changed' });
      return settings();
    },
    'runtimes.list': async () => {
      const used = await active();
      const installed = await listRuntimes(home);
      const all = used === null || installed.some(({ folder }) => folder === used.folder) ? installed : [used, ...installed];
      return { installed: all.map((runtime) => runtimePicture(runtime, used)), offers: offers(), needsInstall: used === null };
    },
    'runtimes.install': ({ variant, from, job }) =>
      work.run(job, `Installing the ${variant === 'cpu' ? 'CPU' : 'CUDA'} runtime`, async ({ say }, signal) => {
        const { folder, record } = await installRuntime({ home, variant, from, env, signal, onProgress: ({ message, fraction }) => say(message, fraction) });
        return { name: record.name, folder };
      }),
    'runtimes.check': ({ name, job }) =>
      work.run(job, `Checking ${name}`, async (_, signal) => {
        const { passed, problems, selfTest } = await checkRuntime(home, name, { env, signal });
        return { name, passed, problems: [...problems], selfTestMs: selfTest?.durationMs ?? null };
      }),
    'runtimes.remove': async ({ name }) => {
      if (runner.training() !== null) throw new LabError('bad-input', 'A runtime cannot be removed while an experiment trains. Pause it first.');
      await removeRuntime(home, name);
      return {};
    },
    'jobs.list': () => work.list(),
    'jobs.cancel': ({ job }) => {
      work.cancel(job);
      return {};
    },
  };
}

function engineOf({ record, name }: InstalledRuntime): CallOutput<'lab.status'>['engine'] {
  const device = record?.selfTest?.device ?? 'unknown';
  return { name, version: record?.version ?? 'unknown', device, isGpu: device === 'GPU' };
}

function runtimePicture(
  { name, folder, record, passed, reason }: InstalledRuntime,
  used: InstalledRuntime | null,
): CallOutput<'runtimes.list'>['installed'][number] {
  return {
    name,
    folder,
    variant: record?.variant ?? null,
    version: record?.version ?? null,
    installed: record?.installed ?? null,
    sizeMiB: record === null ? null : Math.round(record.files.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20),
    isActive: used?.folder === folder,
    passed,
    reason,
    device: record?.selfTest?.device ?? null,
    testedAt: record?.selfTest?.at ?? null,
    testMs: record?.selfTest?.durationMs ?? null,
  };
}

function offers(): CallOutput<'runtimes.list'>['offers'] {
  const machine = { platform: process.platform, arch: process.arch };
  return variants.map((variant) => {
    try {
      const { name, version, downloadMiB, installedMiB } = recipeFor(variant, machine);
      return { variant, name, version, downloadMiB, installedMiB, obstacle: null };
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      return { variant, name: variant, version: '', downloadMiB: 0, installedMiB: 0, obstacle: error.message };
    }
  });
}
