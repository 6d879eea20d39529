/** Plan files: JSON with comments. Reads and writes them; what the plan says about the data is checked later. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { parse, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { LabError } from '../../contract/errors.ts';
import type { DataPlan, PlanInput } from '../../contract/plan.ts';
import { isSample } from '../../contract/samples.ts';
import { sizeText } from '../../formats/limits.ts';
import { checkPlanShape } from './planShape.ts';

const largestPlan = 32 * 2 ** 20;

/** Reads a plan; its data source and the files of its parts become absolute, relative ones starting at the plan's own folder.
 *  @param folder where a relative `path` starts
 *  @throws LabError bad-input with the file and the line or key */
export async function readPlanFile(path: string, folder: string): Promise<PlanInput> {
  const file = resolve(folder, path);
  const plan = checkPlanShape(parsePlan(await readText(file, path), path), `Plan ${path}`);
  const { source, parts } = plan.data;
  for (const name of [source, ...Object.values(parts ?? {})]) refuseNetworkPath(name ?? '', path, process.platform);
  return { ...plan, data: placed(plan.data, (name) => absoluteSource(name, dirname(file))) };
}

/** Writes a plan whole or not at all. Data in or below the plan's folder are written relative to it, so that the folder can be moved.
 *  @returns the absolute path    @throws LabError store when it cannot be written */
export function writePlanFile(path: string, plan: PlanInput, folder: string): string {
  const file = resolve(folder, path);
  const written = { ...plan, data: placed(plan.data, (name) => fromFolder(name, dirname(file))) };
  writeWhole(file, `${JSON.stringify(written, null, 2)}\n`);
  return file;
}

/** The data with their source and the files of their parts called otherwise. */
export function placed<D extends Pick<DataPlan, 'source'> & Partial<Pick<DataPlan, 'parts'>>>({ parts, ...data }: D, place: (name: string) => string): D {
  const files = Object.entries(parts ?? {}).flatMap(([part, name]) => (name === undefined ? [] : [[part, place(name)] as const]));
  return { ...data, source: place(data.source), ...(parts !== undefined && { parts: Object.fromEntries(files) }) } as D; // the same but for its names
}

function fromFolder(name: string, folder: string): string {
  const inside = relative(folder, name);
  return isAbsolute(name) && inside !== '' && !inside.startsWith('..') && !isAbsolute(inside) ? inside : name;
}

/** Opening \\SERVER\SHARE tells that server who is logged in here, so a plan, which anybody may have written, cannot ask for it.
 *  @throws LabError bad-input */
export function refuseNetworkPath(source: string, plan: string, platform: NodeJS.Platform): void {
  if (platform !== 'win32' || !/^[\\/]{2}/.test(source)) return;
  throw new LabError(
    'bad-input',
    `Plan ${plan} names data on another computer (${source}). Copy them here, or give the network drive a letter, and name that.`,
  );
}

/** A file or folder as an absolute path; sample:NAME stays as it is.  @throws LabError bad-input for no name */
export function absoluteSource(source: string, folder: string): string {
  if (source.trim() === '') throw new LabError('bad-input', 'The data need a name: a file, a folder or sample:NAME. Received: "".');
  return isSample(source) ? source : resolve(folder, source);
}

/** @throws LabError bad-input naming the line of the first mistake */
export function parsePlan(text: string, path: string): unknown {
  if (text.trim() === '') throw new LabError('bad-input', `Plan ${path} is empty.`);
  const errors: ParseError[] = [];
  const body = text.replace(/^\uFEFF/, '');
  const value: unknown = parse(body, errors, { allowTrailingComma: true, disallowComments: false });
  const [first] = errors;
  if (first === undefined) return value;
  const line = body.slice(0, first.offset).split('\n').length;
  const what = printParseErrorCode(first.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  throw new LabError('bad-input', `Plan ${path}, line ${line}: not valid JSON (${what}).`);
}

async function readText(file: string, path: string): Promise<string> {
  try {
    const info = await stat(file);
    if (!info.isFile() && !info.isDirectory()) throw new LabError('bad-input', `Plan ${path} is no file but a device or a pipe.`);
    if (info.size > largestPlan) throw new LabError('bad-input', `Plan ${path} has ${sizeText(info.size)}. Plans up to ${sizeText(largestPlan)} are read.`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof LabError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const what = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder, not a file' : `cannot be read (${code})`;
    throw new LabError('bad-input', `Plan ${path} ${what}.`, { cause: error });
  }
}

function writeWhole(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const handle = openSync(unfinished, 'w');
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new LabError('store', `The plan ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}
