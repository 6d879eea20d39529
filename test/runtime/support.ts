/** Small wheels, compilers and Pythons for the tests of the runtime manager: real ZIP files and real child processes, without 274 MB of TensorFlow. */
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { Machine } from '../../src-main/runtime/catalog.ts';
import type { SelfTestResult } from '../../src-main/runtime/record.ts';
import type { SelfTestRunner } from '../../src-main/runtime/runSelfTest.ts';

export const linux: Machine = { platform: 'linux', arch: 'x64' };

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'auxlab-runtime-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }));
  return folder;
}

export interface ZipPart {
  readonly path: string;
  readonly content: Buffer;
  readonly stored?: boolean;
  readonly mode?: number;
}

/** A ZIP file after PKWARE's APPNOTE; with `wide`, sizes and offsets stand in ZIP64 fields. */
export function zipOf(parts: readonly ZipPart[], wide = false): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content, stored = false, mode = 0o100644 } of parts) {
    const name = Buffer.from(path);
    const packed = stored ? content : deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(stored ? 0 : 8, 8);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const extra = wide ? wideField([content.length, packed.length, offset]) : Buffer.alloc(0);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(stored ? 0 : 8, 10);
    central.writeUInt32LE(crc32(content), 16);
    central.writeUInt32LE(wide ? 0xffffffff : packed.length, 20);
    central.writeUInt32LE(wide ? 0xffffffff : content.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt16LE(extra.length, 30);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(wide ? 0xffffffff : offset, 42);
    pieces.push(local, name, packed);
    directory.push(central, name, extra);
    offset += 30 + name.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  return Buffer.concat([...pieces, listing, ...(wide ? [wideEnd(parts.length, listing.length, offset)] : []), end(parts.length, listing.length, offset, wide)]);
}

function wideField(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8 * values.length, 2);
  values.forEach((value, i) => field.writeBigUInt64LE(BigInt(value), 4 + 8 * i));
  return field;
}

function wideEnd(count: number, bytes: number, offset: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(bytes), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(offset + bytes), 64);
  return record;
}

function end(count: number, bytes: number, offset: number, wide: boolean): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(wide ? 0xffff : count, 10);
  record.writeUInt32LE(wide ? 0xffffffff : bytes, 12);
  record.writeUInt32LE(wide ? 0xffffffff : offset, 16);
  return record;
}

export interface FakeWheel {
  readonly name?: string; // as in METADATA
  readonly version?: string;
  readonly tag?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly requirements?: readonly string[];
  readonly falseHashOf?: string; // a file whose RECORD line names another SHA-256
}

export const libraryText = 'the large library\n'.repeat(5000);

/** Writes a wheel with RECORD, METADATA and WHEEL. @returns its path */
export async function writeWheel(folder: string, wheel: FakeWheel = {}): Promise<string> {
  const { name = 'tensorflow_cpu', version = '2.21.0', tag = 'cp312-cp312-manylinux_2_27_x86_64', requirements = [], falseHashOf } = wheel;
  const info = `${name}-${version}.dist-info`;
  const files: Record<string, string> = {
    'tensorflow/libtensorflow_cc.so.2': libraryText,
    'tensorflow/libtensorflow_framework.so.2': 'the small library',
    'tensorflow/include/tensorflow/c/c_api.h': '// c_api',
    'tensorflow/include/tsl/platform/status.h': '// status',
    'tensorflow/include/Eigen/Core': '// not needed',
    'tensorflow/python/unneeded.so': 'not needed',
    ...wheel.files,
    [`${info}/METADATA`]:
      `Metadata-Version: 2.1\nName: ${name}\nVersion: ` +
      `${version}\n${requirements.map((one) => `Requires-Dist: ${one}\n`).join('')}\nName: a line of the description\n`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nTag: ${tag}\n`,
  };
  const lines = Object.entries(files).map(([path, content]) => {
    const sha256 = createHash('sha256')
      .update(path === falseHashOf ? 'something else' : content)
      .digest('base64url');
    return `${path},sha256=${sha256},${Buffer.byteLength(content)}`;
  });
  files[`${info}/RECORD`] = [`${info}/RECORD,,`, ...lines, ''].join('\n');
  const path = join(folder, `${name}-${version}-${tag}.whl`);
  await writeFile(path, zipOf(Object.entries(files).map(([part, content]) => ({ path: part, content: Buffer.from(content) }))));
  return path;
}

/** An executable shell script. @returns its path */
export async function writeScript(folder: string, name: string, body: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

/** A compiler that writes a file wherever it is told to. */
export function writeCompiler(folder: string): Promise<string> {
  return writeScript(
    folder,
    'fake-c++',
    'if [ "$1" = --version ]; then echo "fake c++ 1.0"; exit 0; fi\nwhile [ $# -gt 0 ]; do if [ "$1" = -o ]; then echo built > "$2"; fi; shift; done',
  );
}

export function testResult(reason: string | null = null): SelfTestResult {
  return { passed: reason === null, at: '2026-01-01T00:00:00.000Z', durationMs: 1, version: '2.21.0', device: 'CPU', checks: [], reason };
}

/** The self-test loads a real TensorFlow; these tests have none. */
export const passes: SelfTestRunner = () => Promise.resolve(testResult());
export const fails: SelfTestRunner = () => Promise.resolve(testResult('Convolution: expected 37; received 36'));
