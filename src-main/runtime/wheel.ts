/** Python wheels as archives: which package they hold, what they ask for, and unpacking with the SHA-256 of the wheel's own RECORD. */
import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LabError } from '../contract/errors.ts';
import { contentOf, openZip } from '../formats/archives/zip.ts';
import type { Zip, ZipEntry } from '../formats/archives/zip.ts';
import type { Recipe } from './catalog.ts';
import type { RuntimeFile } from './record.ts';

export interface Wheel {
  readonly path: string;
  readonly fileName: string;
  readonly distribution: string; // normalised: 'tensorflow-cpu'
  readonly version: string;
  readonly tags: readonly string[]; // 'cp311-cp311-manylinux_2_27_x86_64'
  readonly requirements: readonly Requirement[];
  readonly record: ReadonlyMap<string, string>; // path -> SHA-256, hexadecimal
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly zip: Zip;
}

export interface Requirement {
  readonly distribution: string;
  readonly specifier: string; // as pip takes it: 'nvidia-nccl-cu12<3.0,>=2.27.7'
  readonly extra: string | null;
}

/** Opens a wheel and reads its METADATA, WHEEL and RECORD. The caller closes `zip`.
 *  @throws LabError bad-input when the file is no wheel, damaged or cut off */
export async function openWheel(path: string): Promise<Wheel> {
  const zip = await openZip(path);
  try {
    const entries = new Map<string, ZipEntry>();
    for await (const entry of zip.entries()) entries.set(entry.name, entry);
    const info = [...entries.keys()].find((name) => /^[^/]+\.dist-info\/METADATA$/.test(name))?.slice(0, -'METADATA'.length);
    if (info === undefined) throw new LabError('bad-input', `${path} is a ZIP file but not a Python wheel: it has no .dist-info/METADATA.`);
    const textOf = (name: string): Promise<string> => readText(zip, entries, info + name);
    const metadata = await textOf('METADATA');
    return {
      path,
      fileName: basename(path),
      distribution: normalisedName(headers(metadata, 'Name')[0] ?? ''),
      version: headers(metadata, 'Version')[0] ?? '',
      tags: headers(await textOf('WHEEL'), 'Tag'),
      requirements: headers(metadata, 'Requires-Dist').map(parseRequirement),
      record: parseRecord(await textOf('RECORD')),
      entries,
      zip,
    };
  } catch (error) {
    await zip.close();
    throw error;
  }
}

/** @throws LabError bad-input when the wheel is of another package, version or platform than the recipe needs */
export function checkWheel(wheel: Wheel, recipe: Recipe): void {
  const needed = `The ${recipe.variant} runtime needs ${recipe.distribution} ${recipe.version} for ${recipe.machine.platform}-${recipe.machine.arch}`;
  if (wheel.distribution !== recipe.distribution || wheel.version !== recipe.version) {
    throw new LabError('bad-input', `${wheel.path} is the wrong wheel. ${needed}. Received: ${wheel.distribution} ${wheel.version}.`);
  }
  const system = recipe.machine.platform === 'darwin' ? 'macosx' : 'linux';
  const processor = recipe.machine.arch === 'x64' ? 'x86_64' : recipe.machine.platform === 'darwin' ? 'arm64' : 'aarch64';
  if (!wheel.tags.some((tag) => tag.includes(system) && tag.endsWith(processor))) {
    throw new LabError('bad-input', `${wheel.path} is the wrong wheel. ${needed}. Received a wheel for ${wheel.tags.join(', ')}.`);
  }
  for (const library of recipe.libraries) {
    if (!wheel.entries.has(`tensorflow/${library}`))
      throw new LabError('bad-input', `${wheel.path} is the wrong wheel. ${needed}, with tensorflow/${library} in it; this one lacks it.`);
  }
}

export interface Extraction {
  readonly from: string; // path in the wheel
  readonly to: string; // path below the target folder
}

/** Unpacks files as streams, hashing while writing; every file must have the SHA-256 of the wheel's RECORD.
 *  @param onBytes is told the bytes written since the last call
 *  @throws LabError bad-input naming the file that differs */
export async function unpackFromWheel(
  wheel: Wheel,
  folder: string,
  extractions: readonly Extraction[],
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<RuntimeFile[]> {
  const files: RuntimeFile[] = [];
  for (const { from, to } of extractions) {
    const entry = wheel.entries.get(from);
    if (entry === undefined) throw new LabError('bad-input', `${wheel.path} holds no ${from}.`);
    const sha256 = await unpackEntry(wheel.zip, entry, join(folder, to), onBytes, signal);
    if (sha256 !== wheel.record.get(from)) {
      throw new LabError('bad-input', `${wheel.path} is damaged: ${from} does not have the SHA-256 that the wheel's own RECORD names. Get the file again.`);
    }
    files.push({ path: to, bytes: entry.bytes, sha256 });
  }
  return files;
}

async function unpackEntry(zip: Zip, entry: ZipEntry, target: string, onBytes: (bytes: number) => void, signal?: AbortSignal): Promise<string> {
  await mkdir(dirname(target), { recursive: true });
  const file = await open(target, 'wx', entry.isExecutable ? 0o755 : 0o644);
  const hash = createHash('sha256');
  try {
    for await (const piece of zip.read(entry, signal)) {
      const writing = file.writeFile(piece); // goes on at the current position; hashing overlaps with it
      hash.update(piece);
      await writing;
      onBytes(piece.length);
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** RECORD lines are 'path,sha256=<base64url>,bytes'; a path with a comma is quoted (binary distribution format, "The .dist-info directory"). */
export function parseRecord(text: string): ReadonlyMap<string, string> {
  const record = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^(?:"((?:[^"]|"")*)"|([^,]*)),sha256=([A-Za-z0-9_-]+)=*,\d*$/.exec(line);
    if (match !== null) record.set((match[1] ?? match[2] ?? '').replaceAll('""', '"'), Buffer.from(match[3] ?? '', 'base64url').toString('hex'));
  }
  return record;
}

/** 'nvidia-nccl-cu12<3.0,>=2.27.7; extra == "and-cuda"' in its parts. */
export function parseRequirement(text: string): Requirement {
  const [specifier = '', marker = ''] = text.split(';', 2).map((part) => part.trim());
  const name = /^[A-Za-z0-9._-]+/.exec(specifier)?.[0] ?? specifier;
  return { distribution: normalisedName(name), specifier: specifier.replaceAll(' ', ''), extra: /extra\s*==\s*["']([^"']+)["']/.exec(marker)?.[1] ?? null };
}

/** PEP 503: runs of '-', '_' and '.' are one '-', letters are small. */
export function normalisedName(name: string): string {
  return name.replaceAll(/[-_.]+/g, '-').toLowerCase();
}

async function readText(zip: Zip, entries: ReadonlyMap<string, ZipEntry>, path: string): Promise<string> {
  const entry = entries.get(path);
  if (entry === undefined) throw new LabError('bad-input', `${zip.path} is not a complete Python wheel: it has no ${path}.`);
  return Buffer.from(await contentOf(zip, entry)).toString('utf8');
}

/** Values of a header in the mail format that METADATA and WHEEL use; the description after the first empty line is no header. */
function headers(text: string, name: string): string[] {
  const head = text.split(/\r?\n\r?\n/, 1)[0] ?? '';
  return head
    .split(/\r?\n/)
    .filter((line) => line.startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).trim());
}
