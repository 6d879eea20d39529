/** runtime.json: what a runtime folder holds, where it came from and how its self-test went. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { LabError } from '../contract/errors.ts';

export const recordFile = 'runtime.json';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal'));
const bytes = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Below the runtime's own folder, on every system. */
const relativePath = v.pipe(
  v.string(),
  v.maxLength(1000),
  v.check((path) => !/^[/\\]|^[A-Za-z]:|\\|\0/.test(path) && !path.split('/').some((part) => part === '..' || part === ''), 'must be a path below the runtime'),
);
const folderName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be the name of a folder'));

const RuntimeFile = v.object({ path: relativePath, bytes, sha256 });

export const SelfTestResult = v.object({
  passed: v.boolean(),
  at: v.string(), // UTC, ISO 8601
  durationMs: v.number(),
  version: v.string(), // libtensorflow's own word
  device: v.picklist(['CPU', 'GPU', 'unknown']),
  checks: v.array(v.object({ id: v.string(), title: v.string(), passed: v.boolean(), detail: v.string(), ms: v.number() })),
  reason: v.nullable(v.string()), // why it failed
});

export const RuntimeRecord = v.object({
  format: v.literal('auxlab-runtime/1'),
  name: folderName,
  library: v.literal('tensorflow'),
  version: v.string(),
  variant: v.picklist(['cpu', 'cuda']),
  platform: v.string(), // 'linux-x64'
  wheels: v.array(v.string()), // file names, TensorFlow's own first
  files: v.array(RuntimeFile), // every file but this one, paths with '/'
  toolchain: v.object({ compiler: v.string(), binding: v.string(), headers: v.string(), nodeApi: v.number() }),
  installed: v.string(), // UTC, ISO 8601
  // Unpacking and building overlap; for CUDA, NVIDIA's downloads count in none
  phasesMs: v.object({ download: v.number(), unpack: v.number(), build: v.number(), selfTest: v.number() }),
  selfTest: v.nullable(SelfTestResult),
});

export type RuntimeFile = Readonly<v.InferOutput<typeof RuntimeFile>>;
export type SelfTestResult = v.InferOutput<typeof SelfTestResult>;
export type RuntimeRecord = v.InferOutput<typeof RuntimeRecord>;

/** @returns null when the folder has no runtime.json  @throws LabError runtime-missing when it has one that cannot be read */
export async function readRecord(folder: string): Promise<RuntimeRecord | null> {
  const path = join(folder, recordFile);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return null;
    throw new LabError('runtime-missing', `${path} cannot be read.`, { cause });
  }
  try {
    return v.parse(RuntimeRecord, JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LabError('runtime-missing', `${path} is not a runtime's description: ${reason}. Remove the folder and install the runtime again.`, { cause });
  }
}

/** Replaces runtime.json in one step, so that a reader never sees half of it. */
export async function writeRecord(folder: string, record: RuntimeRecord): Promise<void> {
  const fresh = join(folder, `${recordFile}.${process.pid}.new`);
  await writeFile(fresh, `${JSON.stringify(record, null, 2)}\n`);
  await rename(fresh, join(folder, recordFile));
}

/** Size and SHA-256 of a file of a runtime. */
export async function describeFile(folder: string, path: string): Promise<RuntimeFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(join(folder, path), { highWaterMark: 1 << 20 })) {
    const buffer = piece as Buffer; // no encoding is set
    hash.update(buffer);
    bytes += buffer.length;
  }
  return { path, bytes, sha256: hash.digest('hex') };
}
