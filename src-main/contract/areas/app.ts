/** Calls about the program itself: what it is, how the machine does, settings, runtimes, long-running work. */
import * as v from 'valibot';
import { figureOrNull } from '../figures.ts';
import { count, done, job, JobId, nothing, pathText, text } from './common.ts';

export const hosts = ['desktop', 'served', 'terminal'] as const;

const DoctorCheck = v.object({ id: text, title: text, ok: v.boolean(), detail: text, advice: v.exactOptional(text) });

export const Runtime = v.object({
  name: text,
  folder: text,
  variant: v.nullable(text), // cpu or cuda; null for a folder that Auxlab did not install
  version: v.nullable(text),
  installed: v.nullable(text),
  sizeMiB: v.nullable(count),
  isActive: v.boolean(),
  passed: v.boolean(), // its last self-test
  reason: v.nullable(text), // why it cannot be used
  device: v.nullable(text),
  testedAt: v.nullable(text),
  testMs: v.nullable(v.number()),
});

/** What can be installed on this machine. */
const RuntimeOffer = v.object({
  variant: v.picklist(['cpu', 'cuda']),
  name: text,
  version: text,
  downloadMiB: count,
  installedMiB: count,
  obstacle: v.nullable(text), // why this machine cannot have it, in a sentence
});

/** Kept in the store, so that the desktop window and a browser find the same. */
export const Settings = v.object({
  appearance: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  level: v.optional(v.picklist(['guided', 'expert']), 'guided'),
  motion: v.optional(v.picklist(['system', 'reduced']), 'system'),
  preferredRuntime: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(200))), null),
  notifyAtEnd: v.optional(v.boolean(), true),
  keepAwake: v.optional(v.boolean(), true),
});

const SettingsChange = v.strictObject({
  appearance: v.exactOptional(v.picklist(['system', 'light', 'dark'])),
  level: v.exactOptional(v.picklist(['guided', 'expert'])),
  motion: v.exactOptional(v.picklist(['system', 'reduced'])),
  preferredRuntime: v.exactOptional(v.nullable(v.pipe(v.string(), v.maxLength(200)))),
  notifyAtEnd: v.exactOptional(v.boolean()),
  keepAwake: v.exactOptional(v.boolean()),
});

/** Work that takes longer than a moment. Told by the event job.progress, ended by jobs.cancel. */
export const Job = v.object({
  job: JobId,
  title: text, // 'Reading cars.csv'
  state: v.picklist(['running', 'finished', 'failed', 'cancelled']),
  message: text,
  fraction: v.nullable(v.number()), // 0..1; null while that cannot be told
  remainingMs: v.nullable(v.number()),
});

export const appCalls = {
  'lab.about': {
    input: nothing,
    output: v.object({ version: text, home: text, host: v.picklist(hosts), platform: text, node: text }),
  },
  /** What the status bar shows; cheap, may be asked every few seconds. */
  'lab.status': {
    input: nothing,
    output: v.object({
      engine: v.nullable(v.object({ name: text, version: text, device: text, isGpu: v.boolean() })), // null: no runtime yet
      cores: count,
      freeMemoryMiB: count,
      totalMemoryMiB: count,
      freeDiskMiB: v.nullable(count),
      training: v.array(text), // ids of experiments that train in this process
      waiting: v.array(text),
    }),
  },
  'doctor.run': { input: v.strictObject(job), output: v.object({ checks: v.array(DoctorCheck) }), slow: true },
  'settings.get': { input: nothing, output: Settings },
  'settings.set': { input: SettingsChange, output: Settings },
  'runtimes.list': { input: nothing, output: v.object({ installed: v.array(Runtime), offers: v.array(RuntimeOffer), needsInstall: v.boolean() }) },
  'runtimes.install': {
    input: v.strictObject({ variant: v.picklist(['cpu', 'cuda']), from: v.exactOptional(pathText), ...job }),
    output: v.object({ name: text, folder: text }),
    slow: true,
  },
  'runtimes.check': {
    input: v.strictObject({ name: pathText, ...job }),
    output: v.object({ name: text, passed: v.boolean(), problems: v.array(text), selfTestMs: figureOrNull }),
    slow: true,
  },
  'runtimes.remove': { input: v.strictObject({ name: pathText }), output: done },
  'jobs.list': { input: nothing, output: v.array(Job) },
  'jobs.cancel': { input: v.strictObject({ job: JobId }), output: done },
} as const;

export type Settings = v.InferOutput<typeof Settings>;
export type Job = v.InferOutput<typeof Job>;
export type Runtime = v.InferOutput<typeof Runtime>;
