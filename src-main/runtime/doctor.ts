/** Looks at the machine as Auxlab needs it and says what is well, what is not and what to do. Changes nothing but the self-test results of the runtimes. */
import { access, constants, mkdtemp, rm, statfs } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { findCompiler } from './build.ts';
import type { Machine } from './catalog.ts';
import { runChild } from './child.ts';
import type { Environment } from './home.ts';
import { findPython } from './pip.ts';
import { activeRuntime, checkRuntime, listRuntimes } from './registry.ts';
import { hasNvidiaDevice } from './selfTest.ts';
import type { SelfTestRunner } from './runSelfTest.ts';
import { program } from '../contract/programName.ts';

export interface DoctorCheck {
  readonly id: string;
  readonly title: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly advice?: string;
}

export interface DoctorOptions {
  readonly env?: Environment;
  readonly machine?: Machine;
  readonly signal?: AbortSignal;
  readonly test?: SelfTestRunner;
}

type Finding = Omit<DoctorCheck, 'id' | 'title'>;
const neededNodeMajor = 24; // runs TypeScript as it is; better-sqlite3 13 needs 22
const usualWorkerMiB = 450; // of one small run

export async function doctor(home: string, options: DoctorOptions = {}): Promise<{ readonly checks: readonly DoctorCheck[] }> {
  const { env = process.env, machine = { platform: process.platform, arch: process.arch }, signal } = options;
  const checks = [
    look('node', 'Node.js', nodeVersion),
    look('platform', 'Platform', () => ({ ok: true, detail: `${machine.platform}-${machine.arch}, ${release()}` })),
    look('cpu', 'Processor', () => ({ ok: true, detail: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores for runs side by side` })),
    look('memory', 'Memory', memory),
    look('home', 'Data directory', () => writableHome(home)),
    look('disk', 'Free disk space', () => freeDisk(home)),
    look('better-sqlite3', 'SQLite', openSqlite),
    look('sharp', 'Image decoding', decodeImage),
    look('compiler', 'C++ compiler', async () => ({ ok: true, detail: (await findCompiler(machine, env, signal)).version })),
    look('python', 'Python with pip', async () => {
      const { command, version, implementation, pip } = await findPython(machine, env, signal);
      return { ok: true, detail: `${command}: ${implementation} ${version}, pip ${pip}` };
    }),
    look('gpu', 'GPU', () => nvidiaGpu(env, signal)),
  ];
  const machineChecks = await Promise.all(checks);
  return { checks: [...machineChecks, ...(await runtimeChecks(home, { ...options, env, machine }))] };
}

async function look(id: string, title: string, find: () => Finding | Promise<Finding>): Promise<DoctorCheck> {
  try {
    return { id, title, ...(await find()) };
  } catch (error) {
    return { id, title, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function nodeVersion(): Finding {
  const { node, napi } = process.versions;
  const ok = Number(node.split('.')[0]) >= neededNodeMajor;
  const detail = `${node}, Node-API ${napi ?? 'unknown'}`;
  return ok ? { ok, detail } : { ok, detail, advice: `Auxlab runs on Node ${neededNodeMajor}, which npm ci brings; start it with ${program}.` };
}

function memory(): Finding {
  const [freeMiB, totalMiB] = [freemem(), totalmem()].map((bytes) => Math.round(bytes / 2 ** 20));
  const ok = (freeMiB ?? 0) >= usualWorkerMiB;
  const detail = `${freeMiB} MiB free of ${totalMiB} MiB`;
  return ok ? { ok, detail } : { ok, detail, advice: `A small run needs about ${usualWorkerMiB} MiB. Close other programs.` };
}

async function writableHome(home: string): Promise<Finding> {
  const existing = await nearestExisting(home);
  const probe = await mkdtemp(join(existing, '.auxlab-doctor-')).catch((error: NodeJS.ErrnoException) => error);
  if (probe instanceof Error)
    return { ok: false, detail: `${home} cannot be written: ${probe.message}`, advice: 'Correct its permissions, or set AUXLAB_HOME to another folder.' };
  await rm(probe, { recursive: true });
  return { ok: true, detail: existing === home ? home : `${home} (made on first use)` };
}

async function freeDisk(home: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearestExisting(home));
  const freeMiB = Math.floor((bavail * bsize) / 2 ** 20);
  const ok = freeMiB >= 1500;
  const detail = `${(freeMiB / 1024).toFixed(1)} GiB`;
  return ok
    ? { ok, detail }
    : { ok, detail, advice: 'A runtime needs about 1.2 GiB while it is installed. Make room, or set AUXLAB_HOME to a folder on another disk.' };
}

async function nearestExisting(folder: string): Promise<string> {
  let path = folder;
  while (dirname(path) !== path) {
    const exists = await access(path, constants.F_OK).then(
      () => true,
      () => false,
    );
    if (exists) return path;
    path = dirname(path);
  }
  return path;
}

async function openSqlite(): Promise<Finding> {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(':memory:');
  try {
    return { ok: true, detail: `SQLite ${String(database.prepare('SELECT sqlite_version()').pluck().get())} in better-sqlite3` };
  } finally {
    database.close();
  }
}

/** Decodes an image of one pixel, since the library loads its codecs late. */
async function decodeImage(): Promise<Finding> {
  const { default: sharp } = await import('sharp');
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: { r: 1, g: 2, b: 3 } } })
    .png()
    .toBuffer();
  const pixels = await sharp(png).raw().toBuffer();
  const ok = pixels.length >= 3 && pixels[0] === 1 && pixels[1] === 2 && pixels[2] === 3;
  return { ok, detail: ok ? `sharp ${sharp.versions.sharp ?? ''}, libvips ${sharp.versions.vips}` : `sharp decodes wrong pixels: ${[...pixels].join(', ')}` };
}

/** Having no NVIDIA GPU is no fault. */
async function nvidiaGpu(env: Environment, signal: AbortSignal | undefined): Promise<Finding> {
  const result = await runChild('nvidia-smi', ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader'], { env, signal, timeoutMs: 20_000 });
  if (result?.code === 0 && result.stdout.trim() !== '') {
    return { ok: true, detail: `NVIDIA ${result.stdout.trim().split('\n').join('; ')}` };
  }
  if (!hasNvidiaDevice()) return { ok: true, detail: 'No NVIDIA GPU found. Training uses the CPU.' };
  return {
    ok: false,
    detail: 'An NVIDIA device is present, but nvidia-smi does not answer.',
    advice: "Install NVIDIA's driver, or restart after an update of the driver.",
  };
}

async function runtimeChecks(home: string, options: DoctorOptions): Promise<DoctorCheck[]> {
  const runtimes = await listRuntimes(home);
  const checks: DoctorCheck[] = [];
  for (const { name } of runtimes) {
    checks.push(
      await look(`runtime:${name}`, `Runtime ${name}`, async () => {
        const { passed, problems, selfTest } = await checkRuntime(home, name, options);
        if (!passed) return { ok: false, detail: problems.join(' '), advice: `${program} runtime install ${name.endsWith('-cuda') ? 'cuda' : 'cpu'}` };
        return {
          ok: true,
          detail:
            `self-test passed in ${selfTest?.durationMs ?? 0} ms on the ${selfTest?.device ?? 'unknown'}; ` +
            `${selfTest?.checks.find(({ id }) => id === 'speed')?.detail ?? ''}`,
        };
      }),
    );
  }
  checks.push(
    await look('runtime', 'Runtime in use', async () => {
      const active = await activeRuntime(home, options);
      if (active !== null) return { ok: true, detail: active.folder };
      return { ok: false, detail: 'None is installed; the first training run installs the CPU runtime.', advice: `${program} runtime install cpu` };
    }),
  );
  return checks;
}
