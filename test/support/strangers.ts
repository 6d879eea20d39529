/** Files from a stranger: a genuine export taken apart, so that any field of it can be another one, and a watch over everything outside the data directory. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { packZip } from '../../src-main/formats/archives/writeZip.ts';
import { createLab, type LabOptions } from '../../src-main/lab/lab.ts';
import type { Lab } from '../../src-main/contract/lab.ts';
import type { RunJob } from '../../src-main/engine/protocol.ts';
import { openFakeLab, flowersPlan, writeFlowers } from './labHome.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** bundle.json and points.json; plan, design and provenance as data rather than as text. */
export interface Parts {
  bundle: { [name: string]: Json };
  points: Json;
}

const texts = ['plan', 'design', 'provenance'] as const;

export function partsOf(file: Uint8Array): Parts {
  const files = unzipSync(file);
  const read = (name: string): Json => JSON.parse(Buffer.from(files[name] ?? []).toString()) as Json;
  const bundle = read('bundle.json') as Parts['bundle'];
  const experiment = bundle['experiment'] as { [name: string]: Json };
  for (const name of texts) experiment[name] = JSON.parse(experiment[name] as string) as Json;
  return { bundle, points: read('points.json') };
}

export function packParts({ bundle, points }: Partial<Parts>): Uint8Array {
  return packZip({ 'bundle.json': JSON.stringify(withTexts(bundle) ?? null), 'points.json': JSON.stringify(points ?? null) });
}

/** As a bundle has them, where a change has left an experiment there. */
function withTexts(bundle: Json | undefined): Json | undefined {
  if (!isRecord(bundle) || !isRecord(bundle['experiment'])) return bundle;
  const { experiment } = bundle;
  const asTexts = texts.filter((name) => Object.hasOwn(experiment, name)).map((name) => [name, JSON.stringify(experiment[name])] as const);
  return { ...bundle, experiment: { ...experiment, ...Object.fromEntries(asTexts) } };
}

function isRecord(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An experiment with runs that finished, failed and still wait, exported.  @param folder becomes the folder of its data */
export async function genuineBundle(folder: string, home: string): Promise<{ readonly id: string; readonly file: Uint8Array; readonly data: string }> {
  const data = writeFlowers(folder);
  const lab = openFakeLab(home, 'crash@auxiliary/2');
  try {
    const { experimentId: id } = await lab.runPlan(flowersPlan(data, { main: { target: 'species' }, training: { epochs: 4, batch: 8, maxSteps: 20 } }));
    return { id, data, file: Buffer.from((await lab.call('bundle.export', { id })).content, 'base64') };
  } finally {
    lab.close();
  }
}

/** What a worker was told: nothing is trained, every run fails at once. */
export interface Told {
  readonly environment: Readonly<Record<string, string>>;
  readonly job: RunJob;
}

export function openWatchedLab(home: string, told: Told[], options: Partial<LabOptions> = {}): Lab {
  return createLab({
    home,
    environment: { PATH: '/own/path', HTTPS_PROXY: 'own:1' },
    chooseRuntime: () => Promise.resolve({ folder: null, isGpu: false, note: null }),
    machine: () => ({ cores: 2, availableMiB: 8000 }),
    startWorker: (environment) => {
      let tell: (message: Parameters<Parameters<ReturnType<LabOptions['startWorker'] & object>['onMessage']>[0]>[0]) => void = () => undefined;
      let end: () => void = () => undefined;
      return {
        pid: undefined,
        send(message) {
          if (message.type === 'start') {
            told.push({ environment, job: message.job });
            setImmediate(() => tell({ type: 'failed', error: { code: 'run-failed', message: 'Not trained.' }, step: 0 }));
          }
          if (message.type === 'shutdown') setImmediate(end);
        },
        onMessage: (listener) => void (tell = listener),
        onText: () => undefined,
        onEnd: (listener) => void (end = () => listener({ code: 0, signal: null, error: null })),
        kill: () => setImmediate(end),
      };
    },
    ...options,
  });
}

/** Every file below a folder with its content, without one folder in it. */
export function contentsOf(folder: string, without: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (path: string): void => {
    if (path === without) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path)) walk(join(path, name));
    else found[path] = readFileSync(path).toString('base64');
  };
  walk(folder);
  return found;
}

/** Files that a path in a bundle might reach from the folders of a data directory, each where one more ".." would lead. */
export function layBait(folder: string): void {
  for (const name of ['victim', 'victim.ckpt', 'victim.ckpt.1.new', 'victim.npz', 'victim.json', 'victim.html', 'canary'])
    writeFileSync(join(folder, name), name);
}

const paths = [
  '../victim',
  '../../victim',
  '/etc/passwd',
  '..',
  '.',
  '',
  'a/b',
  'a\\b',
  '\\\\server\\share\\x',
  '//server/share',
  'C:\\x',
  'con',
  'victim',
  'x\u0000y',
  '~',
];
const words = [
  '__proto__',
  'constructor',
  'toString',
  'NODE_OPTIONS',
  'main',
  'baseline',
  '\u001b[2J',
  '\u202e',
  '$(touch canary)',
  '`x`',
  "'; touch canary; '",
  '<script>',
  'a'.repeat(5000),
];
const numbers = [0, -1, 1.5, 1e9, 1e308, 2 ** 53, -0, 4097];

/** A value that does not belong there. */
export const strangeValue = fc.oneof(
  fc.constantFrom<Json>(...paths, ...words, ...numbers, null, true, false),
  fc.constantFrom<Json>(
    [],
    {},
    [null],
    [[[]]],
    { __proto__x: 1 },
    { NODE_OPTIONS: '--import=data:text/javascript,process.exit(7)' },
    { XLA_FLAGS: '--xla_dump_to=/tmp/x' },
  ),
  fc.string({ maxLength: 40 }),
  fc.double({ noNaN: true }),
);

export type Change =
  | { readonly kind: 'replace'; readonly at: number; readonly value: Json }
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'add'; readonly at: number; readonly name: string; readonly value: Json }
  | { readonly kind: 'repeat'; readonly at: number };

export const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('replace' as const), at: fc.nat(), value: strangeValue }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), at: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), at: fc.nat(), name: fc.constantFrom(...words, 'x'), value: strangeValue }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), at: fc.nat() }) },
);

/** The same data with one place changed. Points are told apart from the rest by their number only, so that they do not take all the changes. */
export function changed<T extends Json | Parts>(data: T, how: Change): T {
  const copy = structuredClone(data) as Json;
  const places: { readonly holder: Json[] | { [name: string]: Json }; readonly key: string | number }[] = [];
  const walk = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    const entries: [string | number, Json][] = Array.isArray(value) ? value.map((each, at) => [at, each]) : Object.entries(value);
    for (const [key, each] of entries.slice(0, 40)) {
      places.push({ holder: value, key });
      walk(each);
    }
  };
  walk(copy);
  const place = places[how.at % places.length];
  if (place === undefined) return copy as T;
  const { holder, key } = place as { readonly holder: Record<string | number, Json>; readonly key: string | number };
  switch (how.kind) {
    case 'replace':
      Object.defineProperty(holder, key, { value: how.value, enumerable: true, configurable: true, writable: true });
      break;
    case 'remove':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 'add':
      Object.defineProperty(holder, Array.isArray(holder) ? holder.length : how.name, {
        value: how.value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
    case 'repeat':
      if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)] ?? null));
      break;
    default:
      how satisfies never;
  }
  return copy as T;
}
